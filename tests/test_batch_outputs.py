"""What each kind of output holds: JSON Lines, Parquet, folders of tables, DuckDB."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import sys
from dataclasses import replace
from math import log
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

import beritaextract
from batches import OUTPUTS, content, csv_rows, lines, write_rows
from beritaextract.batch import packets, zstd
from beritaextract.batch.convert import Options, convert
from beritaextract.batch.csvtables import escaped, unescaped
from beritaextract.batch.kinds import FIELDS, kind_of
from beritaextract.errors import InputError
from beritaextract.tables import TABLES, flatten

ROWS = [
    {
        "id": "a",
        "published": "2024-07-09",
        "outlet": "Kabar Cisadane",
        "title": "=HYPERLINK(1)",
        "text": "SERANG – Plh Sekda Banten, Ratnaningrum Wiryadi, membuka rapat, Selasa (9/7/2024). "
        "“Pembangunan pasar rakyat menegaskan pelayanan kami,” kata Ratnaningrum. “Harga cabai naik,” tambahnya.",
    },
    {"id": "b", "text": " "},
    {
        "id": "a",
        "text": "Camat Curug, Darmawan Yusup, datang bersama Direktur Utama PT Angin Timur, Wirya Sutanto. "
        "“Pasar itu dibangun warga,” ujar Darmawan. Menurut Badan Pusat Statistik, harga beras turun.",
    },
]


@pytest.fixture(scope="module")
def made(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one output of each kind, and the failures beside each."""
    folder = tmp_path_factory.mktemp("semua")
    write_rows(folder / "in.jsonl", ROWS)
    for name, options in OUTPUTS.items():
        convert([str(folder / "in.jsonl")], folder / name, nlp=nlp, options=options)
    return folder


@pytest.fixture(scope="module")
def records(made: Path) -> list[dict[str, Any]]:
    return lines(made / "out.jsonl")


@pytest.fixture(scope="module")
def base(made: Path) -> Any:
    """A connection to the database."""
    return pytest.importorskip("duckdb").connect(str(made / "out.duckdb"), read_only=True)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_rows(tmp_path / "in.jsonl", ROWS)
    return tmp_path


def flat(records: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The rows of all tables; the second of three articles is a failure."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for number, record in zip((1, 3), records, strict=True):
        for name, rows in flatten(record, article_no=number).items():
            found[name] += rows
    return found


class TestLines:
    @pytest.mark.parametrize("name", ["out.jsonl.gz", "out.jsonl.zst"])
    def test_the_same_records_packed(self, made: Path, records: list[Any], name: str) -> None:
        assert lines(made / name) == records

    def test_a_zst_is_one_frame_as_most_programs_expect(self, made: Path) -> None:
        frame = zstd.zstandard().ZstdDecompressor().decompressobj()
        frame.decompress((made / "out.jsonl.zst").read_bytes())
        assert frame.eof
        assert frame.unused_data == b""

    def test_the_batch_stands_beside_them(self, made: Path) -> None:
        batch = json.loads((made / "out.jsonl.batch.json").read_text())
        assert (batch["version"], batch["schema"]) == (beritaextract.__version__, "1.0")
        assert (batch["articles"], batch["records"], batch["failures"]) == (3, 2, 1)
        assert batch["options"] == {"timeout": 30, "chunk_size": 16}
        assert batch["inputs"] == [str(made / "in.jsonl")]
        assert batch["began"] <= batch["finished"]


class TestFields:
    def test_lines_hold_the_fields_asked_for_and_schema_and_id(self, here: Path, nlp: Language, records: Any) -> None:
        convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(fields=("quotes", "published")))
        found = lines(here / "out.jsonl")
        assert [list(row) for row in found] == [["schema", "id", "published", "quotes"]] * 2
        assert [row["quotes"] for row in found] == [row["quotes"] for row in records]

    def test_parquet_holds_the_fields_asked_for(self, here: Path, nlp: Language, records: Any) -> None:
        convert(["in.jsonl"], Path("out.parquet"), nlp=nlp, options=Options(fields=("dates",)))
        assert content(Path("out.parquet")) == [{k: row[k] for k in ("schema", "id", "dates")} for row in records]

    @pytest.mark.parametrize("name", ["out.duckdb", "tabel"])
    def test_tables_of_other_fields_are_left_out(self, here: Path, nlp: Language, name: str) -> None:
        fields = ("title", "officials", "quotes", "source")
        convert(["in.jsonl"], Path(name), nlp=nlp, options=replace(OUTPUTS[name], fields=fields))
        found = content(Path(name))
        if name == "tabel":
            assert set(found) == {"articles.parquet", "quotes.parquet"}
            columns = ["article_no", "article_id", "path", "url", "outlet", "author", "title", "officials", "quotes"]
            assert list(found["articles.parquet"][0]) == columns
        else:
            assert set(found) == {"articles", "quotes", "quote_terms", "quote_words"}

    def test_people_need_officials_and_other_people(self, here: Path, nlp: Language) -> None:
        options = Options(tables="csv", fields=("officials", "other_people"))
        convert(["in.jsonl"], Path("csv"), nlp=nlp, options=options)
        assert set(content(Path("csv"))) == {"articles.csv", "people.csv", "officials.csv"}

    def test_a_field_that_is_none_is_named(self, here: Path, nlp: Language) -> None:
        with pytest.raises(InputError, match=r"--fields: 'kutipan' is none of schema, id, source"):
            convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(fields=("kutipan",)))

    def test_every_field_of_the_record_can_be_chosen(self) -> None:
        for field in FIELDS:
            kind_of(Path("out.jsonl"), wanted=(field,))


