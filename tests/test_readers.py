"""Reading inputs: formats, encodings, column names, and faults that name file and line."""

from __future__ import annotations

import contextlib
import datetime
import gzip
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beritaextract.article import InputRow
from beritaextract.batch import encoding, jsonvalues
from beritaextract.batch.columns import ColumnName, Columns
from beritaextract.batch.encoding import decode, decoded_lines, encoding_of
from beritaextract.batch.inputs import find_inputs, format_of
from beritaextract.batch.jsonvalues import MalformedJsonError, json_value, json_values
from beritaextract.batch.readers import read_inputs
from beritaextract.errors import InputError
from beritaextract.lexicon import packaged
from beritaextract.records import Failure

KALIMAT = "Bupati Lestari membuka pasar “Sumber Rejeki” di desa itu."


def read(*paths: Path | str, columns: Columns | None = None, format: str | None = None) -> list[InputRow | Failure]:
    return list(read_inputs(find_inputs([str(p) for p in paths], format=format), columns or Columns()))


def values(rows: list[InputRow | Failure]) -> list[dict[str, Any]]:
    assert all(isinstance(row, InputRow) for row in rows), rows
    return [dict(row.values) for row in rows]  # type: ignore[union-attr]


def reasons(rows: list[InputRow | Failure]) -> list[str]:
    return [row.reason for row in rows if isinstance(row, Failure)]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestEncoding:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_known_encodings_are_read(self, encoding: str) -> None:
        data = KALIMAT.encode(encoding)
        assert decode(data, "a.txt") == KALIMAT

    def test_utf16_of_the_other_byte_order_is_read(self) -> None:
        assert decode(b"\xfe\xff" + KALIMAT.encode("utf-16-be"), "a.txt") == KALIMAT

    def test_line_ends_stay_as_they_are(self) -> None:
        assert decode(b"a\r\nb\rc\n", "a.txt") == "a\r\nb\rc\n"

    def test_cp1252_pasted_into_utf8_is_read_where_it_stands(self) -> None:
        data = "“Pasar dibuka,” ujarnya. ".encode() + "Ia menambahkan, “ramai”.".encode("cp1252")
        assert decode(data, "a.txt") == "“Pasar dibuka,” ujarnya. Ia menambahkan, “ramai”."

    def test_other_encodings_are_refused_by_name(self) -> None:
        with pytest.raises(InputError, match=r"^kabar\.txt: neither UTF-8 \(byte 0 is wrong\) nor cp1252"):
            decode("新闻报道说今天的市场很热闹".encode("gbk"), "kabar.txt")

    def test_utf16_without_its_mark_is_refused(self) -> None:
        with pytest.raises(InputError, match="binary"):
            decode(KALIMAT.encode("utf-16-le"), "a.txt")

    @pytest.mark.parametrize(
        ("data", "kind"),
        [(b"%PDF-1.7 teks", "PDF"), (b"PK\x03\x04teks", "zip"), (b"teks\0teks", "binary"), (b"\x89PNG\r\n", "picture")],
    )
    def test_binary_files_are_refused_with_their_kind(self, data: bytes, kind: str) -> None:
        with pytest.raises(InputError, match=kind):
            decode(data, "a.txt")

    def test_an_empty_file_is_refused(self) -> None:
        with pytest.raises(InputError, match=r"a\.txt: empty file"):
            decode(b"", "a.txt")

    def test_a_sample_may_end_inside_a_character(self) -> None:
        assert encoding_of("pasar “".encode()[:-1], "a.txt") == "utf-8-sig"

    def test_each_line_is_read_in_its_own_encoding(self) -> None:
        data = "“satu”\n".encode() + "“dua”\n".encode("cp1252") + b"\x81\x8d\x8f\n" + b"empat"
        assert list(decoded_lines(io.BytesIO(data), "utf-8-sig", "a.csv")) == [
            ("“satu”\n", True),
            ("“dua”\n", True),
            ("\x81\x8d\x8f\n", False),
            ("empat", True),
        ]

    @pytest.mark.parametrize("name", ["a.jsonl.gz", "a.json.gz", "a.csv.gz"])
    def test_a_row_that_would_fill_the_memory_is_refused(
        self, here: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        """A packed file can be a thousand times larger than it looks."""
        for module in (encoding, jsonvalues):
            monkeypatch.setattr(module, "LONGEST_ROW", 1_000_000)
        start = b"isi\n" if "csv" in name else b'{"text": "'
        (here / name).write_bytes(gzip.compress(start + b"a" * 3_000_000 + b'"}\n'))
        (failure,) = read(name)
        assert isinstance(failure, Failure)
        assert re.match(rf"{re.escape(name)}:.* over 1 MB, too long for one row", failure.reason)

    @given(st.binary(max_size=200))
    def test_any_bytes_are_text_or_refused(self, data: bytes) -> None:
        with contextlib.suppress(InputError):
            assert isinstance(decode(data, "a.txt"), str)

    @given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
    def test_any_text_in_utf8_comes_back(self, text: str) -> None:
        assert decode(text.encode(), "a.txt") == text.removeprefix("\ufeff")


class TestColumns:
    @pytest.mark.parametrize("row", packaged().rows("columns", ColumnName), ids=lambda row: row.name)
    def test_every_name_of_the_table_is_found(self, row: ColumnName) -> None:
        found = Columns().row({row.name: row.example, "lain": "x"}, "a.csv")
        assert dict(found.values) == {row.field: row.example}

    def test_case_blanks_and_punctuation_do_not_count(self) -> None:
        assert dict(Columns().row({"Isi Berita": "a", "JUDUL": "b"}, "a.csv").values) == {"text": "a", "title": "b"}

    def test_the_likelier_column_wins_where_it_has_a_value(self) -> None:
        assert dict(Columns().row({"content": "a", "text": "b"}, "a.csv").values) == {"text": "b"}
        assert dict(Columns().row({"content": "a", "text": ""}, "a.csv").values) == {"text": "a"}

    def test_a_named_column_is_the_only_one_looked_at(self) -> None:
        columns = Columns({"text": "uraian"})
        assert dict(columns.row({"uraian": "a", "text": "b", "judul": "c"}, "a.csv").values) == {
            "text": "a",
            "title": "c",
        }
        assert dict(columns.row({"text": "b"}, "a.csv").values) == {}

    def test_a_page_in_a_column_for_text_is_a_page(self) -> None:
        assert dict(Columns().row({"isi": "<p>Camat membuka rapat.</p>"}, "a.csv").values) == {
            "html": "<p>Camat membuka rapat.</p>"
        }
        assert dict(Columns().row({"text": "<p>apa adanya</p>"}, "a.csv").values) == {"text": "<p>apa adanya</p>"}

    @pytest.mark.parametrize(
        ("value", "plain"),
        [
            (["Satu.", "Dua."], "Satu.\n\nDua."),
            ("pasar \ud83d ramai", "pasar \ufffd ramai"),
            ("pasar \ud83d\ude00", "pasar 😀"),
        ],
    )
    def test_texts_are_made_plain(self, value: Any, plain: str) -> None:
        assert dict(Columns().row({"text": value}, "a.json").values) == {"text": plain}

    @pytest.mark.parametrize(
        ("value", "plain"),
        [(12.0, 12), (float("nan"), None), (datetime.date(2024, 6, 20), "2024-06-20"), (1718841600, 1718841600)],
    )
    def test_dates_and_numbers_are_made_plain(self, value: Any, plain: Any) -> None:
        assert Columns().row({"tanggal": value}, "a.json").values.get("published") == plain

    def test_a_structure_under_an_alias_is_no_reason_to_fail(self) -> None:
        row = Columns().row({"text": "Rapat usai.", "source": {"name": "Kabar Kita"}}, "a.json")
        assert dict(row.values) == {"text": "Rapat usai."}


class TestJsonValues:
    @pytest.mark.parametrize(
        "text",
        [
            '[{"a": 1}, {"a": 2}]',
            '[\n  {"a": 1},\n  {"a": 2}\n]\n',
            '{"a": 1}{"a": 2}',
            '{"a": 1}\n{"a": 2}',
            '\ufeff[{"a":1},{"a":2}]',
        ],
    )
    @pytest.mark.parametrize("size", [1, 3, 1000])
    def test_values_are_found_however_the_text_is_cut(self, text: str, size: int) -> None:
        assert [value for _, value in json_values(cut(text, size))] == [{"a": 1}, {"a": 2}]

    @given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=30), max_size=3)), st.integers(1, 50))
    def test_any_array_comes_back(self, rows: list[Any], size: int) -> None:
        assert [value for _, value in json_values(cut(json.dumps(rows, indent=1), size))] == rows

    def test_lines_are_counted(self) -> None:
        assert list(json_values(cut('[\n{"a": 1},\n\n{"a":\n2}]', 4))) == [(2, {"a": 1}), (4, {"a": 2})]

    def test_a_fault_names_its_line_and_is_found_without_reading_on(self) -> None:
        pieces = cut('[{"a": 1},\n{"a": oops}, ' + '{"a": 1}, ' * 10_000, 100)
        with pytest.raises(MalformedJsonError) as fault:
            list(json_values(pieces))
        assert fault.value.line == 2
        assert len("".join(pieces)) > 90_000, "what follows the fault was read"

    def test_an_array_that_stops_in_the_middle_is_a_fault(self) -> None:
        with pytest.raises(MalformedJsonError):
            list(json_values(iter(['[{"a": 1}, {"a": "pas'])))

    def test_what_other_programs_write_is_read(self) -> None:
        assert json_value('{"a": "\\ud83d", "b": 1}') == {"a": "\ud83d", "b": 1}
        assert json_value('{"a": NaN}')["a"] != 0

    def test_deep_nesting_is_a_fault_and_no_crash(self) -> None:
        with pytest.raises(MalformedJsonError):
            json_value("[" * 100_000)


