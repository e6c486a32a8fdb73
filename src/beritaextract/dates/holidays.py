"""Rules for holidays and the Hijri calendar: "1 Muharram 1446 H", "Ramadan 1445 H", "pada Idulfitri 1445 H"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from beritaextract.dates import values
from beritaextract.dates.context import Context
from beritaextract.dates.expressions import Day, Expression, Fixed, MovableHoliday
from beritaextract.dates.grammar import Reading, Rule, rule
from beritaextract.dates.values import Value

_HIJRI_YEARS = range(1343, 1500)
"""What the Umm al-Qura tables cover."""


def rules() -> list[Rule]:
    """In the order in which they are tried."""
    return [
        rule("hijri_day", "gd", r"g? {day} {hijri} (?: ,? t? {year} E? )? (?! t? [dn] E )", _hijri_day),
        rule("hijri_month", "bH", r"b? {hijri} t? {year} E?", lambda r: _hijri_span(r, r.need("hijri"))),
        rule("hijri_year", "ty", r"t? {year} E", lambda r: _hijri_span(r, None)),
        rule("holiday", "h", r"{holiday} (?: t? {year} [Ee]? )?", _holiday),
    ]


@dataclass(frozen=True, slots=True)
class HijriDay(Expression):
    """A day of the Hijri calendar in the year of writing: "10 Muharram"."""

    day: int
    month: int

    @property
    def relative(self) -> bool:
        """It needs its year."""
        return True

    def resolve(self, context: Context) -> Value | None:
        """The nearest such day."""
        if context.anchor is None:
            return None
        at = context.anchor
        around = int((at.year - 622) * 33 / 32)
        dates = [d for y in range(around - 1, around + 3) if (d := gregorian(y, self.month, self.day)) is not None]
        near = min(dates, key=lambda d: abs(d - at), default=None)
        return None if near is None else values.day(near)


def gregorian(year: int, month: int, day: int) -> date | None:
    """The day of a Hijri date by the Umm al-Qura calendar, or None where there is none (Hijri 1343 to 1500)."""
    from hijridate import Hijri  # costs 10 ms, and few articles need it

    if year not in _HIJRI_YEARS:
        return None
    try:
        at = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(at.year, at.month, at.day)


def _hijri_day(r: Reading) -> Expression | None:
    year = r.number("year")
    if year is None:
        return HijriDay(r.need("day"), r.need("hijri"))
    at = _day(r, year, r.need("hijri"), r.need("day"))
    return None if at is None else Fixed(values.day(at))


def _day(r: Reading, year: int, month: int, day: int) -> date | None:
    """The government's own day where a holiday falls on that Hijri date (1 Syawal), else the calendar's."""
    key = f"{month:02}-{day:02}"
    for holiday in r.vocabulary.holidays.values():
        if holiday.era == "hijri" and holiday.day == key:
            official = next((at for at, count in r.vocabulary.movable.get(holiday.name, ()) if count == year), None)
            return official or gregorian(year, month, day)
    return gregorian(year, month, day)


def _hijri_span(r: Reading, month: int | None) -> Expression | None:
    year = r.need("year")
    first = _day(r, year, month or 1, 1)
    behind = _day(r, year + 1, 1, 1) if month in (None, 12) else _day(r, year, (month or 1) + 1, 1)
    if first is None or behind is None:
        return None
    found = values.span(values.day(first), values.day(behind - timedelta(1)))
    return None if found is None else Fixed(found)


def _holiday(r: Reading) -> Expression | None:
    holiday = r.vocabulary.holidays[r.value("holiday") or ""]
    year = r.number("year")
    if holiday.era == "":
        month, day = map(int, holiday.day.split("-"))
        return Day(day, month, year)
    fell = r.vocabulary.movable.get(holiday.name, [])
    if year is None:
        return MovableHoliday(tuple(at for at, _ in fell))
    at = next((at for at, count in fell if year in (count, at.year)), None)
    if at is None and holiday.era == "hijri":
        month, day = map(int, holiday.day.split("-"))
        at = gregorian(year, month, day)
    return None if at is None else Fixed(values.day(at))
