"""Which column of an input table is the text, which the title, the date: by the names people give them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from beritaextract.article import InputRow, plain
from beritaextract.lexicon import Lexicon, packaged

Field = Literal["id", "text", "html", "title", "published", "outlet", "url"]
FIELDS: tuple[str, ...] = get_args(Field)
"""What a row may say of an article."""


@dataclass(frozen=True, slots=True)
class ColumnName:
    """A name that a column of articles goes by, the field it means and a cell it may hold."""

    name: str
    field: Field
    example: str


_NO_LETTER = re.compile(r"[\W_]+")
_PAGE = re.compile(r"\s*<(?:!doctype|html|body|article|div|p|h1)\b", re.I)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Columns:
    """Finds an article's fields in rows.

    ``named`` maps fields to the columns the user named ("text": "uraian"); where it names one no other is looked at.
    """

    def __init__(self, named: Mapping[str, str] | None = None, lexicon: Lexicon | None = None) -> None:
        self.named = dict(named or {})
        rows = (lexicon or packaged()).rows("columns", ColumnName)
        self._rank = {_folded(row.name): (rank, row.field) for rank, row in enumerate(rows)}
        self._plans: dict[tuple[str, ...], dict[str, list[str]]] = {}

    def plan(self, columns: Iterable[str]) -> dict[str, list[str]]:
        """The columns that may hold each field, the likeliest first: ``{"text": ["isi"], "title": ["judul"]}``."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        known = list(columns)
        for column in known:
            rank, field = self._rank.get(_folded(column), (0, None))
            if field is not None and field not in self.named:
                found[field].append((rank, column))
        plan = {field: [column for _, column in sorted(ranked)] for field, ranked in found.items()}
        return plan | {field: [column] for field, column in self.named.items() if column in known}

    def row(self, row: Mapping[str, Any], path: str, line: int | None = None) -> InputRow:
        """The row with the contract's names for its columns; those that mean nothing here are left out."""
        values: dict[str, Any] = {}
        for field, columns in self._plan_of(tuple(row)).items():
            for column in columns:
                value = _plain(row[column])
                if value is None or value == "" or (column != field and not isinstance(value, (str, int, float))):
                    continue
                is_page = field == "text" and column != "text" and isinstance(value, str) and _PAGE.match(value)
                values.setdefault("html" if is_page else field, value)
                break
        return InputRow(values, path, line)

    def _plan_of(self, columns: tuple[str, ...]) -> dict[str, list[str]]:
        plan = self._plans.get(columns)
        if plan is None:
            if len(self._plans) > 1000:  # rows that each have keys of their own
                self._plans.clear()
            plan = self._plans[columns] = self.plan(columns)
        return plan


def whole(value: str) -> str:
    """The string without half characters, which JSON can write ("\\ud83d") but no file can hold."""
    if not _SURROGATE.search(value):
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _folded(name: str) -> str:
    """ "Isi Berita", "isi_berita", "IsiBerita" -> "isiberita"."""
    return _NO_LETTER.sub("", name).casefold()


def _plain(value: Any) -> Any:
    """A cell as text or number: a list of paragraphs is joined, a date written out, NaN is nothing."""
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes) and all(isinstance(part, str) for part in value):
        return "\n\n".join(whole(part) for part in value)
    return plain(value)