def cut(text: str, size: int) -> Iterator[str]:
    return iter([text[i : i + size] for i in range(0, len(text), size)])


class TestInputs:
    def test_a_folder_gives_its_readable_files_in_order(self, here: Path) -> None:
        for name in ("b.txt", "a.txt", "sub/c.htm", "sub/foto.jpg", ".tersembunyi.txt", "d.jsonl.gz"):
            (here / name).parent.mkdir(exist_ok=True)
            (here / name).write_text("x")
        assert [one.name for one in find_inputs(["."])] == ["a.txt", "b.txt", "d.jsonl.gz", "sub/c.htm"]

    def test_a_pattern_gives_what_it_matches(self, here: Path) -> None:
        for name in ("b.txt", "a.txt", "a.csv"):
            (here / name).write_text("x")
        assert [one.name for one in find_inputs(["*.txt"])] == ["a.txt", "b.txt"]

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ("tiada.txt", r"^tiada\.txt: no such file or folder"),
            ("*.csv", r"^\*\.csv: no file matches"),
            ("kosong", r"^kosong: no file in this folder that can be read"),
            ("surat.docx", r"^surat\.docx: what is in it\? Readable are \.txt"),
        ],
    )
    def test_what_is_not_there_is_refused_by_name(self, here: Path, given: str, message: str) -> None:
        (here / "kosong").mkdir()
        (here / "surat.docx").write_text("x")
        with pytest.raises(InputError, match=message):
            find_inputs([given])

    def test_standard_input_is_read_once(self) -> None:
        with pytest.raises(InputError, match="only once"):
            find_inputs(["-", "-"])

    @pytest.mark.parametrize(
        ("name", "format"),
        [
            ("a.TXT", "txt"),
            ("a.htm", "html"),
            ("a.ndjson.gz", "jsonl"),
            ("a.parquet", "parquet"),
            ("a.gz", None),
            ("a", None),
        ],
    )
    def test_suffixes(self, name: str, format: str | None) -> None:
        assert format_of(name) == format


