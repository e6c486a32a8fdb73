"""What goes through a run: numbered rows in, bytes that need only be written out."""

from __future__ import annotations

from dataclasses import dataclass

from beritaextract.article import InputRow
from beritaextract.records import Failure

Item = tuple[int, InputRow | Failure]
"""A row, or the failure to read it, and its number among all rows, from 0."""

REASONS_KEPT = 5


@dataclass(frozen=True, slots=True)
class Done:
    """What became of some articles, as bytes that need only be written."""

    records: int
    failures: int
    record_bytes: bytes
    failure_bytes: bytes
    reasons: tuple[str, ...]
