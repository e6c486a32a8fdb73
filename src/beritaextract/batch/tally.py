"""How far a run is: counts, rate, time to go, memory."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from beritaextract.batch.machine import memory_held

_EARLY = 0.002
"""The share of the inputs that must be done before anything can be said of the rest."""


_MEASURED_EVERY = 5.0
"""Seconds between two looks at the memory, which cost the system some milliseconds each."""


@dataclass(slots=True)
class Tally:
    """Articles out, failures among them, bytes of the input files that are read; ``building``: only the product is left."""

    records: int = 0
    failures: int = 0
    bytes_read: int = 0
    bytes_in_all: int = 0
    done_before: int = 0
    limit: int | None = None
    building: bool = False
    began: float = field(default_factory=time.monotonic)
    reasons: tuple[str, ...] = ()
    _share_before: float | None = None
    _measured: tuple[float, int | None] | None = None

    def count(self, size: int) -> None:
        """So many bytes were read."""
        self.bytes_read += size

    def follow(self, records: int, failures: int, reasons: tuple[str, ...]) -> None:
        """So much has come out."""
        if self._share_before is None:  # what was read so far was mostly passed over
            self._share_before = self.share if self.done_before else 0.0
        self.records, self.failures, self.reasons = records, failures, reasons

    @property
    def articles(self) -> int:
        """Records and failures together."""
        return self.records + self.failures

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self.began

    @property
    def rate(self) -> float:
        """Articles a second, of this run."""
        return (self.articles - self.done_before) / max(self.seconds, 0.001)

    @property
    def share(self) -> float:
        """How much of the work is done, 0 to 1, by the bytes that were read or the limit on articles."""
        read = self.bytes_read / self.bytes_in_all if self.bytes_in_all else 0.0
        return min(max(read, self.articles / self.limit if self.limit else 0.0), 1.0)

    @property
    def seconds_left(self) -> float | None:
        """Until all is done, by what this run has done so far; None as long as nobody can tell."""
        if not self.bytes_in_all and not self.limit:
            return None  # standard input
        gained = self.share - (self._share_before or 0.0)
        return self.seconds * (1 - self.share) / gained if gained > _EARLY else None

    @property
    def memory(self) -> int | None:
        """Bytes that the run and its workers hold, a few seconds old at most; None where the system does not say."""
        if self._measured is None or self.seconds - self._measured[0] > _MEASURED_EVERY:
            self._measured = self.seconds, memory_held()
        return self._measured[1]
