"""Find expressions in a stretch of text and join what belongs together: a date and its clock time, two ends of a span."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from beritaextract.dates import days, holidays, periods, relatives
from beritaextract.dates.clocks import STARTS, clock_at
from beritaextract.dates.expressions import (
    AtClock,
    Clock,
    Day,
    DayOfMonth,
    Expression,
    Month,
    Offset,
    Span,
    Weekday,
    Year,
)
from beritaextract.dates.grammar import Found, Reading, Rule
from beritaextract.dates.guards import allowed
from beritaextract.dates.lexer import Atoms
from beritaextract.dates.vocabulary import Vocabulary

_BEFORE_CLOCK = re.compile(r",?P?[,)]?[~p]?,?")
_AFTER_CLOCK = re.compile(r",?P?,?p?D?")
_LISTED = re.compile(r",?[-C&,p/]D?")
HEAD = 600
"""How far into a text, in characters, the stamp of its page may stand."""
_LINE = 48  # characters that may stand before a stamp in its line
_AROUND = frozenset("pgC~.,()")
_UNTIL = re.compile(r",?[-C]p?D?")


@dataclass(frozen=True, slots=True)
class Mention:
    """An expression with the characters it takes in the text, and the rule that found it.

    ``after_comma``: it closes a sentence as reports do ("…, kata dia, Kamis (20/6/2024)."). ``stamp``: it ends a line at
    the head of the page, with date and clock time ("detikNews Kamis, 20 Jun 2024 14:05 WIB").
    """

    expression: Expression
    start: int
    end: int
    rule: str
    after_comma: bool = False
    stamp: bool = False


@dataclass(frozen=True, slots=True)
class ClockMention:
    """A clock time with no date beside it."""

    clock: Clock
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Findings:
    """All of one stretch: dates, lone clock times, and the years written anywhere in it (in names too)."""

    dates: list[Mention]
    clocks: list[ClockMention]
    years: set[int]
    atoms: Atoms
    taken: list[tuple[int, int]]

    @property
    def is_only_one(self) -> bool:
        """Is the whole stretch one expression, but for what introduces it ("sejak", "pada tanggal")?"""
        if len(self.taken) != 1:
            return False
        start, end = self.taken[0]
        return set(self.atoms.shape[:start] + self.atoms.shape[end:]) <= _AROUND


class Grammar:
    """The rules over one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        ordered = [*holidays.rules(), *days.rules(), *relatives.rules(), *periods.rules()]
        letters = {letter for r in ordered for letter in r.starts}
        self._by_letter: dict[str, list[Rule]] = {c: [r for r in ordered if c in r.starts] for c in letters}
        self._triggers = re.compile("[" + re.escape("".join(sorted(letters | STARTS))) + "]")

    def find(self, text: str, start: int = 0, end: int | None = None, *, free: bool = False) -> Findings:
        """All expressions of ``text[start:end]``, in order; ``free`` does not look at what stands around them."""
        atoms = Atoms(text, start, len(text) if end is None else end, self.vocabulary)
        found = list(self._scan(atoms, free))
        found = _without_timetables(found, atoms.shape)
        joined = _join_spans(list(_join_clocks(found, atoms.shape)), atoms.shape)
        dates = [_mention(f, atoms) for f in joined if isinstance(f, Found)]
        clocks = [
            ClockMention(f.clock, atoms.start[f.start], atoms.end[f.end - 1]) for f in joined if isinstance(f, _Clock)
        ]
        years = (
            {int(v) for v, c in zip(atoms.value, atoms.shape, strict=True) if c == "y"} if "y" in atoms.shape else set()
        )
        return Findings(dates, clocks, years, atoms, [(f.start, f.end) for f in joined])

    def _scan(self, atoms: Atoms, free: bool) -> Iterator[Found | _Clock]:
        position = 0
        while (trigger := self._triggers.search(atoms.shape, position)) is not None:
            i = trigger.start()
            pieces = self._at(atoms, i)
            if pieces and (free or not isinstance(pieces[0], Found) or allowed(pieces[0], atoms, self.vocabulary)):
                yield from pieces
            position = max([i + 1, *(p.end for p in pieces)])  # what is refused is no date in its parts either

    def _at(self, atoms: Atoms, i: int) -> Sequence[Found | _Clock]:
        """What starts at atom ``i``: the first rule that makes sense of it."""
        letter = atoms.shape[i]
        if letter in STARTS and (clock := clock_at(atoms, i, self.vocabulary)) is not None:
            return [_Clock(*clock)]
        for rule in self._by_letter.get(letter, ()):
            match = rule.pattern.match(atoms.shape, i)
            built = rule.build(Reading(atoms, match, self.vocabulary)) if match is not None else None
            if match is not None and built is not None:
                pieces = [Found(built, *match.span(), rule.name)] if isinstance(built, Expression) else list(built)
                return [_without_label(pieces[0], atoms.shape), *pieces[1:]]
        return ()


