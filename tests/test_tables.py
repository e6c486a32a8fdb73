"""Every table tells a stranger what it is: documented, with its sources, its rows unlike each other."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

import beritaextract

PACKAGE = Path(beritaextract.__file__).parent
DATA = PACKAGE / "data"
TABLES = sorted(DATA.glob("*.tsv"))
COUNTED = {"name_words.tsv", "stopwords.tsv", "confidence.tsv"}
"""Tables made by counting or fitting, or of bare words, the only ones without examples."""


@pytest.mark.parametrize("table", TABLES, ids=lambda p: p.name)
def test_the_overview_names_every_table(table: Path) -> None:
    assert f"`{table.name}`" in (DATA / "README.md").read_text(encoding="utf8")


def test_the_overview_names_no_table_that_is_not_there() -> None:
    named = set(
        re.findall(r"`([a-z_]+\.(?:tsv|json|tsv\.gz|json\.gz))`", (DATA / "README.md").read_text(encoding="utf8"))
    )
    assert {n for n in named if not (DATA / n).exists()} == set()


def row_classes() -> dict[str, set[str]]:
    """Of each table the modules that define the row that code reads it into."""
    sources = {path: path.read_text(encoding="utf8") for path in PACKAGE.rglob("*.py")}
    homes: dict[str, set[str]] = defaultdict(set)
    for path, source in sources.items():
        for name in re.findall(r"^class (\w+)", source, re.M):
            homes[name].add(".".join(path.relative_to(PACKAGE).with_suffix("").parts))
    read = [found for source in sources.values() for found in re.findall(r'rows\(\s*"(\w+)",\s*(\w+)', source)]
    found: dict[str, set[str]] = defaultdict(set)
    for table, row in read:
        found[table] |= homes[row]
    return found


def test_the_overview_names_the_module_that_declares_the_columns() -> None:
    classes = row_classes()
    assert len(classes) > 50
    for line in (DATA / "README.md").read_text(encoding="utf8").splitlines():
        tables = re.findall(r"`(\w+)\.tsv`", line.split("|")[1]) if line.startswith("| `") else []
        named = re.findall(r"`([a-z_.]+?)(?:\.[A-Z]\w+)?`", line.split("|")[3]) if tables else []
        assert not [table for table in tables if classes[table] and not classes[table] & set(named)], line


@pytest.mark.parametrize("table", TABLES, ids=lambda p: p.name)
def test_a_table_begins_by_telling_what_it_is(table: Path) -> None:
    assert table.read_text(encoding="utf8").startswith("# ")


@pytest.mark.parametrize("table", [t for t in TABLES if t.name not in COUNTED], ids=lambda p: p.name)
def test_every_row_carries_an_example_and_no_row_stands_twice(table: Path) -> None:
    lines = [x for x in table.read_text(encoding="utf8").splitlines() if x.strip() and not x.startswith("#")]
    header, rows = lines[0].split("\t"), [x.split("\t") for x in lines[1:]]
    example = header.index("example")
    assert [r[0] for r in rows if len(r) <= example or not r[example].strip()] == []
    keys = ["\t".join(r[:example]) for r in rows]
    assert sorted({k for k in keys if keys.count(k) > 1}) == []


def test_the_notice_names_every_licensed_source_of_a_table() -> None:
    """A table whose head names a source with its licence: "GeoNames (CC BY 4.0)"."""
    notice = (PACKAGE.parents[1] / "NOTICE").read_text(encoding="utf8")
    heads = [x for table in TABLES for x in table.read_text(encoding="utf8").splitlines() if x.startswith("#")]
    licensed = {name for head in heads for name in re.findall(r"([A-Z]\w+) \((?:CC|MIT|Unicode|ISC)\b", head)}
    assert {"GeoNames", "NERP"} <= licensed
    assert {name for name in licensed if name not in notice} == set()
