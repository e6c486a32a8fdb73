"""The page about the record: every field of every class has an example, and each example is what the library gives."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

import beritaextract
from beritaextract import records
from beritaextract.records import Failure, JsonRecord
from pages import blocks

PAGE = Path(__file__).parent.parent / "docs" / "record.md"
CLASSES = [c for c in vars(records).values() if isinstance(c, type) and is_dataclass(c)]
MEASURED = {"confidence", "score"}
"""Fields whose figures change with every calibration; an example of them need only be a share."""


@pytest.fixture(scope="module")
def found() -> dict[str, list[dict[str, Any]]]:
    """Everything that the articles of the page's examples give, by class, as JSON reads it."""
    text = next(block.body for block in blocks(PAGE) if block.title == "kabar-0917.txt")
    failures: list[Failure] = []
    rows: list[Any] = [
        beritaextract.Article(text, id="kabar-0917", url="https://kabarcisadane.example/0917"),
        beritaextract.Article(text, path="arsip/0917.txt"),
        {"id": "kabar-0918", "text": " "},
        {"id": "kabar-0919", "text": "Hujan turun.", "published": "kapan-kapan"},
        *[article for article in beritaextract.examples(pages=True) if article.author],
    ]
    nlp = beritaextract.load(temporals=True)
    by_class: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in [*beritaextract.extract_many(rows, nlp=nlp, on_failure=failures.append), *failures]:
        for item in parts(record):
            by_class[type(item).__name__].append(json.loads(item.to_bytes()))
    return by_class


def parts(item: Any) -> Iterator[JsonRecord]:
    """A record and everything in it."""
    if isinstance(item, tuple):
        for part in item:
            yield from parts(part)
    elif isinstance(item, JsonRecord):
        yield item
        for field in fields(item):  # type: ignore[arg-type]
            yield from parts(getattr(item, field.name))


def examples(name: str) -> dict[str, Any]:
    """The examples of a class: what stands in the last column, with … for "and more"."""
    page = PAGE.read_text(encoding="utf8")
    section = page.split(f"\n## {name}\n", 1)[1].split("\n## ", 1)[0]
    cells = re.findall(r"^\| `(\w+)` \|.*\| `([^`]+)` \|$", section, re.M)
    return {field: json.loads(cell.replace(", …}", ', "…": 0}').replace(", …]", ', "…"]')) for field, cell in cells}


def fits(example: Any, value: Any) -> bool:
    """Whether a value is as the example says."""
    if isinstance(example, dict) and isinstance(value, dict):
        told = {key: part for key, part in example.items() if key != "…"}
        whole = "…" in example or set(told) == set(value)
        return whole and all(key in value and fits(part, value[key]) for key, part in told.items())
    if isinstance(example, list) and isinstance(value, list):
        told_first = [part for part in example if part != "…"]
        whole = len(value) > len(told_first) if "…" in example else len(value) == len(told_first)
        return whole and all(map(fits, told_first, value))
    if isinstance(example, str) and example.endswith("…"):
        return isinstance(value, str) and value.startswith(example[:-1])
    return type(example) is type(value) and bool(example == value)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_field_has_an_example_that_the_library_gives(
    kind: type[Any], found: dict[str, list[dict[str, Any]]]
) -> None:
    shown = examples(kind.__name__)
    assert list(shown) == [field.name for field in fields(kind)]
    for field, example in shown.items():
        given = [item[field] for item in found[kind.__name__]]
        if field in MEASURED:
            assert 0 <= example <= 1
            assert all(isinstance(value, float) and 0 <= value <= 1 for value in given)
        else:
            assert example is not None
            assert any(fits(example, value) for value in given), (field, example, given)


def without_figures(item: Any) -> Any:
    """JSON with all measured figures taken out."""
    if isinstance(item, dict):
        return {key: without_figures(value) for key, value in item.items() if key not in MEASURED}
    return [without_figures(part) for part in item] if isinstance(item, list) else item


def test_the_whole_record_on_the_page_is_the_record_of_its_text(nlp: Language) -> None:
    shown = json.loads(next(block.body for block in blocks(PAGE) if block.language == "json"))
    record = beritaextract.extract(shown["text"], nlp=nlp, id=shown["id"])
    assert without_figures(json.loads(record.to_bytes())) == without_figures(shown)


@pytest.mark.parametrize(
    ("example", "value", "same"),
    [
        ({"a": 1, "…": 0}, {"a": 1, "b": 2}, True),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ([1, "…"], [1, 2], True),
        ([1, "…"], [1], False),
        ([1], [1, 2], False),
        ("ab…", "abc", True),
        ("ab", "abc", False),
        (False, 0, False),
    ],
)
def test_an_example_fits_only_what_it_says(example: Any, value: Any, same: bool) -> None:
    assert fits(example, value) is same
