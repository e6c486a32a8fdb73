"""``show`` and ``Records``: records where a person looks at them, in a notebook or as HTML to put somewhere."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from typing import Any, Literal, SupportsIndex, overload

from beritaextract.display.table import ROWS, table_html
from beritaextract.display.view import record_html
from beritaextract.records import Record, as_record, each

STYLES = ("page", "ent")

Style = Literal["page", "ent"]


class Records(list[Record]):
    """A list of records that a notebook shows as a table: ``Records(extract_many(articles))``.

    A slice of it is one too.
    """

    def show(self, *, lang: str = "en", limit: int | None = ROWS) -> str | None:
        """The table, in the words of ``lang``, of the first ``limit`` records; as ``beritaextract.show``."""
        return show(self, lang=lang, limit=limit)

    def _repr_html_(self) -> str:
        return table_html(self)

    def __repr__(self) -> str:
        return f"<Records: {len(self)}>"

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> Record: ...
    @overload
    def __getitem__(self, index: slice, /) -> Records: ...
    def __getitem__(self, index: SupportsIndex | slice, /) -> Record | Records:
        found = super().__getitem__(index)
        return Records(found) if isinstance(found, list) else found


def show(
    records: Record | Iterable[Record | Mapping[str, Any]],
    /,
    *,
    style: Style = "page",
    lang: str = "en",
    limit: int | None = ROWS,
) -> str | None:
    """Show a record, or many as a table: in Jupyter as output and None, elsewhere as the HTML text, as displaCy does.

    ``style`` "ent" gives one record as spaCy's displaCy shows entities. ``lang`` is "en" or "id". ``limit`` is how many rows a
    table has at most (None: all). Raises ValueError on another style or language, or "ent" for many records, TypeError for what
    is no record.
    """
    if style not in STYLES:
        raise ValueError(f"style is {style!r}; it must be one of {', '.join(map(repr, STYLES))}")
    if isinstance(records, Record):
        if style == "ent":
            from beritaextract.display.ent import ent_html

            return _shown(ent_html(records))
        return _shown(record_html(records, lang=lang))
    if style == "ent":
        raise ValueError("style 'ent' shows one record; a table has no such style")
    return _shown(table_html([as_record(record) for record in each(records)], lang=lang, limit=limit))


def _shown(html: str) -> str | None:
    """Put HTML out where a notebook is, or give it back."""
    from spacy.util import is_in_jupyter

    if not is_in_jupyter():
        return html
    notebook = importlib.import_module("IPython.display")
    notebook.display(notebook.HTML(html))
    return None
