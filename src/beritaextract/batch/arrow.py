"""Parquet, through pyarrow (extra ``parquet``): rows in, records out with their nested schema."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import orjson

from beritaextract.batch import packets
from beritaextract.batch.batchinfo import KEY, Batch
from beritaextract.batch.kinds import OneFile
from beritaextract.errors import InputError
from beritaextract.records import SCHEMA, Record

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError:
    raise InputError("Parquet needs pyarrow: pip install 'beritaextract[parquet]'") from None

_ROWS_AT_ONCE = 256
_ROWS_A_GROUP = 2_000
_SCALARS = {str: pa.string(), int: pa.int32(), float: pa.float64(), bool: pa.bool_()}


def parquet_rows(name: str, wanted: Callable[[list[str]], list[str]]) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file, of the columns that are ``wanted`` of its header. Raises InputError when it is none."""
    try:
        with pq.ParquetFile(name) as file:
            columns = wanted([str(column) for column in file.schema_arrow.names])
            for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=columns):
                yield from batch.to_pylist()
    except pa.ArrowInvalid as fault:
        raise InputError(f"{name}: not a Parquet file: {fault}") from None


def record_schema(wanted: Sequence[str] = ()) -> pa.Schema:
    """The record as nested Parquet columns: lists of structs with the names of the contract; all fields, or those wanted."""
    columns = [column for column in _arrow_type(Record) if not wanted or column.name in wanted]
    return pa.schema(columns, metadata={"beritaextract.schema": SCHEMA})


class NestedEncoder:
    """The records of a chunk as one Arrow batch, in a packet."""

    def __init__(self, wanted: tuple[str, ...]) -> None:
        self.wanted = wanted

    def one(self, record: Record) -> dict[str, Any]:
        """The record as plain values."""
        values: dict[str, Any] = orjson.loads(record.to_bytes())
        return values

    def many(self, records: Sequence[tuple[int, Any]]) -> bytes:
        """The packet."""
        if not records:
            return b""
        rows = [{name: values[name] for name in self.wanted} for _, values in records]
        batch = pa.RecordBatch.from_pylist(rows, schema=record_schema(self.wanted))
        return packets.packed([batch.serialize().to_pybytes()])


class Nested(OneFile):
    """A .parquet file of records, with the batch in its metadata."""

    def __init__(self, wanted: tuple[str, ...]) -> None:
        self.wanted = wanted
        self.encoder = NestedEncoder(wanted)

    def build(self, part: Path, new: Path, batch: Batch) -> None:
        """Write the row groups."""
        schema = record_schema(self.wanted)
        with pq.ParquetWriter(new, schema, compression="zstd") as writer:
            for rows in grouped(part, schema):
                writer.write_table(rows)
            writer.add_key_value_metadata({KEY: batch.to_bytes()})


def grouped(part: Path, schema: Any) -> Iterator[Any]:
    """The batches of all packets, as many together as make a row group."""
    waiting: list[Any] = []
    for (data,) in packets.unpacked(part):
        waiting.append(pa.ipc.read_record_batch(pa.py_buffer(data), schema))
        if sum(batch.num_rows for batch in waiting) >= _ROWS_A_GROUP:
            yield pa.Table.from_batches(waiting, schema)
            waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting, schema)


def _arrow_type(hint: Any) -> Any:
    """The Arrow type of a field: Optional[str], tuple[Place, ...], a dataclass."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _arrow_type(next(arg for arg in args if arg is not type(None)))
    if origin is tuple:
        return pa.list_(_arrow_type(args[0]))
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return pa.struct([pa.field(f.name, _arrow_type(hints[f.name])) for f in fields(hint)])
    return _SCALARS[hint]