class TestParquet:
    def test_the_same_records_nested(self, made: Path, records: list[Any]) -> None:
        assert content(made / "out.parquet") == records

    def test_workers_read_and_write_it_side_by_side_with_the_parent(self, here: Path, nlp: Language) -> None:
        """The library has threads of its own, which do not come along when a worker is forked."""
        rows = [{"id": str(i), "text": f"Rapat ke-{i} usai."} for i in range(100)]
        write_rows(here / "in.jsonl", rows)
        convert(["in.jsonl"], Path("a.parquet"), nlp=nlp)
        convert(["a.parquet"], Path("b.parquet"), nlp=nlp, options=Options(workers=2, chunk_size=8))
        assert [row["text"] for row in content(Path("b.parquet"))] == [row["text"] for row in rows]

    def test_it_carries_schema_and_batch(self, made: Path) -> None:
        parquet = pytest.importorskip("pyarrow.parquet")
        for name in ("out.parquet", "tabel/quotes.parquet"):
            metadata = parquet.read_metadata(made / name).metadata
            assert json.loads(metadata[b"beritaextract.batch"])["records"] == 2
        assert parquet.read_schema(made / "out.parquet").metadata[b"beritaextract.schema"] == b"1.0"


class TestFolders:
    def test_parquet_holds_the_rows_of_flatten(self, made: Path, records: list[Any]) -> None:
        found = content(made / "tabel")
        assert found == {f"{name}.parquet": rows for name, rows in flat(records).items()}

    def test_csv_holds_the_same_rows_as_text(self, made: Path, records: list[Any]) -> None:
        def written(cell: Any) -> str:
            return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)

        expected = {
            f"{name}.csv": [{column: written(cell) for column, cell in row.items()} for row in rows]
            for name, rows in flat(records).items()
        }
        assert content(made / "csv") == expected

    @pytest.mark.parametrize("name", ["tabel", "csv"])
    def test_the_batch_is_in_the_folder(self, made: Path, name: str) -> None:
        assert json.loads((made / name / "batch.json").read_text())["articles"] == 3

    def test_columns_say_what_they_mean(self, made: Path) -> None:
        parquet = pytest.importorskip("pyarrow.parquet")
        field = parquet.read_schema(made / "tabel/officials.parquet").field("acting")
        assert field.metadata[b"meaning"].startswith(b"Plt, Plh, Pj")

    def test_a_folder_with_something_else_in_it_is_never_replaced(self, here: Path, nlp: Language) -> None:
        Path("foto").mkdir()
        Path("foto/keluarga.jpg").write_text("berharga")
        with pytest.raises(InputError, match=r"foto: holds keluarga\.jpg, which is no table of a batch"):
            convert(["in.jsonl"], Path("foto"), nlp=nlp, options=Options(tables="csv", overwrite=True))
        assert Path("foto/keluarga.jpg").read_text() == "berharga"

    def test_an_empty_folder_is_filled_and_a_full_one_refused_or_replaced(self, here: Path, nlp: Language) -> None:
        Path("csv").mkdir()
        options = Options(tables="csv")
        convert(["in.jsonl"], Path("csv"), nlp=nlp, options=options)
        with pytest.raises(InputError, match=r"^csv: is there already; --overwrite replaces it"):
            convert(["in.jsonl"], Path("csv"), nlp=nlp, options=options)
        convert(["in.jsonl"], Path("csv"), nlp=nlp, options=replace(options, overwrite=True, tables="parquet"))
        assert {path.suffix for path in Path("csv").iterdir()} == {".parquet", ".json"}

    def test_a_file_name_is_no_folder(self) -> None:
        with pytest.raises(InputError, match=r"out\.csv: tables go into a folder, not into a file of this name"):
            kind_of(Path("out.csv"), tables="csv")

    def test_a_folder_of_tables_is_no_input_of_the_folder_it_stands_in(self, here: Path, nlp: Language) -> None:
        for _ in range(2):
            options = Options(tables="csv", overwrite=True)
            assert convert(["."], Path("csv"), nlp=nlp, options=options).articles == 3


