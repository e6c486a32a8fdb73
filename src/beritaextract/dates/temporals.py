"""Durations, repeated times and lone clock times: what TimeML calls DURATION, SET and TIME.

"tiga hari" P3D, "setiap Senin" XXXX-WXX-1, "dua kali sehari" P1D (2X), "pukul 19.00 WIB" under a day already named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from beritaextract.dates import values
from beritaextract.dates.context import Context
from beritaextract.dates.finder import ClockMention, Findings
from beritaextract.dates.grammar import Reading, compiled
from beritaextract.dates.guards import joined_to_number
from beritaextract.dates.resolve import Resolved
from beritaextract.dates.vocabulary import Vocabulary

_PERIOD = {"day": "P{}D", "week": "P{}W", "month": "P{}M", "year": "P{}Y", "decade": "P{}DE", "century": "P{}CE"}
_PERIOD |= {"hour": "PT{}H", "minute": "PT{}M", "second": "PT{}S"}
_COUNT = r"(?P<count>[dN]N?)"
_LENGTH = r"(?P<length>[DwVbtjul])"


@dataclass(frozen=True, slots=True)
class Temporal:
    """A TIMEX3 expression that is no calendar date: ``type`` DURATION, SET or TIME; ``quant`` and ``freq`` of a SET."""

    start: int
    end: int
    type: str
    value: str
    quant: str | None = None
    freq: str | None = None


Made = tuple[str, str, "str | None", "str | None"]
"""type, value, quant and freq of a Temporal."""


@dataclass(frozen=True, slots=True)
class _Rule:
    starts: str
    pattern: re.Pattern[str]
    build: Callable[[Reading], Made | None]


def find_temporals(
    findings: Findings, resolved: Sequence[Resolved], context: Context, vocabulary: Vocabulary
) -> list[Temporal]:
    """All of one stretch of text, in order; nothing that is (part of) a date."""
    found = [*_scan(findings, context, vocabulary), *(_clock(c, resolved) for c in findings.clocks)]
    return sorted(found, key=lambda t: (t.start, t.end))


def _scan(findings: Findings, context: Context, vocabulary: Vocabulary) -> Iterator[Temporal]:
    atoms, taken = findings.atoms, {i for start, end in findings.taken for i in range(start, end)}
    position = 0
    while (trigger := _TRIGGERS.search(atoms.shape, position)) is not None:
        i = trigger.start()
        position = i + 1
        for rule in _RULES:
            match = rule.pattern.match(atoms.shape, i) if atoms.shape[i] in rule.starts else None
            if match is None or not taken.isdisjoint(range(*match.span())) or joined_to_number(atoms, i):
                continue
            reading = Reading(atoms, match, vocabulary)
            made = _part(reading, context) if reading.at("timed") is not None else rule.build(reading)
            if made is not None:
                yield Temporal(atoms.start[i], atoms.end[match.end() - 1], *made)
                position = match.end()
                break


def _clock(clock: ClockMention, resolved: Sequence[Resolved]) -> Temporal:
    """A clock time takes the day named last before it in the text."""
    told = [r.value.first for r in resolved if r.mention.end <= clock.start and r.value.first == r.value.last]
    written = clock.clock
    if not told:
        value = f"T{written.start}{written.zone}" + (f"/T{written.end}{written.zone}" if written.end else "")
    else:
        placed = values.at_clock(values.day(told[-1]), written.start, written.end, written.zone)
        value = placed.iso if placed else ""
    return Temporal(clock.start, clock.end, "TIME", value)


def _part(r: Reading, context: Context) -> Made | None:
    """A part of a day that counts from the day of writing: "tadi malam", "pagi ini"."""
    day, part = (r.value("timed") or "0 NI").split()
    at = values.moved(context.anchor, int(day), "day") if context.anchor else None
    return None if at is None else ("TIME", f"{at.iso}T{part}", None, None)


def _set(value: str, quant: str | None = "EVERY", freq: str | None = None) -> Made:
    return "SET", value, quant, freq


def _amount(r: Reading) -> str:
    """How long: "tiga hari" P3D, "2,5 jam" PT2.5H, "sepekan" P1W, "dua windu" P16Y."""
    one = r.value("one")
    if one is not None:
        count, unit = one.split()
        number = float(count)
    else:
        span = r.match.span("count") if r.match.re.groupindex.get("count") and r.match["count"] else (0, 0)
        number = sum(float(r.atoms.value[i]) for i in range(*span)) if span[1] else 1.0
        if r.at("num") is not None:
            number = float(f"{int(number)}.{r.value('num')}")
        unit = r.value("length") or "day"
        unit = "week" if unit == "7" else unit
    if unit == "octad":
        number, unit = number * 8, "year"
    return _PERIOD[unit].format(f"{number:g}")


def _duration(r: Reading) -> Made | None:
    """Not an age ("berusia 26 tahun", "Rahmat (26 tahun)"), nor a name ("20detik")."""
    around = r.atoms.shape[max(r.start - 1, 0) : r.end + 1]
    if r.vocabulary.bars("age", r.atoms.lower(r.start - 1)) or (around.startswith("(") and around.endswith(")")):
        return None
    if r.at("one") is None and r.atoms.touches(r.end - 1):
        return None
    return "DURATION", _amount(r), None, None


def _frequency(r: Reading) -> Made | None:
    """How often: "dua kali sehari", "3 kali setiap pekan"."""
    start, end = r.match.span("count")
    times = sum(float(r.atoms.value[i]) for i in range(start, end))
    one = r.value("one")
    unit = one.split()[1] if one else (r.value("length") or "").replace("7", "week")
    return _set(_PERIOD[unit].format(1), None, f"{times:g}X") if unit in _PERIOD else None


def _every_weekday(r: Reading) -> Made:
    part = r.value("half")
    return _set(f"XXXX-WXX-{r.need('weekday')}" + (f"T{part}" if part else ""))


def _every_day(r: Reading) -> Made | None:
    day, month = r.number("day"), r.number("longmonth")
    if day is not None and not 1 <= day <= 31:
        return None
    if day is None:
        return _set(f"XXXX-{month:02}")
    return _set(f"XXXX-{month:02}-{day:02}" if month else f"XXXX-XX-{day:02}")


_RULES = (
    _Rule("v", compiled("v D? {weekday} (?P<half>P)?"), _every_weekday),
    _Rule("WV", compiled(r"(?<=v[WV][&,]) {weekday} (?P<half>P)?"), _every_weekday),
    _Rule("v", compiled("v g? {day} {longmonth}"), _every_day),
    _Rule("v", compiled("v g {day}"), _every_day),
    _Rule("v", compiled("v b? {longmonth}"), _every_day),
    _Rule("v", compiled("v a"), lambda r: _set("XXXX-WXX-WE")),
    _Rule("v", compiled("v (?P<half>P) (?: D )?"), lambda r: _set(f"XXXX-XX-XXT{r.value('half')}")),
    _Rule("v", compiled(rf"v {_COUNT}? {_LENGTH}"), lambda r: _set(_amount(r))),
    _Rule("dN", compiled(rf"{_COUNT} k (?: {{one}} | v? {_LENGTH} )"), _frequency),
    _Rule("dN", compiled(rf"{_COUNT} (?: , {{num}} )? {_LENGTH} (?! [LKBy] )"), _duration),
    _Rule("S", compiled("{one} (?! [-LKB] )"), _duration),
    _Rule("T", compiled("{timed}"), lambda r: None),
)
_TRIGGERS = re.compile("[vdNSTWV]")
