"""Every text of tests/tables/dates.tsv: the dates in braces are found, exactly these, with these values."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from beritaextract import dates

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