class TestText:
    def test_a_text_is_one_article(self, here: Path) -> None:
        (here / "a.txt").write_bytes(f"Judul\r\n\r\n{KALIMAT}".encode("utf-8-sig"))
        assert read("a.txt") == [InputRow({"text": f"Judul\r\n\r\n{KALIMAT}"}, "a.txt")]

    def test_a_page_is_one_article(self, here: Path) -> None:
        (here / "a.html").write_text("<p>Rapat usai.</p>")
        assert values(read("a.html")) == [{"html": "<p>Rapat usai.</p>"}]

    def test_gzip_is_known_by_its_bytes(self, here: Path) -> None:
        (here / "a.txt.gz").write_bytes(gzip.compress(KALIMAT.encode()))
        (here / "b.txt").write_bytes(gzip.compress(KALIMAT.encode()))
        (here / "c.txt.gz").write_bytes(KALIMAT.encode())
        assert values(read("a.txt.gz", "b.txt", "c.txt.gz")) == [{"text": KALIMAT}] * 3

    def test_a_file_that_cannot_be_read_is_a_failure_and_the_next_follows(self, here: Path) -> None:
        (here / "a.txt").write_bytes(b"")
        (here / "b.txt").write_bytes(b"\0\1\2")
        (here / "c.txt").write_text("Rapat usai.")
        rows = read("a.txt", "b.txt", "c.txt")
        assert reasons(rows) == ["a.txt: empty file", "b.txt: not text but binary data"]
        assert values(rows[2:]) == [{"text": "Rapat usai."}]


