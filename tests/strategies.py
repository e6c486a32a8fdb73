"""Hypothesis strategies: any record there can be."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from beritaextract.records import JsonRecord

_SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=20),
    int: st.integers(min_value=0, max_value=2**31 - 1),
    float: st.integers(-180_000, 180_000).map(lambda n: n / 1000),  # the library rounds to three places
    bool: st.booleans(),
    type(None): st.none(),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type."""
    if hint in _SCALARS:
        return _SCALARS[hint]
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=2).map(tuple)
    if get_origin(hint) is Union or get_args(hint):
        return st.one_of(*map(values, get_args(hint)))
    return records(hint)


def records(kind: type[JsonRecord]) -> st.SearchStrategy[Any]:
    """Instances of a record class, all fields filled with anything of their type."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{f.name: values(hints[f.name]) for f in fields(kind)})  # type: ignore[arg-type]
