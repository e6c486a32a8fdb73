"""Calendar values: days, weeks, months, quarters, years and spans as ISO 8601, and the arithmetic on them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Value:
    """A point or span on the calendar: "2024-06-20", "2024-W25", "2024-06-20/2024-06-22".

    ``grain`` is day, week, month, quarter, half, third, year or minute, of a span that of its ends; ``first`` and ``last``
    are its days; ``conflict`` is True when a weekday was written that is not the date's.
    """

    iso: str
    grain: str
    first: date
    last: date
    conflict: bool = False

    @property
    def is_day(self) -> bool:
        """Is it one calendar day?"""
        return self.grain == "day" and self.first == self.last


def day(at: date, *, conflict: bool = False) -> Value:
    """A day: 2024-06-20."""
    return Value(at.isoformat(), "day", at, at, conflict)


def week(at: date) -> Value:
    """The ISO week of a day: 2024-W25."""
    year, number, weekday = at.isocalendar()
    first = at - timedelta(weekday - 1)
    return Value(f"{year:04}-W{number:02}", "week", first, _later(first, 6))


def month(year: int, number: int) -> Value:
    """A month: 2024-06."""
    return Value(
        f"{year:04}-{number:02}", "month", date(year, number, 1), date(year, number, monthrange(year, number)[1])
    )


def year(number: int) -> Value:
    """A year: 2024."""
    return Value(f"{number:04}", "year", date(number, 1, 1), date(number, 12, 31))


def part(kind: str, number: int, of: int) -> Value | None:
    """A quarter, half or third of a year: 2024-Q2, 2024-H1; a third (caturwulan) as its months."""
    months = {"quarter": 3, "half": 6, "third": 4}[kind]
    if not 1 <= number <= 12 // months:
        return None
    first, last = month(of, (number - 1) * months + 1), month(of, number * months)
    if kind == "third":
        return span(first, last)
    return Value(f"{of:04}-{'Q' if kind == 'quarter' else 'H'}{number}", kind, first.first, last.last)


def span(a: Value, b: Value) -> Value | None:
    """From the one to the other: 2024-06-20/2024-06-22; None when they are not in order."""
    if a.first > b.first:
        return None
    if a.iso == b.iso:
        return a
    start, end = a.iso.split("/")[0], b.iso.split("/")[-1]
    return Value(
        f"{start}/{end}", a.grain if a.grain == b.grain else b.grain, a.first, b.last, a.conflict or b.conflict
    )


def moved(at: date, count: int, unit: Unit) -> Value | None:
    """The day, week, month or year that many units from a day; None beyond the calendar's ends."""
    try:
        if unit == "day":
            return day(at + timedelta(count))
        if unit == "week":
            return week(at + timedelta(weeks=count))
        if unit == "month":
            months = at.year * 12 + at.month - 1 + count
            return month(months // 12, months % 12 + 1)
        return year(at.year + count)
    except (ValueError, OverflowError):
        return None


def make_day(year: int, month: int, number: int) -> date | None:
    """The date, or None when there is no such day (31 April)."""
    try:
        return date(year, month, number)
    except (ValueError, OverflowError):
        return None


def weekday_near(at: date, weekday: int, direction: int | None) -> date | None:
    """The nearest day of that name (1 Monday … 7 Sunday): up to ``at`` (None), before (-1), in its week (0) or after (1)."""
    gap = weekday - at.isoweekday()
    if direction == 0:
        return _shifted(at, gap)
    if direction == 1:
        return _shifted(at, gap if gap > 0 else gap + 7)
    back = gap if gap <= 0 else gap - 7
    return _shifted(at, back - 7 if direction == -1 and back == 0 else back)


def at_clock(value: Value, start: str, end: str | None, zone: str) -> Value | None:
    """A day with a clock time, or a span of the day: 2024-06-20T19:00+07:00."""
    if not value.is_day:
        return None
    iso = f"{value.iso}T{start}{zone}"
    if end is not None:
        until = value.first if end > start else _later(value.first, 1)
        iso = f"{iso}/{until.isoformat()}T{end}{zone}"
    return replace(value, iso=iso, grain="minute")


def _later(at: date, days: int) -> date:
    return _shifted(at, days) or date.max


def _shifted(at: date, days: int) -> date | None:
    try:
        return at + timedelta(days)
    except OverflowError:
        return None
