"""Every text of tests/tables/dates.tsv: the dates in braces are found, exactly these, with these values."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from beritaextract import dates
from beritaextract.dates import days, holidays, periods, relatives
from beritaextract.dates.finder import Grammar
from beritaextract.dates.grammar import Rule
from beritaextract.dates.vocabulary import Vocabulary
from beritaextract.lexicon import packaged

TABLE = Path(__file__).parent / "tables" / "dates.tsv"


def rows() -> list[Any]:
    lines = [x for x in TABLE.read_text(encoding="utf8").splitlines() if x and not x.startswith("#")]
    return [pytest.param(*line.split("\t"), id=line.replace("\t", " ").strip()) for line in lines[1:]]


@pytest.mark.parametrize(("anchor", "marked", "values"), rows())
def test_text(anchor: str, marked: str, values: str) -> None:
    wanted = list(zip(re.findall(r"\{([^}]*)\}", marked), values.split("|") if values else [], strict=True))
    found = dates.find(re.sub(r"[{}]", "", marked), anchor=anchor or None)
    assert [(d.text, d.value) for d in found] == wanted


def test_the_table_is_broad() -> None:
    assert len(rows()) >= 250


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar(Vocabulary(packaged()))


@pytest.mark.parametrize(
    "rule", [*holidays.rules(), *days.rules(), *relatives.rules(), *periods.rules()], ids=lambda r: r.name
)
def test_a_rule_matches_only_where_it_says_it_may_start(rule: Rule, grammar: Grammar) -> None:
    for row in rows():
        shape = grammar.find(re.sub(r"[{}]", "", row.values[1])).atoms.shape
        starts = {shape[i] for i in range(len(shape)) if rule.pattern.match(shape, i)}
        assert starts <= rule.starts


def test_every_rule_finds_something_in_the_table(grammar: Grammar) -> None:
    found = {m.rule for row in rows() for m in grammar.find(re.sub(r"[{}]", "", row.values[1])).dates}
    ruled = {r.name for r in [*holidays.rules(), *days.rules(), *relatives.rules(), *periods.rules()]}
    assert ruled <= found
