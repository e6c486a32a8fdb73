"""What the rules say that records name in ``by``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from beritaextract.lexicon import packaged

_SAME = {"toponyms": "places"}
"""Stages whose rules have the names of another's."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of ``rules.tsv``: a rule's id, what it goes by, and a text on which it fires."""

    rule: str
    says: str
    example: str


@lru_cache(maxsize=1)
def _rules() -> dict[str, str]:
    return {row.rule: row.says for row in packaged().rows("rules", Rule)}


def why(by: str) -> str | None:
    """What a rule goes by: "dates.relative" → "a day counted from the anchor (kemarin, hari ini, besok)".

    A segment's rule that is none of the table is a row of ``boilerplate.tsv``; an id of a user's component is unknown, None.
    """
    stage, _, name = by.partition(".")
    known = _rules().get(by) or _rules().get(f"{_SAME.get(stage, stage)}.{name}")
    if known is None and stage == "segments":
        return f"boilerplate.tsv has a row for {name!r}"
    return known
