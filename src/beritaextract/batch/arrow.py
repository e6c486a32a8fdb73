"""Parquet, through pyarrow (extra ``parquet``): rows in, records out with their nested schema."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

import orjson

from beritaextract.batch.columns import Columns
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


def parquet_rows(name: str, check: Callable[[list[str]], None], columns: Columns) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file, of the columns that mean something; ``check`` may refuse its header."""
    try:
        with pq.ParquetFile(name) as file:
            header = [str(column) for column in file.schema_arrow.names]
            check(header)
            wanted = [column for named in columns.plan(header).values() for column in named]
            for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=wanted):
                yield from batch.to_pylist()
    except pa.ArrowInvalid as fault:
        raise InputError(f"{name}: not a Parquet file: {fault}") from None


def record_schema() -> pa.Schema:
    """The record as nested Parquet columns: lists of structs with the names of the contract."""
    struct = _arrow_type(Record)
    return pa.schema(list(struct), metadata={"beritaextract.schema": SCHEMA})


class ParquetFile:
    """Records, given as JSON, into a Parquet file."""

    def __init__(self, path: str) -> None:
        self.schema = record_schema()
        self.writer = pq.ParquetWriter(path, self.schema, compression="zstd")
        self.waiting: list[Any] = []

    def write(self, record: bytes) -> None:
        """Add one record; they reach the file a row group at a time."""
        self.waiting.append(orjson.loads(record))
        if len(self.waiting) >= _ROWS_A_GROUP:
            self._flush()

    def close(self) -> None:
        """Write what is left and the footer."""
        self._flush()
        self.writer.close()

    def _flush(self) -> None:
        if self.waiting:
            self.writer.write_table(pa.Table.from_pylist(self.waiting, schema=self.schema))
            self.waiting.clear()


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