@dataclass(frozen=True, slots=True)
class _Clock:
    clock: Clock
    start: int
    end: int


def _mention(found: Found, atoms: Atoms) -> Mention:
    start, end = atoms.start[found.start], atoms.end[found.end - 1]
    comma = found.start > 0 and atoms.shape[found.start - 1] == ","
    stamp = start < HEAD and _is_stamp(found.expression, atoms.text, start, end)
    return Mention(found.expression, start, end, found.rule, comma, stamp)


def _is_stamp(expression: Expression, text: str, start: int, end: int) -> bool:
    if not isinstance(expression, AtClock) or not isinstance(expression.day, Day) or expression.day.year is None:
        return False
    if expression.clock.end is not None or not expression.clock.zone:
        return False
    behind = text[end : end + 3].split("\n")[0]
    return not behind.strip() and start - text.rfind("\n", 0, start) <= _LINE


def _without_timetables(found: list[Found | _Clock], shape: str) -> list[Found | _Clock]:
    """Weekdays in a row ("Senin hingga Jumat", "hari Sabtu dan Minggu") are a timetable and no dates."""
    listed: set[int] = set()
    lone = [i for i, f in enumerate(found) if isinstance(f, Found) and f.rule == "weekday"]
    for a, b in itertools.pairwise(lone):
        if b == a + 1 and _LISTED.fullmatch(shape, found[a].end, found[b].start):
            listed |= {a, b}
    return [f for i, f in enumerate(found) if i not in listed] if listed else found


def _without_label(found: Found, shape: str) -> Found:
    """The same without the label: "tanggal" stays outside "5 Mei 2024"."""
    if shape[found.start] == "g" and found.rule not in ("day_of_month", "days_of_month"):
        return Found(found.expression, found.start + 1, found.end, found.rule)
    return found


def _join_clocks(found: list[Found | _Clock], shape: str) -> Iterator[Found | _Clock]:
    """A clock time beside a day belongs to it: "Kamis (20/6) malam pukul 19.00", "pukul 04.00, Senin (7/8)"."""
    i = 0
    while i < len(found):
        a, b = found[i], found[i + 1] if i + 1 < len(found) else None
        if (
            isinstance(a, Found)
            and isinstance(b, _Clock)
            and _is_day(a.expression)
            and _BEFORE_CLOCK.fullmatch(shape, a.end, b.start)
        ):
            yield Found(AtClock(a.expression, b.clock), a.start, b.end, a.rule)
            i += 2
        elif (
            isinstance(a, _Clock)
            and isinstance(b, Found)
            and _is_day(b.expression)
            and _AFTER_CLOCK.fullmatch(shape, a.end, b.start)
        ):
            yield Found(AtClock(b.expression, a.clock), a.start, b.end, b.rule)
            i += 2
        else:
            yield a
            i += 1


def _join_spans(found: list[Found | _Clock], shape: str) -> list[Found | _Clock]:
    """Make one span of two ends: "28 Februari hingga 3 Maret 2025"."""
    joined: list[Found | _Clock] = []
    for item in found:
        last = joined[-1] if joined else None
        if isinstance(item, Found) and isinstance(last, Found) and _spans(last, item, shape):
            joined[-1] = Found(Span(last.expression, item.expression), last.start, item.end, "span")
        else:
            joined.append(item)
    return joined


def _is_day(expression: Expression) -> bool:
    return isinstance(expression, (Day, DayOfMonth, Weekday)) or (
        isinstance(expression, Offset) and expression.unit == "day"
    )


def _spans(start: Found, end: Found, shape: str) -> bool:
    """Are the two the ends of one span?"""
    a, b = start.expression, end.expression
    if not _UNTIL.fullmatch(shape, start.end, end.start):
        return False
    if _is_day(a) and _is_day(b):
        return True
    return any(isinstance(a, kind) and isinstance(b, kind) for kind in (Month, Year, AtClock))
