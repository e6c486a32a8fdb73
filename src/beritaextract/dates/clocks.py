"""Rules for clock times: "pukul 19.00 WIB", "pukul 08.00-12.00 Wita", "jam 7 malam"."""

from __future__ import annotations

from beritaextract.dates.expressions import Clock
from beritaextract.dates.grammar import Reading, compiled
from beritaextract.dates.lexer import Atoms
from beritaextract.dates.vocabulary import Vocabulary

_CLOCK = compiled(
    r"(?: (?P<word>[cj]) \.? ~? )? {hour} (?: [.:] {minute} (?: [.:] (?P<second>d) )? )? (?P<part>P)? {zone}?"
    r"(?: (?P<to>[-C]) [cj]? {hour2} (?: [.:] {minute2} (?: [.:] d )? )? (?P<part2>P)? {zone2}? )?"
)
STARTS = frozenset("cjd")
_AFTERNOON = {"MI": (1, 5), "AF": (1, 11), "EV": (1, 11), "NI": (6, 11)}
"""Hours of the twelve-hour clock that belong to the second half of the day, by part of the day."""


def clock_at(atoms: Atoms, i: int, vocabulary: Vocabulary) -> tuple[Clock, int, int] | None:
    """The clock time that starts at atom ``i``, the first atom and the one behind."""
    match = _CLOCK.match(atoms.shape, i)
    if match is None:
        return None
    reading = Reading(atoms, match, vocabulary)
    if not _is_clock(reading):
        return None
    zone = reading.value("zone2") or reading.value("zone") or ""
    part = reading.value("part")
    start = _time(reading.number("hour"), reading.number("minute"), part or reading.value("part2"))
    end = _time(reading.number("hour2"), reading.number("minute2"), reading.value("part2") or part)
    if start is None:
        return None
    return Clock(start, end, zone), match.start(), match.end()


def _is_clock(r: Reading) -> bool:
    """Is it one? The word "pukul" says so, "jam" also counts hours ("jam 7 malam"), bare numbers need a zone ("19.00 WIB")."""
    zoned = r.at("zone") is not None or r.at("zone2") is not None
    word = r.match["word"]
    if word == "c":
        return True
    if word == "j":
        return zoned or r.at("minute") is not None or r.at("part") is not None or r.at("part2") is not None
    return zoned and r.at("minute") is not None


def _time(hour: int | None, minute: int | None, part: str | None) -> str | None:
    if hour is None or hour > 24 or (minute or 0) > 59:
        return None
    low, high = _AFTERNOON.get(part or "", (0, -1))
    if minute is None and low <= hour <= high:
        hour += 12
    elif hour == 24 or (hour == 12 and part == "NI"):
        hour = 0
    return f"{hour:02}:{minute or 0:02}"
