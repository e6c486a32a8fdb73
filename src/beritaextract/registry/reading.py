"""Records back from the files that ``convert`` wrote, for the register."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from beritaextract.batch.inputs import STANDARD_INPUT, Input, find_inputs, opened
from beritaextract.errors import InputError
from beritaextract.registry.sightings import Sightings

_ROWS_AT_ONCE = 256
_NEEDED = ["id", "source", "published", "officials"]
_RESULT = "record"
"""The column of records as JSON in what ``batch.ray`` and ``batch.spark`` make."""


def read_sightings(names: Sequence[str]) -> tuple[Sightings, int]:
    """What the records of .jsonl, .parquet and .duckdb files say of officials, and how many records there were.

    Of a database only those with officials are read and counted. Raises InputError for a file that cannot be read and for a
    line that is no record, naming file and line.
    """
    sightings, count = Sightings(), 0
    for place, record in _records(names):
        try:
            sightings.add(record)
        except (KeyError, TypeError, AttributeError) as fault:
            raise InputError(f"{place}: no record of beritaextract: {type(fault).__name__} {fault}") from None
        count += 1
    return sightings, count


def _records(names: Sequence[str]) -> Iterator[tuple[str, Any]]:
    databases = [name for name in names if name.lower().endswith(".duckdb")]
    for name in databases:
        if not Path(name).is_file():
            raise InputError(f"{name}: no such file")
        from beritaextract.registry.batchfile import batch_records

        yield from batch_records(name)
    names = [name for name in names if name not in databases]
    for found in find_inputs(names) if names else ():
        if found.format not in ("jsonl", "parquet"):
            raise InputError(f"{found.name}: merge reads the .jsonl, .parquet and .duckdb files that convert wrote")
        yield from _parquet(found) if found.format == "parquet" else _lines(found)


def _lines(found: Input) -> Iterator[tuple[str, Any]]:
    said = "standard input" if found.name == STANDARD_INPUT else found.name
    try:
        with opened(found, int) as (_, file):
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield f"{said}:{number}", _value(line, f"{said}:{number}")
    except (OSError, EOFError, zlib.error) as fault:
        raise InputError(f"{said}: cannot be read further: {fault}") from None


def _value(line: bytes | str, place: str) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as fault:
        raise InputError(f"{place}: not JSON: {fault}") from None


def _parquet(found: Input) -> Iterator[tuple[str, Any]]:
    """The records of a Parquet file: nested ones, of which only what a register is made of is read, or results of a cluster."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise InputError("Parquet needs pyarrow: pip install 'beritaextract[parquet]'") from None
    try:
        with pq.ParquetFile(found.name) as file:
            header = file.schema_arrow.names
            needed = [_RESULT] if _RESULT in header else [name for name in _NEEDED if name in header]
            rows = (row for batch in file.iter_batches(_ROWS_AT_ONCE, columns=needed) for row in batch.to_pylist())
            for number, row in enumerate(rows, 1):
                place = f"{found.name}:{number}"
                if needed == [_RESULT]:
                    if row[_RESULT] is not None:
                        yield place, _value(row[_RESULT], place)
                else:
                    yield place, row
    except pa.ArrowInvalid as fault:
        raise InputError(f"{found.name}: not a Parquet file: {fault}") from None