class TestFormulas:
    @pytest.mark.parametrize("cell", ["=1+1", "+62 811", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''@x"])
    def test_what_a_spreadsheet_would_run_gets_an_apostrophe(self, cell: str) -> None:
        assert escaped(cell) == f"'{cell}"

    @pytest.mark.parametrize("cell", ["", "Rp1.000", "“=1”", "'kata'", " =1", "a=b"])
    def test_what_it_would_not_run_is_left_alone(self, cell: str) -> None:
        assert escaped(cell) == cell

    @given(st.text(alphabet="'=+-@\t\r\na ", max_size=6))
    def test_it_can_be_taken_away_again(self, cell: str) -> None:
        assert unescaped(escaped(cell)) == cell
        assert escaped(cell)[:1] not in tuple("=+-@\t\r\n")

    def test_no_cell_of_a_text_column_is_a_formula(self, made: Path) -> None:
        """The title of an article is one; a southern latitude is none."""
        with (made / "csv/articles.csv").open(encoding="utf8", newline="") as file:
            assert next(csv.DictReader(file))["title"] == "'=HYPERLINK(1)"
        assert csv_rows(made / "csv/places.csv")[0]["lat"].startswith("-6.")


class TestDatabase:
    def test_tables_hold_the_rows_of_flatten(self, base: Any, records: list[Any]) -> None:
        for name, rows in flat(records).items():
            found = base.execute(f"SELECT * FROM {name} ORDER BY article_no, rowid").fetchall()
            assert found == [tuple(row.values()) for row in rows]

    def test_every_table_has_its_key_and_points_at_the_others(self, base: Any) -> None:
        kinds = "SELECT table_name, constraint_type, constraint_column_names FROM duckdb_constraints()"
        found = [(name, kind, tuple(columns)) for name, kind, columns in base.execute(kinds).fetchall()]
        for table in TABLES.values():
            assert (table.name, "PRIMARY KEY", table.key) in found
            for columns in table.references.values():
                assert (table.name, "FOREIGN KEY", columns) in found

    def test_what_is_asked_for_often_has_an_index(self, base: Any) -> None:
        names = {name for (name,) in base.execute("SELECT index_name FROM duckdb_indexes()").fetchall()}
        assert {"articles_article_id", "officials_name", "quotes_speaker", "places_code"} <= names

    def test_the_batch_is_a_table(self, base: Any) -> None:
        asked = "SELECT version, schema, articles, records, failures, options->>'timeout' FROM batch"
        assert base.execute(asked).fetchall() == [(beritaextract.__version__, "1.0", 3, 2, 1, "30")]

    def test_columns_say_what_they_mean(self, base: Any) -> None:
        asked = "SELECT comment FROM duckdb_columns() WHERE table_name = 'quotes' AND column_name = 'cue_lemma'"
        assert base.execute(asked).fetchall() == [("its base form: ungkap",)]

    def test_articles_with_the_same_id_stay_two(self, base: Any) -> None:
        assert base.execute("SELECT article_no, article_id FROM articles ORDER BY ALL").fetchall() == [
            (1, "a"),
            (3, "a"),
        ]


class TestSearch:
    @pytest.fixture
    def ask(self, base: Any) -> Any:
        return lambda *given: [
            text
            for (text,) in base.execute("SELECT text FROM search_quotes(?, top := ?, every := ?)", given).fetchall()
        ]

    PASAR = "Pembangunan pasar rakyat menegaskan pelayanan kami,"
    BUILT = "Pasar itu dibangun warga,"

    def test_a_word_is_found_in_all_its_forms(self, ask: Any) -> None:
        assert sorted(ask("dibangun", 10, False)) == [self.BUILT, self.PASAR]

    def test_quotes_that_hold_more_of_the_words_come_first(self, ask: Any) -> None:
        assert ask("dibangun warga", 10, False) == [self.BUILT, self.PASAR]

    def test_every_word_can_be_asked_for(self, ask: Any) -> None:
        assert ask("pasar rakyat", 10, True) == [self.PASAR]

    def test_no_more_than_asked_for(self, ask: Any) -> None:
        assert len(ask("pasar harga", 2, False)) == 2

    def test_a_word_that_nobody_said_finds_nothing(self, ask: Any) -> None:
        assert ask("helikopter", 10, False) == []

    def test_a_question_is_a_value_and_never_sql(self, ask: Any) -> None:
        assert ask("'; DROP TABLE quotes; --", 10, False) == []
        assert ask("PASAR", 1, False)

    def test_ranking_is_bm25(self, base: Any) -> None:
        """The score of one hit worked out by hand: four quotes of 6, 3, 4 and 3 words; "rakyat" is in one of them."""
        asked = "SELECT any_value(words) AS n FROM quote_terms GROUP BY article_no, quote_id ORDER BY n"
        assert base.execute(asked).fetchall() == [(3,), (3,), (4,), (6,)]
        score = log(1 + 3.5 / 1.5) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 6 / 4))
        assert base.execute("SELECT score FROM search_quotes('rakyat')").fetchall() == [(round(score, 3),)]


