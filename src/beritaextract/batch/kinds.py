"""What an output can be: JSON Lines, Parquet, a folder of flat tables, a DuckDB database.

Of each kind workers make finished bytes, a chunk of records at a time; the run adds them to a ….part file, whatever the
kind, so that every kind goes on after a kill in the same way; and when all are there the product is made of that file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal, Protocol

from beritaextract.batch.batchinfo import Batch
from beritaextract.errors import InputError
from beritaextract.records import Record

Numbered = tuple[int, Any]
"""The number of an article in its batch, and what the encoder made of its record."""

TableFormat = Literal["parquet", "csv"]

LINES = (".jsonl", ".ndjson")
OUTPUTS = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet", ".duckdb")
ALWAYS = ("schema", "id")
"""Fields that every record has, also when only some are wanted."""

FIELDS = tuple(field.name for field in fields(Record))


class Encoder(Protocol):
    """What a worker does with records; it travels to the worker by pickle."""

    def one(self, record: Record) -> Any:
        """What is kept of a record until its chunk is done; a fault here is that of the article."""

    def many(self, records: Sequence[Numbered]) -> bytes:
        """The bytes of a chunk, to stand behind those of the chunk before."""


class Kind(Protocol):
    """A kind of output."""

    @property
    def encoder(self) -> Encoder:
        """What workers make records into bytes with."""

    @property
    def is_part(self) -> bool:
        """Whether the bytes of the chunks are the product."""

    def build(self, part: Path, new: Path, batch: Batch) -> None:
        """Make the product ``new`` of the bytes of all chunks; the caller gives it its name."""

    def describe(self, out: Path, batch: Batch) -> None:
        """Say beside the product what batch it is, where it cannot say so itself."""

    def check(self, out: Path) -> None:
        """Raise InputError when ``out`` is there and may not be replaced, even by one who says so."""


class OneFile:
    """What the kinds have in common whose product is one file that describes itself."""

    is_part = False

    def describe(self, out: Path, batch: Batch) -> None:
        """Nothing to do."""

    def check(self, out: Path) -> None:
        """Any file may be replaced, a folder may not."""
        if out.is_dir():
            raise InputError(f"{out}: is a folder; for a folder of tables put a / at its end")


def kind_of(out: Path, *, tables: TableFormat | None = None, wanted: Sequence[str] = ()) -> Kind:
    """The kind of an output by its name; with ``tables`` a folder of flat tables of that format.

    ``wanted`` are the fields of the record to write; none means all. Raises InputError for a name that says nothing, for a
    field that no record has, and when the library that the kind needs is missing.
    """
    chosen = _chosen(wanted)
    name = out.name.lower()
    if tables is not None:
        return _folder(out, tables, chosen)
    if name.endswith(".parquet"):
        from beritaextract.batch.arrow import Nested

        return Nested(chosen)
    if name.endswith(".duckdb"):
        from beritaextract.batch.database import Database

        return Database(chosen)
    for packing in ("", ".gz", ".zst"):
        if name.endswith(tuple(lines + packing for lines in LINES)):
            from beritaextract.batch.lines import Lines

            return Lines(chosen, packing)
    raise InputError(
        f"{out}: what shall it be? Writable are {', '.join(OUTPUTS)}; a folder of tables is named with a / at its end"
    )


def _folder(out: Path, tables: TableFormat, chosen: tuple[str, ...]) -> Kind:
    if out.name.lower().endswith((".csv", ".duckdb", *LINES, ".gz", ".zst", ".parquet")):
        raise InputError(f"{out}: tables go into a folder, not into a file of this name")
    if tables == "csv":
        from beritaextract.batch.csvtables import CsvFolder

        return CsvFolder(chosen)
    from beritaextract.batch.arrowtables import ParquetFolder

    return ParquetFolder(chosen)


def _chosen(wanted: Sequence[str]) -> tuple[str, ...]:
    """The fields to write, in the order of the record."""
    unknown = [name for name in wanted if name not in FIELDS]
    if unknown:
        raise InputError(f"--fields: {unknown[0]!r} is none of {', '.join(FIELDS)}")
    return tuple(name for name in FIELDS if not wanted or name in wanted or name in ALWAYS)
