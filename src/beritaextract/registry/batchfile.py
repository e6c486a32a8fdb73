"""The officials of a DuckDB batch of ``convert``, as records have them (extra ``duckdb``)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from beritaextract.errors import InputError
from beritaextract.tables import LIST_MARK

_POSTS = """
SELECT o.article_no, a.article_id, a.path, a.url, a.outlet, a.published, p.person_id, p.name, p.aliases, p.rank,
       o.text, o.acting, o.former, o.title, o.unit, o.organization, o.area_code, o.area, o.level, o.public, o.confidence
FROM officials o JOIN articles a USING (article_no) JOIN people p USING (article_no, person_id)
WHERE o.public ORDER BY o.article_no, o.post_no
"""
_ROWS_AT_ONCE = 1_000


def batch_records(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Of each article with officials the part of its record that a register is made of, and where it stands.

    Raises InputError when the file is no such batch, or was made without these fields.
    """
    try:
        import duckdb
    except ImportError:
        raise InputError("a DuckDB batch needs duckdb: pip install 'beritaextract[duckdb]'") from None
    try:
        with duckdb.connect(name, read_only=True) as database:
            found = database.execute(_POSTS)
            columns = [column[0] for column in found.description or ()]
            for number, rows in groupby(_rows(found, columns), itemgetter("article_no")):
                yield f"{name}: article {number}", _record(list(rows))
    except duckdb.Error as fault:
        raise InputError(f"{name}: no batch with officials, people and articles: {fault}") from None


def _rows(found: Any, columns: list[str]) -> Iterator[dict[str, Any]]:
    while chunk := found.fetchmany(_ROWS_AT_ONCE):
        yield from (dict(zip(columns, row, strict=True)) for row in chunk)


def _record(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The posts of one article, by person in the order in which the article has them."""
    people: dict[str, dict[str, Any]] = {}
    for row in rows:
        aliases = row["aliases"].split(LIST_MARK) if row["aliases"] else []
        known = {"id": row["person_id"], "name": row["name"], "aliases": aliases, "rank": row["rank"], "positions": []}
        people.setdefault(row["person_id"], known)["positions"].append(_post(row))
    first = rows[0]
    return {
        "id": first["article_id"],
        "source": {name: first[name] for name in ("path", "url", "outlet")},
        "published": {"value": first["published"]} if first["published"] else None,
        "officials": list(people.values()),
    }


def _post(row: dict[str, Any]) -> dict[str, Any]:
    names = ("text", "acting", "former", "title", "unit", "organization", "level", "public", "confidence")
    area = {"code": row["area_code"], "name": row["area"]} if row["area"] else None
    return {**{name: row[name] for name in names}, "jurisdiction": area}