class TestJsonFiles:
    def test_each_line_is_a_row(self, here: Path) -> None:
        (here / "a.jsonl").write_text('{"id": "1", "text": "Satu."}\r\n\n{"id": "2", "isi": "Dua."}')
        assert read("a.jsonl") == [
            InputRow({"id": "1", "text": "Satu."}, "a.jsonl", 1),
            InputRow({"id": "2", "text": "Dua."}, "a.jsonl", 3),
        ]

    def test_a_bad_line_is_a_failure_with_its_number_and_the_rest_go_on(self, here: Path) -> None:
        lines = ['{"text": "Rapat usai."}'] * 20
        lines[16] = '{"text": "Rapat usai."'
        (here / "a.jsonl").write_text("\n".join(lines))
        rows = read("a.jsonl")
        assert len(rows) == 20
        assert rows[16].id == "a.jsonl:17"  # type: ignore[union-attr]
        assert reasons(rows)[0].startswith("a.jsonl:17: not JSON: ")

    @pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
    def test_an_array_gives_its_elements(self, here: Path, name: str) -> None:
        (here / name).write_text('[\n {"text": "Satu."},\n {"text": "Dua."},\n 3\n]')
        rows = read(name)
        assert values(rows[:2]) == [{"text": "Satu."}, {"text": "Dua."}]
        assert reasons(rows) == [f"{name}:4: not a row but int"]

    def test_an_object_may_hold_the_rows(self, here: Path) -> None:
        (here / "a.json").write_text('{"status": "ok", "articles": [{"text": "Satu."}, {"text": "Dua."}]}')
        assert values(read("a.json")) == [{"text": "Satu."}, {"text": "Dua."}]

    def test_one_object_is_one_row(self, here: Path) -> None:
        (here / "a.json").write_text('{"text": "Satu.", "tags": [{"x": 1}]}')
        assert values(read("a.json")) == [{"text": "Satu."}]

    def test_lines_in_a_json_file_are_rows(self, here: Path) -> None:
        (here / "a.json").write_text('{"text": "Satu."}\n{"text": "Dua."}\n')
        assert values(read("a.json")) == [{"text": "Satu."}, {"text": "Dua."}]

    def test_a_broken_array_keeps_what_stands_before(self, here: Path) -> None:
        (here / "a.json").write_text('[{"text": "Satu."},\n{"text": oops}]')
        rows = read("a.json")
        assert values(rows[:1]) == [{"text": "Satu."}]
        assert reasons(rows)[0].startswith("a.json:2: not JSON")

    def test_a_packed_file_that_was_cut_off_keeps_what_can_be_read(self, here: Path) -> None:
        lines = b"".join(b'{"text": "Rapat %d usai."}\n' % i for i in range(20_000))
        (here / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-2_000])
        rows = read("a.jsonl.gz")
        assert 1_000 < len(rows) < 20_000
        assert [reason[:34] for reason in reasons(rows)] == ["a.jsonl.gz: cannot be read further"]


