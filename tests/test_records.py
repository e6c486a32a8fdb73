"""The record classes: frozen, slotted, and the same after a journey through JSON."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beritaextract import records as module
from beritaextract.records import Failure, JsonRecord, Record, Source
from strategies import records

CLASSES = sorted(
    (c for c in vars(module).values() if isinstance(c, type) and issubclass(c, JsonRecord) and c is not JsonRecord),
    key=lambda c: c.__name__,
)
anything = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
each_class = pytest.mark.parametrize("kind", CLASSES, ids=lambda c: c.__name__)


@each_class
@anything
@given(data=st.data())
def test_comes_back_from_json_as_it_was(kind: type[JsonRecord], data: st.DataObject) -> None:
    record = data.draw(records(kind))
    assert kind.from_json(record.to_json()) == record
    assert kind.from_dict(record.to_dict()) == record
    assert kind.from_json(record.to_bytes()) == record


@each_class
@anything
@given(data=st.data())
def test_both_writers_give_the_same_json_in_the_order_of_the_contract(
    kind: type[JsonRecord], data: st.DataObject
) -> None:
    record = data.draw(records(kind))
    assert record.to_json(separators=(",", ":")).encode() == record.to_bytes()
    assert list(json.loads(record.to_bytes())) == [f.name for f in dataclasses.fields(kind)]  # type: ignore[arg-type]


@each_class
def test_is_frozen_and_slotted(kind: Any) -> None:
    record = kind.__new__(kind)
    assert not hasattr(record, "__dict__")
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(record, dataclasses.fields(kind)[0].name, "x")


def test_a_missing_field_is_an_error_unless_inferred() -> None:
    with pytest.raises(KeyError):
        Failure.from_json('{"id": "a"}')
    assert Source.from_dict({"path": "a"}, infer_missing=True) == Source("a", None, None)


def test_what_is_not_json_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        Record.from_json("{")
