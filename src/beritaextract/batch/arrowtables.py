"""Flat tables as Arrow batches, and as a folder of Parquet files (extra ``parquet``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from beritaextract.batch import packets
from beritaextract.batch.batchinfo import KEY, Batch
from beritaextract.batch.folders import Folder
from beritaextract.batch.selection import selected
from beritaextract.errors import InputError
from beritaextract.records import Record
from beritaextract.tables import Row, Table, flatten

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError:
    raise InputError("Parquet and DuckDB need pyarrow: pip install 'beritaextract[parquet]'") from None

KINDS = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "day": pa.date32(),
}
ROWS_A_GROUP = 50_000


def arrow_schema(table: Table) -> Any:
    """The columns of a table with their meanings."""
    columns = [pa.field(c.name, KINDS[c.kind], c.nullable, metadata={"meaning": c.meaning}) for c in table.columns]
    return pa.schema(columns, metadata={"meaning": table.meaning})


class FlatEncoder:
    """The rows of a chunk as one Arrow batch a table, in a packet."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = tuple(tables)

    def one(self, record: Record) -> dict[str, list[Row]]:
        """The rows of a record."""
        return flatten(record)

    def many(self, records: Sequence[tuple[int, Any]]) -> bytes:
        """The packet; every row gets the number of its article."""
        return packets.packed(self.parts(records)) if records else b""

    def parts(self, records: Sequence[tuple[int, dict[str, list[Row]]]]) -> list[bytes]:
        """The batches as bytes, in the order of the tables."""
        rows: dict[str, list[Row]] = {table.name: [] for table in self.tables}
        for number, found in records:
            for name, collected in rows.items():
                collected.extend(row | {"article_no": number} for row in found[name])
        return [arrow_batch(table, rows[table.name]) for table in self.tables]


def arrow_batch(table: Table, rows: list[Row]) -> bytes:
    """The rows of a table as the bytes of an Arrow batch, without its schema."""
    schema = arrow_schema(table)
    columns = [pa.array([row[field.name] for row in rows], field.type) for field in schema]
    data: bytes = pa.record_batch(columns, schema=schema).serialize().to_pybytes()
    return data


def groups(part: Path, schemas: Sequence[Any], rows: int = ROWS_A_GROUP) -> Iterator[list[Any]]:
    """The batches of all packets as Arrow tables, one a schema, whenever one of them has so many rows, and at the end."""
    waiting: list[list[Any]] = [[] for _ in schemas]
    for found in packets.unpacked(part):
        for schema, collected, data in zip(schemas, waiting, found, strict=True):
            collected.append(pa.ipc.read_record_batch(pa.py_buffer(data), schema))
        if max(sum(batch.num_rows for batch in batches) for batches in waiting) >= rows:
            yield _tables(schemas, waiting)
            waiting = [[] for _ in schemas]
    yield _tables(schemas, waiting)


def _tables(schemas: Sequence[Any], waiting: list[list[Any]]) -> list[Any]:
    return [pa.Table.from_batches(batches, schema) for schema, batches in zip(schemas, waiting, strict=True)]


class ParquetFolder(Folder):
    """One Parquet file a table, each with the batch in its metadata."""

    suffix = ".parquet"

    def __init__(self, fields: tuple[str, ...]) -> None:
        self.tables = selected(fields)
        self.encoder = FlatEncoder(self.tables)

    def fill(self, part: Path, folder: Path, batch: Batch) -> None:
        """Write the files."""
        schemas = [arrow_schema(table) for table in self.tables]
        with ExitStack() as stack:
            writers = [
                stack.enter_context(pq.ParquetWriter(folder / f"{table.name}.parquet", schema, compression="zstd"))
                for table, schema in zip(self.tables, schemas, strict=True)
            ]
            for found in groups(part, schemas):
                for writer, rows in zip(writers, found, strict=True):
                    if rows.num_rows:
                        writer.write_table(rows)
            for writer in writers:
                writer.add_key_value_metadata({KEY: batch.to_bytes()})
