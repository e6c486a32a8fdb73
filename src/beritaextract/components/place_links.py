"""The small words between places: what ties one to the wider area behind it, and what makes a list of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WITHIN_MARKS = frozenset(",(")
LIST_MARKS = frozenset(",&/")


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A row of ``place_links.tsv``: "di" (within), "serta" (list), "nomor" (number); the table tells the kinds."""

    form: str
    kinds: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Links:
    """The words by what they do: "Curug di Serang" (within), "Bogor dan Depok" (listing), "lantai 6" (number)."""

    within: frozenset[str]
    listing: frozenset[str]
    inner: frozenset[str]
    number: frozenset[str]
    law: frozenset[str]
    common: frozenset[str]

    @classmethod
    def of(cls, rows: Iterable[PlaceLink]) -> Links:
        """Sort the rows of the table."""
        every = tuple(rows)
        kinds = ("within", "list", "inner", "number", "law", "common")
        return cls(*(frozenset(row.form for row in every if kind in row.kinds) for kind in kinds))
