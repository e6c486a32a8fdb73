"""docs/tables.md: its tables are those that are written, and its questions have the answers that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

import beritaextract
from batches import write_rows
from beritaextract.batch.convert import convert
from beritaextract.tables import TABLES

PAGE = (Path(__file__).parent.parent / "docs" / "tables.md").read_text(encoding="utf8")
QUESTIONS = re.findall(r"### (\d+)\. ([^\n]+)\n\n```sql\n(.+?)\n```\n\n((?:\|[^\n]*\|\n)+)", PAGE, re.S)


def cells(table: str) -> Iterator[list[str]]:
    """The cells of a table in Markdown, the line under its header left out."""
    for number, line in enumerate(table.splitlines()):
        if number != 1:
            yield [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


@pytest.fixture(scope="module")
def example(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A connection to the database of the example batch."""
    duckdb = pytest.importorskip("duckdb")
    folder = tmp_path_factory.mktemp("contoh")
    known = ("id", "text", "title", "published", "outlet", "url")
    rows = [{key: asdict(article)[key] for key in known} for article in beritaextract.examples()]
    write_rows(folder / "contoh.jsonl", rows)
    convert([str(folder / "contoh.jsonl")], folder / "contoh.duckdb", nlp=nlp)
    return duckdb.connect(str(folder / "contoh.duckdb"), read_only=True)


def test_there_are_twelve_questions() -> None:
    assert [question[0] for question in QUESTIONS] == [str(n) for n in range(1, 13)]


@pytest.mark.parametrize(("question", "sql", "answer"), [q[1:] for q in QUESTIONS], ids=[q[1] for q in QUESTIONS])
def test_a_question_has_the_answer_that_is_shown(example: Any, question: str, sql: str, answer: str) -> None:
    asked = example.execute(sql)
    found = [[column[0] for column in asked.description]]
    found += [["" if cell is None else str(cell) for cell in row] for row in asked.fetchall()]
    assert found == list(cells(answer))


def test_every_table_is_described_as_it_is() -> None:
    for table in TABLES.values():
        match = re.search(rf"### {table.name}\n\n(.+)\n\n((?:\|.*\|\n)+)", PAGE)
        assert match is not None, table.name
        assert match[1].lower() == f"{table.meaning}.".lower()
        assert list(cells(match[2]))[1:] == [
            [
                f"`{column.name}`" + (" *(key)*" if column.name in table.key else ""),
                column.kind + "?" * column.nullable,
                column.meaning,
            ]
            for column in table.columns[2:]
        ]
