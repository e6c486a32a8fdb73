"""A DuckDB database of the flat tables, with keys, indexes and full-text search over quotes (extra ``duckdb``)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson

from beritaextract.batch.arrowtables import FlatEncoder, arrow_batch, arrow_schema, groups
from beritaextract.batch.batchinfo import Batch
from beritaextract.batch.kinds import OneFile
from beritaextract.batch.machine import usable_cores
from beritaextract.batch.search import MACROS, TERMS, WORDS, index_rows
from beritaextract.batch.selection import selected
from beritaextract.errors import InputError
from beritaextract.tables import Row, Table

MEMORY = "500MB"
"""What DuckDB may hold while it builds; beyond that it uses the disk."""

_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "day": "DATE"}
_INDEXED = {
    "articles": ("article_id", "outlet", "published_on"),
    "officials": ("name", "title", "area_code"),
    "quotes": ("speaker",),
    "places": ("code",),
    "topics": ("code",),
}
_BATCH = (
    ("version", "VARCHAR", "the version of beritaextract"),
    ("schema", "VARCHAR", "the version of the record"),
    ("articles", "BIGINT", "how many articles went in"),
    ("records", "BIGINT", "how many became records"),
    ("failures", "BIGINT", "how many did not"),
    ("began", "TIMESTAMPTZ", "when the run began"),
    ("finished", "TIMESTAMPTZ", "when it was over"),
    ("inputs", "VARCHAR[]", "the files"),
    ("options", "JSON", "the options of the run"),
)


class IndexingEncoder(FlatEncoder):
    """The rows of a chunk as one Arrow batch a table, and the words of its quotes."""

    def parts(self, records: Sequence[tuple[int, Any]]) -> list[bytes]:
        """The batches of the tables, then those of the index."""
        parts = super().parts(records)
        if not any(table.name == "quotes" for table in self.tables):
            return parts
        terms: list[Any] = []
        stems: dict[str, str] = {}
        for number, found in records:
            rows, known = index_rows(number, found["quotes"])
            terms += rows
            stems |= known
        words: list[Row] = [{"word": word, "term": term} for word, term in sorted(stems.items())]
        return [*parts, arrow_batch(TERMS, terms), arrow_batch(WORDS, words)]


class Database(OneFile):
    """A .duckdb file with one table each, ``batch``, and the macro ``search_quotes``."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        duckdb()
        self.tables = selected(fields)
        self.encoder = IndexingEncoder(self.tables)

    def build(self, part: Path, new: Path, batch: Batch) -> None:
        """Create and fill the database. Raises OSError when the disk is full."""
        for old in (new, new.with_name(f"{new.name}.wal")):
            old.unlink(missing_ok=True)
        settings = {"memory_limit": MEMORY, "threads": str(usable_cores()), "temp_directory": f"{new}.tmp"}
        try:
            with closing(duckdb().connect(str(new), config=settings)) as connection:
                self._fill(connection, part)
                _describe_batch(connection, batch)
                connection.execute("CHECKPOINT")
        except (duckdb().IOException, duckdb().OutOfMemoryException) as fault:
            raise OSError(f"{new}: {fault}") from None

    def _fill(self, connection: Any, part: Path) -> None:
        searched = any(table.name == "quotes" for table in self.tables)
        index = (TERMS, WORDS) if searched else ()
        for table in (*self.tables, *index):
            _create(connection, table, keyed=table not in index)
        for found in groups(part, [arrow_schema(table) for table in (*self.tables, *index)]):
            connection.execute("BEGIN")
            for table, rows in zip((*self.tables, *index), found, strict=True):
                _insert(connection, table, rows)
            connection.execute("COMMIT")
        for table in self.tables:
            for column in set(_INDEXED.get(table.name, ())) & set(table.names):
                connection.execute(f"CREATE INDEX {table.name}_{column} ON {table.name} ({column})")
        if searched:
            _sort_index(connection)
            for macro in MACROS:
                connection.execute(macro)


def duckdb() -> Any:
    """The library. Raises InputError when it is missing."""
    try:
        import duckdb as library
    except ImportError:
        raise InputError("DuckDB needs its library: pip install 'beritaextract[duckdb]'") from None
    return library


def _create(connection: Any, table: Table, *, keyed: bool = True) -> None:
    """Create an empty table with its keys and the meanings of its columns."""
    lines = [f"{c.name} {_TYPES[c.kind]}{'' if c.nullable else ' NOT NULL'}" for c in table.columns]
    if keyed:
        lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
        lines += [
            f"FOREIGN KEY ({', '.join(columns)}) REFERENCES {other} ({', '.join(columns)})"
            for other, columns in table.references.items()
        ]
    connection.execute(f"CREATE TABLE {table.name} ({', '.join(lines)})")
    _comment(connection, table.name, table.meaning, [(c.name, c.meaning) for c in table.columns])


def _insert(connection: Any, table: Table, rows: Any) -> None:
    if rows.num_rows:
        connection.register("incoming", rows)
        connection.execute(f"INSERT INTO {table.name} SELECT * FROM incoming")
        connection.unregister("incoming")


def _sort_index(connection: Any) -> None:
    """Put the index in the order it is asked in, and each word once: what came in with every chunk is thrown away."""
    for table, once in ((TERMS, "*"), (WORDS, "DISTINCT *")):
        connection.execute(f"CREATE TEMP TABLE sorted AS SELECT {once} FROM {table.name} ORDER BY {table.names[0]}")
        connection.execute(f"DROP TABLE {table.name}")
        _create(connection, table, keyed=False)
        connection.execute(f"INSERT INTO {table.name} SELECT * FROM sorted")
        connection.execute("DROP TABLE sorted")


def _describe_batch(connection: Any, batch: Batch) -> None:
    connection.execute(f"CREATE TABLE batch ({', '.join(f'{name} {kind}' for name, kind, _ in _BATCH)})")
    _comment(connection, "batch", "one row: the run that made this database", [(n, m) for n, _, m in _BATCH])
    values = batch.to_dict()
    values["options"] = orjson.dumps(values["options"]).decode()
    connection.execute(
        f"INSERT INTO batch VALUES ({', '.join('?' * len(_BATCH))})",
        [list(v) if isinstance(v := values[name], tuple) else v for name, _, _ in _BATCH],
    )


def _comment(connection: Any, table: str, meaning: str, columns: Sequence[tuple[str, str]]) -> None:
    connection.execute(f"COMMENT ON TABLE {table} IS {_literal(meaning)}")
    for name, column_meaning in columns:
        connection.execute(f"COMMENT ON COLUMN {table}.{name} IS {_literal(column_meaning)}")


def _literal(text: str) -> str:
    """A string of ours as SQL writes it; COMMENT takes no bound values."""
    return "'" + text.replace("'", "''") + "'"
