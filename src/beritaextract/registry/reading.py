"""Records back from the files that ``convert`` wrote, for the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from beritaextract.batch.inputs import Input, find_inputs
from beritaextract.batch.written import record_lines
from beritaextract.errors import InputError
from beritaextract.registry.sightings import Sightings

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
    for place, line in record_lines(found):
        yield place, _value(line, place)


def _value(line: bytes | str, place: str) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as fault:
        raise InputError(f"{place}: not JSON: {fault}") from None


def _parquet(found: Input) -> Iterator[tuple[str, Any]]:
    """The records of a Parquet file: nested ones, of which only what a register is made of is read, or results of a cluster."""
    from beritaextract.batch.arrow import parquet_rows

    for number, row in enumerate(parquet_rows(found.name, _wanted), 1):
        place = f"{found.name}:{number}"
        if _RESULT not in row:
            yield place, row
        elif row[_RESULT] is not None:
            yield place, _value(row[_RESULT], place)


def _wanted(header: list[str]) -> list[str]:
    return [_RESULT] if _RESULT in header else [name for name in _NEEDED if name in header]
