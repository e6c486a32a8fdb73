"""The register as a DuckDB database (extra ``duckdb``): people, posts held, periods, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from beritaextract.errors import InputError
from beritaextract.registry.entries import Entry

try:
    import duckdb
    import pyarrow as pa
except ImportError:
    raise InputError("a DuckDB register needs duckdb and pyarrow: pip install 'beritaextract[duckdb]'") from None

_ENTRIES_AT_ONCE = 2_000

_TABLES = """
CREATE TABLE register_people (person_id TEXT PRIMARY KEY, name TEXT NOT NULL, names TEXT[] NOT NULL);
CREATE TABLE register (
    entry_no INTEGER PRIMARY KEY, person_id TEXT NOT NULL REFERENCES register_people, name TEXT NOT NULL, title TEXT NOT NULL,
    unit TEXT, organization TEXT, area_code TEXT, area TEXT, level TEXT, first_seen DATE, last_seen DATE, former_seen DATE,
    articles INTEGER NOT NULL, identity DOUBLE NOT NULL, confidence DOUBLE NOT NULL);
CREATE TABLE register_periods (
    entry_no INTEGER NOT NULL REFERENCES register, acting TEXT, first_seen DATE NOT NULL, last_seen DATE NOT NULL,
    articles INTEGER NOT NULL);
CREATE TABLE register_sources (
    entry_no INTEGER NOT NULL REFERENCES register, article_id TEXT NOT NULL, url TEXT, outlet TEXT, path TEXT, published_on DATE,
    name TEXT NOT NULL, text TEXT NOT NULL, acting TEXT, former BOOLEAN NOT NULL, confidence DOUBLE NOT NULL);
"""
_COMMENTS = """
COMMENT ON TABLE register IS 'one row a person and post; made by beritaextract merge';
COMMENT ON COLUMN register.first_seen IS 'day of the first article that says that the post is held';
COMMENT ON COLUMN register.last_seen IS 'day of the last such article';
COMMENT ON COLUMN register.former_seen IS 'day of the first article that calls the person a former holder';
COMMENT ON COLUMN register.identity IS 'probability that all sources speak of one person';
COMMENT ON COLUMN register_periods.acting IS 'Plt, Plh, Pj, Pjs, Pgs, Ad Interim; empty for a full holder';
"""

Rows = list[dict[str, Any]]


def write_database(entries: Iterable[Entry], path: Path) -> None:
    """A new database with four tables, keys and comments."""
    with duckdb.connect(str(path)) as database:
        database.execute(_TABLES)
        known: set[str] = set()
        numbered = enumerate(entries, 1)
        while chunk := list(islice(numbered, _ENTRIES_AT_ONCE)):
            database.begin()
            for table, rows in _rows(chunk, known).items():
                _insert(database, table, rows)
            database.commit()
        database.execute(_COMMENTS)


def _rows(chunk: list[tuple[int, Entry]], known: set[str]) -> dict[str, Rows]:
    """The rows of the tables, those that are pointed at first."""
    people: Rows = []
    for _, entry in chunk:
        if entry.person_id not in known:
            known.add(entry.person_id)
            people.append({"person_id": entry.person_id, "name": entry.name, "names": list(entry.names)})
    return {
        "register_people": people,
        "register": [_entry(number, entry) for number, entry in chunk],
        "register_periods": [row for number, entry in chunk for row in _periods(number, entry)],
        "register_sources": [row for number, entry in chunk for row in _sources(number, entry)],
    }


def _entry(number: int, entry: Entry) -> dict[str, Any]:
    area = entry.jurisdiction
    return {
        "entry_no": number,
        **{name: getattr(entry, name) for name in ("person_id", "name", "title", "unit", "organization")},
        "area_code": area.code if area else None,
        "area": area.name if area else None,
        "level": entry.level,
        **{name: _day(getattr(entry, name)) for name in ("first_seen", "last_seen", "former_seen")},
        **{name: getattr(entry, name) for name in ("articles", "identity", "confidence")},
    }


def _periods(number: int, entry: Entry) -> Iterator[dict[str, Any]]:
    for period in entry.periods:
        yield {
            "entry_no": number,
            "acting": period.acting,
            "first_seen": _day(period.first_seen),
            "last_seen": _day(period.last_seen),
            "articles": period.articles,
        }


def _sources(number: int, entry: Entry) -> Iterator[dict[str, Any]]:
    for source in entry.sources:
        yield {
            "entry_no": number,
            "article_id": source.article,
            **{name: getattr(source, name) for name in ("url", "outlet", "path")},
            "published_on": _day(source.date),
            **{name: getattr(source, name) for name in ("name", "text", "acting", "former", "confidence")},
        }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _insert(database: duckdb.DuckDBPyConnection, table: str, rows: Rows) -> None:
    """Add rows, typed as the table is."""
    if not rows:
        return
    schema = database.sql(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().schema
    database.register("arriving", pa.Table.from_pylist(rows, schema=schema))
    database.execute(f"INSERT INTO {table} SELECT * FROM arriving")
    database.unregister("arriving")