class TestTables:
    @pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t"), ("a.csv", "|")])
    def test_a_row_may_run_over_lines(self, here: Path, name: str, delimiter: str) -> None:
        rows = [["judul", "isi"], ["Pasar", '"Satu\n\nDua ""tiga"""'], ["Rapat", "Empat."]]
        (here / name).write_text("\n".join(delimiter.join(row) for row in rows))
        assert read(name) == [
            InputRow({"title": "Pasar", "text": 'Satu\n\nDua "tiga"'}, name, 2),
            InputRow({"title": "Rapat", "text": "Empat."}, name, 5),
        ]

    def test_a_very_long_cell_is_read(self, here: Path) -> None:
        (here / "a.csv").write_text("isi\n" + "pasar " * 100_000)
        assert len(values(read("a.csv"))[0]["text"]) == 600_000

    def test_a_header_broken_by_a_carriage_return_is_told(self, here: Path) -> None:
        (here / "a.csv").write_bytes(b"judul,isi\rPasar,Ramai\n")
        (failure,) = read("a.csv")
        assert isinstance(failure, Failure)
        assert failure.reason.startswith("a.csv: line 1: no header of a table: ")

    def test_a_table_of_a_spreadsheet_in_cp1252_is_read(self, here: Path) -> None:
        (here / "a.csv").write_bytes("judul;isi\r\nPasar;“Ramai,” ujarnya.\r\n".encode("cp1252"))
        assert values(read("a.csv")) == [{"title": "Pasar", "text": "“Ramai,” ujarnya."}]

    def test_a_row_with_a_cell_too_many_is_a_failure(self, here: Path) -> None:
        (here / "a.csv").write_text("judul,isi\nPasar,Ramai, kata dia\nRapat,Usai.\nX,Y,,\n")
        rows = read("a.csv")
        assert reasons(rows) == ["a.csv:2: 3 cells under 2 columns; a delimiter in a text needs quotes"]
        assert values(rows[1:]) == [{"title": "Rapat", "text": "Usai."}, {"title": "X", "text": "Y"}]

    def test_a_row_in_no_encoding_is_a_failure(self, here: Path) -> None:
        (here / "a.csv").write_bytes(b'isi\nSatu.\n"\x81\x8d\nsambungan"\nDua.\n')
        rows = read("a.csv")
        assert reasons(rows) == ["a.csv:3: neither UTF-8 nor cp1252"]
        assert values([rows[0], *rows[2:]]) == [{"text": "Satu."}, {"text": "Dua."}]

    def test_a_table_without_a_text_names_its_columns(self, here: Path) -> None:
        (here / "a.csv").write_text("kolom1,kolom2\na,b\n")
        assert reasons(read("a.csv")) == [
            "a.csv: no column for the text among kolom1, kolom2; name it with --text-column"
        ]

    def test_a_named_column_that_is_not_there_is_refused(self, here: Path) -> None:
        (here / "a.csv").write_text("isi\nRapat.\n")
        assert reasons(read("a.csv", columns=Columns({"text": "uraian"}))) == ["a.csv: no column 'uraian' among isi"]

    def test_a_table_in_another_encoding_is_refused(self, here: Path) -> None:
        (here / "a.csv").write_bytes("标题,文章内容\n市场,很热闹\n".encode("gbk"))
        assert reasons(read("a.csv")) == ["a.csv: neither UTF-8 nor cp1252; save it as UTF-8"]

    def test_a_format_can_be_told(self, here: Path) -> None:
        (here / "data.dat").write_text("isi\nRapat.\n")
        assert values(read("data.dat", format="csv")) == [{"text": "Rapat."}]


class TestParquet:
    def test_rows_are_read_by_the_same_names(self, here: Path) -> None:
        pa = pytest.importorskip("pyarrow")
        import pyarrow.parquet as pq

        when = datetime.datetime(2024, 6, 20, 14, 5)
        rows = [{"Isi": "Satu.", "judul": None, "tanggal": when, "lain": [1]}] * 300
        pq.write_table(pa.Table.from_pylist(rows), here / "a.parquet")
        found = read("a.parquet")
        assert len(found) == 300
        assert values(found[:1]) == [{"text": "Satu.", "published": "2024-06-20T14:05:00"}]
        assert found[299].line == 300  # type: ignore[union-attr]

    def test_what_is_no_parquet_is_refused(self, here: Path) -> None:
        pytest.importorskip("pyarrow")
        (here / "a.parquet").write_text("teks")
        assert reasons(read("a.parquet"))[0].startswith("a.parquet: not a Parquet file")
