"""Questions to the register as people ask them: "Plh Sekda", "Banten", "June 2024"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from beritaextract.components.title_forms import Marker, title_heads
from beritaextract.gazetteer import gazetteer
from beritaextract.lexicon import packaged
from beritaextract.records import JsonRecord
from beritaextract.registry.entries import Entry, Period
from beritaextract.registry.sightings import Sighting
from beritaextract.tables import days_of

Basis = Literal["seen", "between", "near"]
Days = tuple[date, date]

NEAR_DAYS = 180
"""So long before its first or after its last sighting somebody may well have held a post."""

_ORDER: dict[Basis, int] = {"seen": 0, "between": 1, "near": 2}


@dataclass(frozen=True, slots=True)
class Holder(JsonRecord):
    """An answer: who, on what basis, with what evidence.

    ``basis`` is ``seen`` (an article of that time says so), ``between`` (articles before and after say so) or ``near`` (only
    articles before, or after, at most 180 days away). ``days`` is how far the nearest article is from that time, ``acting``
    the status then. ``evidence`` are the articles: those of the time, else the nearest before and after it.
    """

    entry: Entry
    acting: str | None
    basis: Basis
    days: int
    evidence: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What words ask for: an acting status (None: any), a full title, a part of the body's name, an area as written."""

    acting: str | None
    title: str
    body: str | None = None
    area: str | None = None


def read_title(text: str) -> Asked:
    """What a post as people write it asks for.

    "Plh. Sekda Banten" -> Plh, Sekretaris Daerah, area Banten; "Kepala Dinas Perhubungan Kota Serang" -> Kepala Dinas, body
    Perhubungan, area Kota Serang. Words that begin with no known title are taken for one.
    """
    acting, words = _acting(text.split())
    titles = _titles()
    for size in range(len(words), 0, -1):
        title = titles.get(" ".join(words[:size]).lower())
        if title is not None:
            return Asked(acting, title, *_body_and_area(words[size:]))
    return Asked(acting, " ".join(words))


def _acting(words: list[str]) -> tuple[str | None, list[str]]:
    """The acting status that the words begin with, and the rest."""
    for size in range(min(3, len(words) - 1), 0, -1):
        acting = _markers().get(" ".join(words[:size]).lower().replace(".", ""))
        if acting is not None:
            return acting, words[size:]
    return None, words


def _body_and_area(words: list[str]) -> tuple[str | None, str | None]:
    """The words behind a title: the longest end of them that names an area, and what stands before it."""
    for start in range(len(words)):
        if _codes(" ".join(words[start:])):
            return " ".join(words[:start]) or None, " ".join(words[start:])
    return " ".join(words) or None, None


def read_area(text: str) -> frozenset[str]:
    """The codes that a name or a code means: "Banten", "36", "Kota Serang", "Serang" (several), "Indonesia".

    Raises ValueError when there is no such area.
    """
    codes = _codes(text)
    if not codes:
        raise ValueError(f"there is no area {text!r}")
    return codes


def _codes(text: str) -> frozenset[str]:
    areas = gazetteer()
    if areas.country(text) == "ID":
        return frozenset({text})
    return frozenset(area.code for area in areas.lookup(text)) | ({"ID"} if text == areas.name("ID") else frozenset())


def read_days(on: str | date | None) -> Days | None:
    """First and last day of a date as records write them: "2024-06", "2024-06-20". Raises ValueError for anything else."""
    if on is None:
        return None
    days = (on, on) if isinstance(on, date) else days_of(on)
    if days is None:
        raise ValueError(f"{on!r} is no date as records write them (2024, 2024-06, 2024-06-20, 2024-06-01/2024-06-15)")
    return days


def held_then(entry: Entry, acting: str | None, days: Days | None) -> Holder | None:
    """The entry as an answer, or None when nothing tells of that time. ``acting`` None takes any status."""
    periods = [p for p in entry.periods if acting is None or p.acting == acting]
    if days is None:
        said = [s for s in entry.sources if not s.former and (acting is None or s.acting == acting)]
        return Holder(entry, said[-1].acting, "seen", 0, tuple(reversed(said))) if said else None
    judged = [(_basis(entry, period, days), period) for period in periods]
    known = [(basis, gap, period) for (basis, gap), period in judged if basis is not None]
    if not known:
        return None
    basis, gap, period = min(known, key=lambda k: (_ORDER[k[0]], k[1], -k[2].articles))
    return Holder(entry, period.acting, basis, gap, _evidence(entry, period, days))


def rank(holder: Holder) -> tuple[int, int, int]:
    """The best answer first: seen then, then the nearest, then the most often seen."""
    return _ORDER[holder.basis], holder.days, -len(holder.evidence)


def _basis(entry: Entry, period: Period, days: Days) -> tuple[Basis | None, int]:
    first, last = date.fromisoformat(period.first_seen), date.fromisoformat(period.last_seen)
    start, end = days
    gap = min(max((start - day).days, (day - end).days, 0) for day in _days(entry, period))
    if gap == 0:
        return "seen", 0
    if first < start and end < last:
        return "between", gap
    left = entry.former_seen is not None and last < date.fromisoformat(entry.former_seen) <= start
    return ("near", gap) if gap <= NEAR_DAYS and not left else (None, gap)


def _days(entry: Entry, period: Period) -> list[date]:
    return [date.fromisoformat(s.date) for s in _of_period(entry, period) if s.date]


def _of_period(entry: Entry, period: Period) -> list[Sighting]:
    return [
        s
        for s in entry.sources
        if s.date and not s.former and s.acting == period.acting and period.first_seen <= s.date <= period.last_seen
    ]


def _evidence(entry: Entry, period: Period, days: Days) -> tuple[Sighting, ...]:
    """The articles of the time; else those nearest before and after it."""
    sources = _of_period(entry, period)
    inside = [s for s in sources if s.date and days[0].isoformat() <= s.date <= days[1].isoformat()]
    if inside:
        return tuple(inside)
    before = [s for s in sources if s.date and s.date < days[0].isoformat()][-1:]
    after = [s for s in sources if s.date and s.date > days[1].isoformat()][:1]
    return tuple(before + after)


@lru_cache(maxsize=1)
def _titles() -> dict[str, str]:
    """Forms of titles and what they mean; where one form has several meanings, the last of the table."""
    return {form.lower(): head.title for form, head in title_heads(packaged())}


@lru_cache(maxsize=1)
def _markers() -> dict[str, str]:
    rows = packaged().rows("acting", Marker)
    return {row.form.lower().replace(".", ""): row.value for row in rows if row.kind == "acting" and row.value}