class TestPackedInputs:
    def test_a_zst_is_read_by_its_name_and_by_its_beginning(self, here: Path, nlp: Language) -> None:
        data = Path("in.jsonl").read_bytes()
        Path("a.jsonl.zst").write_bytes(zstd.packed(data))
        Path("b.jsonl").write_bytes(zstd.packed(data[:100]) + zstd.packed(data[100:]))
        tally = convert(["a.jsonl.zst", "b.jsonl"], Path("out.jsonl"), nlp=nlp)
        assert (tally.records, tally.failures) == (4, 2)

    @pytest.mark.parametrize(
        ("damage", "message"),
        [
            (lambda data: data[:-20], "ended before the end of a frame"),
            (lambda data: data + b"junk", "damaged Zstandard"),
        ],
    )
    def test_what_stands_before_a_fault_is_read_and_the_fault_said(
        self, here: Path, nlp: Language, damage: Any, message: str
    ) -> None:
        chance = random.Random(1)
        rows = [{"id": str(i), "text": f"Rapat {chance.random()} usai."} for i in range(50)]
        data = zstd.packed("".join(json.dumps(row) + "\n" for row in rows[:25]).encode())
        data += zstd.packed("".join(json.dumps(row) + "\n" for row in rows[25:]).encode())
        Path("a.jsonl.zst").write_bytes(damage(data))
        tally = convert(["a.jsonl.zst"], Path("out.jsonl"), nlp=nlp)
        assert tally.failures == 1
        assert message in lines(here / "out.jsonl.failures.jsonl")[0]["reason"]

    def test_a_content_is_unpacked_a_little_at_a_time(self) -> None:
        """A bomb: 200 MB of zeros in a few kilobytes."""
        bomb = zstd.packed(bytes(200_000_000))
        stream = io.BufferedReader(zstd.Unpacked(io.BytesIO(bomb)))
        assert stream.read(10) == bytes(10)
        assert len(stream.raw._ready) < 40_000_000  # type: ignore[attr-defined]


class TestFrames:
    @pytest.mark.parametrize("parts", [[], [[]], [[b""]], [[b"a", b"", b"bcd"], [b"x" * 100_000], [b"", b""]]])
    def test_what_was_packed_is_unpacked(self, tmp_path: Path, parts: list[list[bytes]]) -> None:
        path = tmp_path / "part"
        path.write_bytes(b"".join(map(packets.packed, parts)))
        assert list(packets.unpacked(path)) == parts


class TestMissingLibraries:
    @pytest.mark.parametrize(
        ("name", "module", "message"),
        [
            ("out.jsonl.zst", "zstandard", r"pip install 'beritaextract\[zstd\]'"),
            ("out.duckdb", "duckdb", r"pip install 'beritaextract\[duckdb\]'"),
        ],
    )
    def test_the_extra_is_named(self, monkeypatch: pytest.MonkeyPatch, name: str, module: str, message: str) -> None:
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(InputError, match=message):
            kind_of(Path(name))

    def test_gzip_and_csv_need_none(self, here: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
        for module in ("zstandard", "duckdb", "pyarrow"):
            monkeypatch.setitem(sys.modules, module, None)
        convert(["in.jsonl"], Path("csv"), nlp=nlp, options=Options(tables="csv"))
        convert(["in.jsonl"], Path("out.jsonl.gz"), nlp=nlp)
        assert gzip.decompress(Path("out.jsonl.gz").read_bytes()).count(b"\n") == 2
