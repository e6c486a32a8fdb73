"""JSON Lines, plain or packed."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from beritaextract.batch import zstd
from beritaextract.batch.batchinfo import Batch
from beritaextract.batch.kinds import FIELDS, OneFile
from beritaextract.records import Record

_GZIP_LEVEL = 6


@dataclass(frozen=True, slots=True)
class LineEncoder:
    """One record a line, of it the chosen fields."""

    fields: tuple[str, ...]
    packing: str
    whole: bool

    def one(self, record: Record) -> bytes:
        """The line without its end."""
        if self.whole:
            return record.to_bytes()
        return orjson.dumps({name: getattr(record, name) for name in self.fields})

    def many(self, records: Sequence[tuple[int, Any]]) -> bytes:
        """The lines, packed as the file will be: a member of a .gz or a frame of a .zst, which may follow each other."""
        lines = b"".join(line + b"\n" for _, line in records)
        if not lines:
            return b""
        if self.packing == ".gz":
            return gzip.compress(lines, _GZIP_LEVEL, mtime=0)  # no time in the header: the same records, the same bytes
        return zstd.packed(lines) if self.packing == ".zst" else lines


class Lines(OneFile):
    """A .jsonl, .jsonl.gz or .jsonl.zst, with what the batch is in OUT.batch.json beside it."""

    def __init__(self, fields: tuple[str, ...], packing: str) -> None:
        if packing == ".zst":
            zstd.zstandard()
        self.encoder = LineEncoder(fields, packing, fields == FIELDS)
        self.is_part = packing != ".zst"

    def build(self, part: Path, new: Path, batch: Batch) -> None:
        """One frame of the many: most programs read no further than the first."""
        zstd.repacked(part, new)

    def describe(self, out: Path, batch: Batch) -> None:
        """Write the file beside it."""
        info_path(out).write_bytes(batch.to_bytes(indent=True) + b"\n")


def info_path(out: Path) -> Path:
    """Where the batch of a JSON Lines file is described."""
    return out.with_name(f"{out.name}.batch.json")
