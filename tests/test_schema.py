"""The published schema: up to date, a valid schema, and true of what the library emits."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from spacy.language import Language

import beritaextract
from beritaextract import records
from beritaextract.schema import CONSTRAINTS, record_schema, schema_text
from test_examples import FOLDER, KNOWN, examples

DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(record_schema())


def test_the_published_file_is_up_to_date() -> None:
    assert (DOCS / "record.schema.json").read_text(encoding="utf8") == schema_text(), "run: make schema"


def test_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(record_schema())


@pytest.mark.parametrize("key", [key for key in CONSTRAINTS if "." in key])
def test_every_constraint_is_on_a_field_that_exists(key: str) -> None:
    name, field = key.split(".")
    assert field in {f.name for f in dataclasses.fields(getattr(records, name))}


def test_every_class_and_field_is_described_and_closed() -> None:
    schema = record_schema()
    for definition in [schema, *schema["$defs"].values()]:
        assert definition["description"]
        assert definition["additionalProperties"] is False
        assert set(definition["required"]) == set(definition["properties"])


@pytest.mark.skipif(not any(FOLDER.glob("*.toml")), reason="no examples")
@pytest.mark.parametrize("example", examples())
def test_records_of_the_examples_validate(
    example: dict[str, Any], nlp: Language, validator: Draft202012Validator
) -> None:
    known = {key: example[key] for key in KNOWN if key in example}
    record = beritaextract.extract(example["text"], nlp=nlp, **known)
    faults = [
        f"{fault.json_path}: {fault.message[:200]}" for fault in validator.iter_errors(json.loads(record.to_bytes()))
    ]
    assert not faults


def test_a_failure_validates() -> None:
    failure = records.Failure("a.txt", records.Source(path="a.txt"), "InputError", "a.txt: empty file")
    schema = record_schema()
    Draft202012Validator({"$ref": "#/$defs/Failure", "$defs": schema["$defs"]}).validate(json.loads(failure.to_bytes()))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": ""}, "non-empty"),
        ({"published": {"value": "20/6/2024", "origin": "given"}}, "not valid"),
        ({"segments": [{"kind": "nonsense", "start": 0, "end": 1}]}, "is not one of"),
        ({"extra": 1}, "Additional properties"),
        ({"topics": [{"code": "11000000", "name": "a", "name_id": "b", "score": 0.5}]}, "does not match"),
    ],
)
def test_what_is_no_record_does_not_validate(
    change: dict[str, Any], message: str, validator: Draft202012Validator
) -> None:
    record = json.loads(records.Record("1.0", "a", records.Source(), None, None, "x").to_bytes())
    validator.validate(record)
    assert any(message in fault.message for fault in validator.iter_errors(record | change))


def test_the_page_about_the_record_describes_every_field_in_order() -> None:
    page = (DOCS / "record.md").read_text(encoding="utf8")
    sections = {part.split("\n", 1)[0]: part for part in page.split("\n## ")[1:]}
    for name, kind in vars(records).items():
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            described = re.findall(r"^\| `(\w+)` \|", sections[name], re.M)
            assert described == [field.name for field in dataclasses.fields(kind)], name
