"""Reported clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from beritaextract.components.cues import Cue, Cues
from beritaextract.components.discourse import Discourse, Found


class ReportedFinder:
    """Finds reported clauses."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues

    def find(self, talk: Discourse, cues: Mapping[int, Cue], direct: Sequence[Found]) -> list[Found]:
        """Reported clauses in text order."""
        return []
