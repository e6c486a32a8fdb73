"""Records as flat tables: what the rows hold, and that the description tells the truth about them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from spacy.language import Language

from beritaextract.pipeline import extract
from beritaextract.records import Record, Source
from beritaextract.tables import TABLES, days_of, flatten, table_rows

TEXT = (
    "SERANG, KABARCISADANE.id – Plh Sekda Banten, Ratnaningrum Wiryadi, membuka rapat di Kota Serang, Selasa (9/7/2024). "
    "“Semua berkas cukup diunggah sekali,” kata Ratnaningrum.\n\n"
    "Direktur Utama PT Angin Timur, Wirya Sutanto, datang bersama mantan Camat Curug, H. Darmawan Yusup, SH. "
    "Menurut Badan Pusat Statistik, harga cabai naik pada triwulan II 2024 di Jabodetabek."
)
PYTHON = {"text": str, "integer": int, "number": float, "boolean": bool, "day": date}


@pytest.fixture(scope="module")
def record(nlp: Language) -> Record:
    return extract(TEXT, nlp=nlp, id="kabar-1", published="2024-07-09", title="Rapat Layanan")


@pytest.fixture(scope="module")
def tables(record: Record) -> dict[str, list[dict[str, Any]]]:
    return flatten(record, article_no=7)


class TestDescription:
    def test_the_tables_of_the_contract_are_there(self) -> None:
        assert {"articles", "officials", "quotes", "places", "dates", "topics"} <= set(TABLES)

    def test_every_table_begins_with_the_number_and_the_id_of_the_article(self) -> None:
        assert {table.names[:2] for table in TABLES.values()} == {("article_no", "article_id")}

    def test_names_are_words_that_sql_takes_unquoted(self) -> None:
        duckdb = pytest.importorskip("duckdb")
        reserved = {
            word
            for (word,) in duckdb.sql(
                "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category <> 'unreserved'"
            ).fetchall()
        }
        names = {name for table in TABLES.values() for name in (table.name, *table.names)}
        assert all(name == name.lower() and name.isidentifier() for name in names)
        assert not names & reserved

    def test_keys_and_references_name_columns_that_are_there_and_never_empty(self) -> None:
        for table in TABLES.values():
            columns = {column.name: column for column in table.columns}
            assert all(not columns[name].nullable for name in table.key)
            for other, names in table.references.items():
                assert set(names) <= set(columns)
                assert names == TABLES[other].key

    def test_a_table_stands_behind_those_it_points_at(self) -> None:
        names = list(TABLES)
        assert all(names.index(other) < names.index(t.name) for t in TABLES.values() for other in t.references)


class TestRows:
    def test_every_row_has_the_columns_in_their_order(self, tables: dict[str, list[dict[str, Any]]]) -> None:
        assert list(tables) == list(TABLES)
        for name, rows in tables.items():
            assert rows, name
            assert {tuple(row) for row in rows} == {TABLES[name].names}

    def test_every_cell_is_of_its_kind(self, tables: dict[str, list[dict[str, Any]]]) -> None:
        for name, rows in tables.items():
            for row in rows:
                for column in TABLES[name].columns:
                    cell = row[column.name]
                    assert (cell is None and column.nullable) or type(cell) is PYTHON[column.kind], (name, column, cell)

    def test_keys_are_unique(self, tables: dict[str, list[dict[str, Any]]]) -> None:
        for name, rows in tables.items():
            keys = [tuple(row[column] for column in TABLES[name].key) for row in rows]
            assert len(set(keys)) == len(keys)

    def test_references_point_at_rows(self, tables: dict[str, list[dict[str, Any]]]) -> None:
        for name, rows in tables.items():
            for other, columns in TABLES[name].references.items():
                there = {tuple(row[c] for c in columns) for row in tables[other]}
                pointed = {tuple(row[c] for c in columns) for row in rows}
                assert {key for key in pointed if None not in key} <= there

    def test_the_article(self, tables: dict[str, list[dict[str, Any]]]) -> None:
        row = tables["articles"][0]
        assert (row["article_no"], row["article_id"], row["title"]) == (7, "kabar-1", "Rapat Layanan")
        assert (row["published"], row["published_on"]) == ("2024-07-09", date(2024, 7, 9))
        assert (row["officials"], row["people"], row["text"]) == (2, 3, TEXT)

    def test_posts_of_officials_and_of_other_people_stand_together(
        self, tables: dict[str, list[dict[str, Any]]]
    ) -> None:
        found = [(r["name"], r["acting"], r["title"], r["public"], r["former"]) for r in tables["officials"]]
        assert found == [
            ("Ratnaningrum Wiryadi", "Plh", "Sekretaris Daerah", True, False),
            ("Darmawan Yusup", None, "Camat", True, True),
            ("Wirya Sutanto", None, "Direktur Utama", False, False),
        ]

    def test_the_area_of_a_post_has_the_codes_of_what_it_lies_in(self, tables: dict[str, list[dict[str, Any]]]) -> None:
        codes = [(r["area_code"], r["province_code"], r["regency_code"]) for r in tables["officials"]]
        assert codes == [("36", "36", None), ("36.73.04", "36", "36.73"), (None, None, None)]

    def test_a_quote_has_its_speaker_and_cue(self, tables: dict[str, list[dict[str, Any]]]) -> None:
        row = tables["quotes"][0]
        assert (row["speaker"], row["speaker_text"]) == ("Ratnaningrum Wiryadi", "Ratnaningrum")
        assert (row["kind"], row["cue"], row["cue_lemma"]) == ("direct", "kata", "kata")
        assert TEXT[row["start_char"] : row["end_char"]] == row["text"] == "Semua berkas cukup diunggah sekali,"

    def test_a_source_that_is_no_person_has_a_name_and_no_id(self, tables: dict[str, list[dict[str, Any]]]) -> None:
        assert ("Badan Pusat Statistik", None) in [(r["speaker"], r["person_id"]) for r in tables["quotes"]]

    def test_a_place_has_the_codes_of_what_it_lies_in(self, tables: dict[str, list[dict[str, Any]]]) -> None:
        row = next(r for r in tables["places"] if r["role"] == "dateline")
        assert (row["code"], row["province_code"], row["regency_code"]) == ("36.73", "36", "36.73")
        assert row["path"] == "Kota Serang > Banten > Indonesia"

    def test_a_person_has_the_parts_of_the_name(self, tables: dict[str, list[dict[str, Any]]]) -> None:
        row = next(r for r in tables["people"] if r["name"] == "Darmawan Yusup")
        assert (row["honorifics"], row["degrees"], row["official"]) == ("H.", "SH", True)

    def test_a_record_and_its_json_give_the_same_rows(self, record: Record) -> None:
        assert flatten(record.to_dict()) == flatten(record)

    def test_a_record_with_nothing_in_it_is_a_row_of_articles_alone(self) -> None:
        empty = Record("1.0", "x", Source(), None, None, "Teks.")
        assert {name: len(rows) for name, rows in flatten(empty).items() if rows} == {"articles": 1}

    def test_the_rows_of_many_records_are_numbered(self, record: Record) -> None:
        rows = list(table_rows([record, record], "quotes"))
        assert [row["article_no"] for row in rows] == [1, 1, 2, 2]
        with pytest.raises(KeyError, match="kutipan"):
            list(table_rows([record], "kutipan"))


class TestDaysOf:
    @pytest.mark.parametrize(
        ("value", "first", "last"),
        [
            ("2024-07-09", "2024-07-09", "2024-07-09"),
            ("2024-07-09T19:00+07:00", "2024-07-09", "2024-07-09"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2023", "2023-01-01", "2023-12-31"),
            ("2024-W28", "2024-07-08", "2024-07-14"),
            ("2024-Q2", "2024-04-01", "2024-06-30"),
            ("2024-H2", "2024-07-01", "2024-12-31"),
            ("2024-07-09/2024-07-11", "2024-07-09", "2024-07-11"),
            ("2024-05/2024-08", "2024-05-01", "2024-08-31"),
        ],
    )
    def test_first_and_last_day(self, value: str, first: str, last: str) -> None:
        assert days_of(value) == (date.fromisoformat(first), date.fromisoformat(last))

    @pytest.mark.parametrize("value", ["", "besok", "2024-13", "2024-02-30", "2024-W60", "2024-Q5", "0000", "2024/"])
    def test_what_is_no_value_has_no_days(self, value: str) -> None:
        assert days_of(value) is None
