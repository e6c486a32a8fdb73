"""The register as files, and ``beritaextract merge``."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from typer.testing import CliRunner

from beritaextract import Register, examples, register
from beritaextract.batch.convert import Options, convert
from beritaextract.cli import app
from beritaextract.errors import InputError
from beritaextract.registry.entries import Entry
from register_records import Said, article, person, post

SEKDA = post("Sekretaris Daerah", "36", text="Plh Sekda Banten", acting="Plh")
RECORDS: list[Said] = [
    article(person("Ratmini Lestari", SEKDA), on="2024-06-03", id="a1", url="https://kabar.example/1"),
    article(person("Ratmini Lestari", SEKDA), on="2024-06-20", id="a2"),
    article(person("Ratmini", SEKDA | {"acting": None}), on="2024-09-01", id="a3"),
    article(
        person("Gunarto Salim", post("Kepala Dinas", "36.73", "Dishub Kota Serang", former=True)), on=None, id="a4"
    ),
]


@pytest.fixture
def made() -> Register:
    return register(RECORDS)


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["merge", *map(str, arguments)])


def as_lines(path: Path, records: list[Said]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf8")
    return path


class TestFormats:
    def test_json_and_json_lines_hold_the_entries(self, made: Register, tmp_path: Path) -> None:
        for name in ("r.json", "r.jsonl"):
            made.write(tmp_path / name)
        lines = (tmp_path / "r.jsonl").read_text(encoding="utf8").splitlines()
        assert [Entry.from_json(line) for line in lines] == list(made)
        assert json.loads((tmp_path / "r.json").read_text(encoding="utf8")) == [json.loads(line) for line in lines]

    @pytest.mark.parametrize("suffix", ["json", "jsonl", "csv", "popolo.json", "duckdb"])
    def test_an_empty_register_is_a_whole_file(self, suffix: str, tmp_path: Path) -> None:
        register([]).write(tmp_path / f"r.{suffix}")
        assert [p.name for p in tmp_path.iterdir()] == [f"r.{suffix}"]
        if suffix.endswith("json"):
            json.loads((tmp_path / f"r.{suffix}").read_text(encoding="utf8"))

    def test_csv_has_a_row_an_entry(self, made: Register, tmp_path: Path) -> None:
        made.write(tmp_path / "r.csv")
        with (tmp_path / "r.csv").open(encoding="utf8", newline="") as file:
            first, second = csv.DictReader(file)
        assert (first["name"], first["names"], first["area_code"]) == ("Ratmini Lestari", "Ratmini", "36")
        assert first["periods"] == "Plh 2024-06-03/2024-06-20 (2); 2024-09-01/2024-09-01 (1)"
        assert first["sources"] == "https://kabar.example/1; a2; a3"
        assert (second["first_seen"], second["organization"]) == ("", "Dishub Kota Serang")

    def test_no_cell_of_csv_is_a_formula(self, tmp_path: Path) -> None:
        """What a spreadsheet would run gets an apostrophe in front."""
        said = article(person("=Ratmini", SEKDA | {"unit": "+1", "organization": "@A"}), on=None, id="=1+1")
        register([said]).write(tmp_path / "r.csv")
        with (tmp_path / "r.csv").open(encoding="utf8", newline="") as file:
            (row,) = csv.DictReader(file)
        assert (row["unit"], row["organization"], row["sources"]) == ("'+1", "'@A", "'=1+1")
        assert not [cell for cell in row.values() if cell[:1] in set("=+-@")]

    def test_popolo_has_a_membership_a_period(self, made: Register) -> None:
        """Every id that a membership names exists; dates are those of the first and last sighting."""
        popolo = made.to_popolo()
        ids = {kind: {x["id"] for x in popolo[kind]} for kind in ("persons", "posts", "organizations", "areas")}
        for membership in popolo["memberships"]:
            assert membership["person_id"] in ids["persons"]
            assert membership["post_id"] in ids["posts"]
            assert membership.get("area_id") is None or membership["area_id"] in ids["areas"]
            assert membership.get("organization_id") is None or membership["organization_id"] in ids["organizations"]
        acting, full, former = popolo["memberships"]
        assert (acting["acting_status"], acting["start_date"], acting["end_date"]) == (
            "Plh",
            "2024-06-03",
            "2024-06-20",
        )
        assert acting["sources"] == [{"url": "https://kabar.example/1", "note": "2024-06-03"}, {"note": "a2"}]
        assert "acting_status" not in full
        assert former["former"]
        assert "start_date" not in former
        assert popolo["persons"][0]["other_names"] == [{"name": "Ratmini"}]

    def test_duckdb_tells_who_was_plh_sekda_banten_in_june_2024(self, made: Register, tmp_path: Path) -> None:
        """And on what evidence, in SQL."""
        duckdb = pytest.importorskip("duckdb")
        made.write(tmp_path / "r.duckdb")
        with duckdb.connect(str(tmp_path / "r.duckdb"), read_only=True) as database:
            found = database.sql(
                """
                SELECT r.name, s.published_on, s.article_id, s.text
                FROM register r JOIN register_periods p USING (entry_no) JOIN register_sources s USING (entry_no)
                WHERE r.title = 'Sekretaris Daerah' AND r.area_code = '36' AND p.acting = 'Plh' AND s.acting = 'Plh'
                  AND p.first_seen <= '2024-06-30' AND p.last_seen >= '2024-06-01' ORDER BY s.published_on
                """
            ).fetchall()
            assert found == [
                ("Ratmini Lestari", date(2024, 6, 3), "a1", "Plh Sekda Banten"),
                ("Ratmini Lestari", date(2024, 6, 20), "a2", "Plh Sekda Banten"),
            ]
            assert database.sql("SELECT count(*) FROM register_sources").fetchall() == [(4,)]
            assert database.sql("SELECT names FROM register_people").fetchall()[0] == (["Ratmini"],)

    @pytest.mark.parametrize(
        ("name", "says"),
        [("r.xlsx", "what shall it be"), ("nirwana/r.json", "there is no folder"), ("ada.json", "is a folder")],
    )
    def test_what_cannot_be_written_is_said(self, made: Register, name: str, says: str, tmp_path: Path) -> None:
        (tmp_path / "ada.json").mkdir()
        with pytest.raises(InputError, match=says):
            made.write(tmp_path / name)


class TestMerge:
    def test_many_files_make_one_register(self, tmp_path: Path) -> None:
        """Plain and packed; what was read is said on standard error."""
        first = as_lines(tmp_path / "a.jsonl", RECORDS[:2])
        second = tmp_path / "b.jsonl.gz"
        second.write_bytes(gzip.compress("".join(json.dumps(r) + "\n" for r in RECORDS[2:]).encode()))
        result = run(first, second, "-o", tmp_path / "r.jsonl")
        assert result.exit_code == 0
        assert "2 people in 2 posts, from 4 sightings in 4 records" in result.stderr
        lines = (tmp_path / "r.jsonl").read_text(encoding="utf8").splitlines()
        assert [Entry.from_json(line) for line in lines] == list(register(RECORDS))

    def test_parquet_gives_the_same(self, tmp_path: Path) -> None:
        pq, pa = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("pyarrow")
        pq.write_table(pa.Table.from_pylist(RECORDS), tmp_path / "a.parquet")
        assert run(tmp_path / "a.parquet", "-o", tmp_path / "r.jsonl", "-q").exit_code == 0
        lines = (tmp_path / "r.jsonl").read_text(encoding="utf8").splitlines()
        assert [Entry.from_json(line) for line in lines] == list(register(RECORDS))

    def test_a_database_of_convert_gives_the_same(self, nlp: Language, tmp_path: Path) -> None:
        """Its flat tables hold all that a register is made of."""
        duckdb = pytest.importorskip("duckdb")
        rows = [{"id": a.id, "text": a.text, "published": a.published, "url": a.url} for a in examples()[:16]]
        (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
        for name in ("b.duckdb", "b.jsonl"):
            convert([str(tmp_path / "a.jsonl")], tmp_path / name, options=Options(workers=1), nlp=nlp)
            assert run(tmp_path / name, "-o", tmp_path / f"{name}.register.jsonl", "-q").exit_code == 0
        made = [(tmp_path / f"{name}.register.jsonl").read_text("utf8") for name in ("b.duckdb", "b.jsonl")]
        assert made[0] == made[1]
        assert "Gusti Hendriansyah Maulidi" in made[0]
        duckdb.connect(str(tmp_path / "c.duckdb")).close()
        assert "c.duckdb: no batch with officials" in run(tmp_path / "c.duckdb", "-o", tmp_path / "r.json").stderr
        assert "no such file" in run(tmp_path / "d.duckdb", "-o", tmp_path / "r.json").stderr

    def test_results_of_a_cluster_give_the_same(self, tmp_path: Path) -> None:
        """A folder of Parquet files with records as JSON; failures are passed over."""
        pq, pa = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("pyarrow")
        (tmp_path / "rekaman").mkdir()
        rows = [{"id": r["id"], "record": json.dumps(r), "failure": None} for r in RECORDS]
        for part, some in enumerate((rows[:3], [*rows[3:], {"id": "x", "record": None, "failure": "{}"}])):
            pq.write_table(pa.Table.from_pylist(some), tmp_path / "rekaman" / f"part-{part}.parquet")
        assert run(tmp_path / "rekaman", "-o", tmp_path / "r.jsonl", "-q").exit_code == 0
        lines = (tmp_path / "r.jsonl").read_text(encoding="utf8").splitlines()
        assert [Entry.from_json(line) for line in lines] == list(register(RECORDS))

    def test_an_output_that_is_there_stays(self, tmp_path: Path) -> None:
        records, out = as_lines(tmp_path / "a.jsonl", RECORDS), tmp_path / "r.json"
        out.write_text("mine")
        result = run(records, "-o", out)
        assert (result.exit_code, out.read_text()) == (2, "mine")
        assert "--overwrite" in result.stderr
        assert run(records, "-o", out, "--overwrite").exit_code == 0
        assert json.loads(out.read_text(encoding="utf8"))

    @pytest.mark.parametrize(
        ("line", "says"),
        [
            ('{"id": "x"', "a.jsonl:3: not JSON"),
            ('{"id": "x"}', "a.jsonl:3: no record of beritaextract: KeyError 'officials'"),
            ("[1]", "a.jsonl:3: no record of beritaextract: TypeError"),
        ],
    )
    def test_a_line_that_is_no_record_is_named(self, line: str, says: str, tmp_path: Path) -> None:
        """Nothing is written then."""
        path = as_lines(tmp_path / "a.jsonl", RECORDS[:2])
        path.write_text(path.read_text(encoding="utf8") + line + "\n", encoding="utf8")
        result = run(path, "-o", tmp_path / "r.json")
        assert result.exit_code == 2
        assert says in result.stderr
        assert not (tmp_path / "r.json").exists()

    def test_what_merge_does_not_read_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("id,text\n1,isi\n")
        pq, pa = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("pyarrow")
        pq.write_table(pa.table({"a": [1]}), tmp_path / "b.parquet")
        assert "b.parquet:1: no record" in run(tmp_path / "b.parquet", "-o", tmp_path / "r.json").stderr
        assert (
            "merge reads the .jsonl, .parquet and .duckdb files"
            in run(tmp_path / "a.csv", "-o", tmp_path / "r.json").stderr
        )
        assert "no such file" in run(tmp_path / "tiada.jsonl", "-o", tmp_path / "r.json").stderr
