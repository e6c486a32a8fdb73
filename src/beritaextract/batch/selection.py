"""Which tables and columns are left where only some fields of the record are wanted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from beritaextract.tables import TABLES, Table

_OF_ARTICLES = {
    **dict.fromkeys(("path", "url", "outlet", "author"), "source"),
    "title": "title",
    **dict.fromkeys(("published", "published_on", "published_origin"), "published"),
    **dict.fromkeys(("topic_code", "topic"), "topics"),
    "officials": "officials",
    "people": "other_people",
    "quotes": "quotes",
    "places": "places",
    "warnings": "warnings",
    "text": "text",
}
"""The field of the record that a column of ``articles`` is made of."""

_NEEDED = {"people": ("officials", "other_people"), "officials": ("officials", "other_people")}
"""The fields of the record that a table is made of, where they are not one of its own name."""


def selected(fields: Collection[str]) -> tuple[Table, ...]:
    """The tables made of these fields of the record; ``articles`` always, with the columns that are made of them.

    People who hold no post in the state and those who do stand in the same tables, so these need both fields.
    """
    kept = {name: table for name, table in TABLES.items() if set(_NEEDED.get(name, (name,))) <= {*fields, "articles"}}
    return tuple(_without(table, fields, kept) for table in kept.values())


def _without(table: Table, fields: Collection[str], kept: Collection[str]) -> Table:
    """The table without the columns of other fields and without references to tables that are left out."""
    references = {other: columns for other, columns in table.references.items() if other in kept}
    if table.name != "articles":
        return replace(table, references=references)
    columns = tuple(c for c in table.columns if _OF_ARTICLES.get(c.name) in (None, *fields))
    return replace(table, columns=columns, references=references)
