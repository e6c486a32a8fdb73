"""Calendar expressions of Indonesian texts: finding them and giving them ISO 8601 values.

>>> from beritaextract import dates
>>> dates.parse("Kamis (20/6)", anchor="2024-06-22").value
'2024-06-20'
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from beritaextract.dates.finder import Findings, Grammar
from beritaextract.dates.resolve import Resolved, make_context, resolve
from beritaextract.dates.vocabulary import Vocabulary
from beritaextract.lexicon import packaged

__all__ = ["ParsedDate", "find", "parse"]


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A calendar expression: its words, where they stand, and what they mean (as in ``Record.dates``)."""

    text: str
    start: int
    end: int
    value: str
    grain: str
    relative: bool
    conflict: bool


def parse(text: str, *, anchor: str | date | None = None) -> ParsedDate | None:
    """The meaning of a text that is one calendar expression: "Kamis (20/6)", "pekan lalu", "triwulan II 2024".

    ``anchor`` is the day that relative expressions count from (ISO 8601). None when the text is no calendar expression, or
    one that needs an anchor and has none.
    """
    found, findings = _resolved(text, anchor, free=True)
    if len(found) != 1 or not findings.is_only_one:
        return None
    return _parsed(text, found[0])


def find(text: str, *, anchor: str | date | None = None) -> list[ParsedDate]:
    """All calendar expressions of a running text that can be placed, in order; without anchor the text's own dates serve."""
    return [_parsed(text, r) for r in _resolved(text, anchor, free=False)[0]]


def _resolved(text: str, anchor: str | date | None, *, free: bool) -> tuple[list[Resolved], Findings]:
    day = date.fromisoformat(anchor[:10]) if isinstance(anchor, str) else anchor
    findings = _grammar().find(text, free=free)
    context, _ = make_context(findings.dates, day, findings.years, None)
    return resolve(findings.dates, context), findings


def _parsed(text: str, r: Resolved) -> ParsedDate:
    start, end = r.mention.start, r.mention.end
    return ParsedDate(
        text[start:end], start, end, r.value.iso, r.value.grain, r.mention.expression.relative, r.value.conflict
    )


@lru_cache(maxsize=1)
def _grammar() -> Grammar:
    return Grammar(Vocabulary(packaged()))
