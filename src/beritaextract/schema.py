"""The JSON Schema of the record (draft 2020-12), made from the dataclasses: ``beritaextract schema`` prints it."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from beritaextract.records import SCHEMA, Failure, Record

ID = f"urn:beritaextract:record:{SCHEMA}"

_DAY = r"\d{4}-\d{2}-\d{2}"
_MOMENT = rf"{_DAY}T\d{{2}}:\d{{2}}([+-]\d{{2}}:\d{{2}})?"
_POINT = rf"(\d{{4}}|\d{{4}}-\d{{2}}|{_DAY}|{_MOMENT}|\d{{4}}-W\d{{2}}|\d{{4}}-Q[1-4]|\d{{4}}-H[12])"
_AREA = r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?"

_OFFSET = {"minimum": 0}
_SHARE = {"minimum": 0, "maximum": 1}
_LEVELS = ["national", "province", "regency", "city", "district", "village"]

CONSTRAINTS: dict[str, dict[str, Any]] = {
    "start": _OFFSET,
    "end": _OFFSET,
    "confidence": _SHARE,
    "score": _SHARE,
    "Record.schema": {"const": SCHEMA},
    "Record.id": {"minLength": 1},
    "Failure.id": {"minLength": 1},
    "Published.value": {"pattern": f"^({_DAY}|{_MOMENT})$"},
    "Published.origin": {"enum": ["given", "metadata", "text"]},
    "Segment.kind": {
        "enum": [
            *("title", "subheading", "dateline", "body", "caption"),
            *("related", "ad", "credit", "navigation", "repeat"),
        ]
    },
    "Person.id": {"pattern": r"^p\d+$"},
    "Mention.kind": {"enum": ["name", "alias", "title", "pronoun"]},
    "Position.acting": {"enum": ["Plt", "Plh", "Pj", "Pjs", "Pgs", "Ad Interim"]},
    "Position.level": {"enum": _LEVELS},
    "Jurisdiction.code": {"pattern": f"^(ID|{_AREA})$"},
    "Quote.id": {"pattern": r"^q\d+$"},
    "Quote.kind": {"enum": ["direct", "indirect", "mixed"]},
    "Speaker.person_id": {"pattern": r"^p\d+$"},
    "Place.kind": {
        "enum": [
            *("province", "regency", "city", "district", "village", "country"),
            *("foreign", "venue", "natural", "region"),
        ]
    },
    "Place.code": {"pattern": f"^([A-Z]{{2}}|{_AREA})$"},
    "Place.country": {"pattern": "^[A-Z]{2}$"},
    "Place.role": {"enum": ["location", "dateline"]},
    "Place.lat": {"minimum": -90, "maximum": 90},
    "Place.lon": {"minimum": -180, "maximum": 180},
    "DateRef.value": {"pattern": f"^{_POINT}(/{_POINT})?$"},
    "DateRef.grain": {"enum": ["minute", "day", "week", "month", "quarter", "third", "half", "year"]},
    "Temporal.type": {"enum": ["DURATION", "SET", "TIME"]},
    "Topic.code": {"pattern": r"^medtop:\d{8}$"},
}
"""What the contract says of a field beyond its type: by field, or by class and field."""


def record_schema() -> dict[str, Any]:
    """The schema: a Record at the root, a Failure under ``$defs``."""
    schema = TypeAdapter(Record).json_schema(mode="serialization")
    failure = TypeAdapter(Failure).json_schema(mode="serialization")
    defs = {**failure.pop("$defs"), **schema.pop("$defs"), "Failure": failure}
    _refine("Record", schema)
    for name, definition in defs.items():
        _refine(name, definition)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": ID}
    return head | schema | {"$defs": dict(sorted(defs.items()))}


def schema_text() -> str:
    """The schema as it stands in docs/record.schema.json."""
    return json.dumps(record_schema(), indent=2, ensure_ascii=False) + "\n"


def _refine(name: str, definition: dict[str, Any]) -> None:
    """Close the object, ask for all its fields (every one is always written) and constrain their values."""
    definition["additionalProperties"] = False
    definition["required"] = list(definition["properties"])
    definition["description"] = " ".join(definition["description"].replace("``", "").split())
    for field, value in definition["properties"].items():
        value.pop("title", None)
        value.pop("default", None)
        constraint = CONSTRAINTS.get(f"{name}.{field}") or CONSTRAINTS.get(field, {})
        _scalar(value).update(constraint)


def _scalar(value: dict[str, Any]) -> dict[str, Any]:
    """The part of a field's schema that is not "or null"."""
    choices: list[dict[str, Any]] = value.get("anyOf", [value])
    return next(choice for choice in choices if choice.get("type") != "null")
