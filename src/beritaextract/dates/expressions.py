"""What a stretch of text says about the calendar, still unresolved; each resolves itself against a Context."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from beritaextract.dates import values
from beritaextract.dates.context import Context
from beritaextract.dates.values import Unit, Value


class Expression:
    """Base of all: ``resolve`` gives the value, or None where the text does not fix one; ``relative`` needs an anchor."""

    __slots__ = ()

    @property
    def relative(self) -> bool:
        """Does it need a day to count from, or a year from elsewhere?"""
        return False

    def resolve(self, context: Context) -> Value | None:
        """The value on the calendar."""
        raise NotImplementedError

    def borrowing(self, other: Expression, *, before: bool) -> Expression:
        """The same with the year (and month) that a neighbour in a span says for both."""
        return self


class Relative(Expression):
    """Base of those that always count from another day."""

    __slots__ = ()

    @property
    def relative(self) -> bool:
        """Always."""
        return True


@dataclass(frozen=True, slots=True)
class Day(Expression):
    """A day: "Kamis (20/6/2024)", "20 Juni", "5 Mei lalu", "20 Juni tahun lalu"."""

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    direction: int | None = None
    year_offset: int | None = None

    @property
    def relative(self) -> bool:
        """Without a year it needs one from elsewhere."""
        return self.year is None

    def resolve(self, context: Context) -> Value | None:
        """The written date; ``conflict`` when the written weekday is another."""
        if self.year is not None:
            at = values.make_day(self.year, self.month, self.day)
        elif self.year_offset is not None:
            at = (
                values.make_day(context.anchor.year + self.year_offset, self.month, self.day)
                if context.anchor
                else None
            )
        else:
            at = context.year_of_day(self.month, self.day, self.weekday, self.direction)
        return None if at is None else values.day(at, conflict=self.weekday not in (None, at.isoweekday()))

    def borrowing(self, other: Expression, *, before: bool) -> Expression:
        """With the year of the other, or the one before or after it ("28 Februari hingga 3 Maret 2025")."""
        if self.year is not None or not isinstance(other, Day) or other.year is None:
            return self
        here, there = (self.month, self.day), (other.month, other.day)
        shift = (-1 if here > there else 0) if before else (1 if here < there else 0)
        return replace(self, year=other.year + shift)


@dataclass(frozen=True, slots=True)
class DayOfMonth(Relative):
    """A day of the month of writing ("tanggal 5", "Kamis (20)"), or of the nearest that has it on that weekday."""

    day: int
    weekday: int | None = None
    months: int = 0

    def resolve(self, context: Context) -> Value | None:
        """The nearest such day; with a weekday only when it fits."""
        at = context.anchor
        if at is None:
            return None
        months = [values.moved(at, n, "month") for n in (self.months, self.months - 1, self.months + 1)]
        dates = [d for m in months if m and (d := values.make_day(m.first.year, m.first.month, self.day))]
        if self.weekday is None:
            return values.day(dates[0]) if dates else None
        near = min(dates, key=lambda d: abs(d - at), default=None)
        return values.day(near) if near is not None and near.isoweekday() == self.weekday else None

    def borrowing(self, other: Expression, *, before: bool) -> Expression:
        """With the month of the other ("tanggal 5 sampai 7 Juni 2024")."""
        if before and isinstance(other, Day):
            return Day(self.day, other.month, other.year, self.weekday)
        return self


@dataclass(frozen=True, slots=True)
class Weekday(Relative):
    """A weekday: "Minggu", "Senin lalu", "Jumat ini", "Selasa pekan depan" (``weeks``)."""

    weekday: int
    direction: int | None = None
    weeks: int | None = None

    def resolve(self, context: Context) -> Value | None:
        """The nearest such day in that direction."""
        if context.anchor is None:
            return None
        at, direction = context.anchor, self.direction
        if self.weeks is not None:
            moved = values.moved(at, 7 * self.weeks, "day")
            if moved is None:
                return None
            at, direction = moved.first, 0
        found = values.weekday_near(at, self.weekday, direction)
        return None if found is None else values.day(found)


@dataclass(frozen=True, slots=True)
class Offset(Relative):
    """So many units away: "kemarin", "dua hari lalu", "pekan depan", "tahun ini".

    With ``told`` they count from the day named last: "sehari sebelumnya".
    """

    count: int
    unit: Unit
    told: bool = False
    weekday: int | None = None

    def resolve(self, context: Context) -> Value | None:
        """That many units away; "besok (Minggu)" goes by the weekday."""
        at = context.told if self.told else context.anchor
        if at is None:
            return None
        found = values.moved(at, self.count, self.unit)
        if found is None or self.weekday is None or found.first.isoweekday() == self.weekday:
            return found
        near = values.weekday_near(at, self.weekday, 1 if self.count > 0 else -1 if self.count < 0 else None)
        return None if near is None else values.day(near)


@dataclass(frozen=True, slots=True)
class Weekend(Relative):
    """Saturday and Sunday: "akhir pekan ini", "akhir pekan lalu"."""

    weeks: int

    def resolve(self, context: Context) -> Value | None:
        """The two days; on a Saturday or Sunday "lalu" is the weekend before."""
        monday = values.moved(context.anchor, self.weeks, "week") if context.anchor else None
        if monday is None or monday.last == date.max:
            return None
        saturday = values.weekday_near(monday.first, 6, 0)
        return values.span(values.day(saturday), values.day(monday.last)) if saturday else None


@dataclass(frozen=True, slots=True)
class Month(Expression):
    """A month: "Juni 2024", "bulan Juni ini", "Desember lalu", "awal Maret" (the position does not change the value)."""

    month: int
    year: int | None = None
    direction: int | None = None
    year_offset: int | None = None

    @property
    def relative(self) -> bool:
        """Without a year it needs one from elsewhere."""
        return self.year is None

    def resolve(self, context: Context) -> Value | None:
        """The month, of the nearest year where none is written."""
        year = self.year
        if year is None and self.year_offset is not None:
            year = context.anchor.year + self.year_offset if context.anchor else None
        elif year is None:
            year = context.year_of_month(self.month, self.direction)
        return None if year is None or not 1 <= year <= 9999 else values.month(year, self.month)

    def borrowing(self, other: Expression, *, before: bool) -> Expression:
        """With the year of the other ("Januari sampai Juni 2024", "November 2024 hingga Januari")."""
        if self.year is not None or not isinstance(other, (Month, Day)) or other.year is None:
            return self
        shift = (-1 if self.month > other.month else 0) if before else (1 if self.month < other.month else 0)
        return replace(self, year=other.year + shift)


@dataclass(frozen=True, slots=True)
class Year(Expression):
    """A year: "tahun 2024", "akhir 2017"."""

    year: int

    def resolve(self, context: Context) -> Value | None:
        """The year."""
        return values.year(self.year) if 1 <= self.year <= 9999 else None


@dataclass(frozen=True, slots=True)
class YearPart(Expression):
    """A quarter, half or third of a year: "triwulan II 2024", "semester I tahun ini", "kuartal pertama"."""

    kind: str
    number: int
    year: int | None = None
    year_offset: int = 0

    @property
    def relative(self) -> bool:
        """Without a year it is of the year of writing."""
        return self.year is None

    def resolve(self, context: Context) -> Value | None:
        """The quarter, half or third of the year."""
        year = self.year
        if year is None and context.anchor is not None:
            year = context.anchor.year + self.year_offset
        return None if year is None or not 1 <= year <= 9999 else values.part(self.kind, self.number, year)


@dataclass(frozen=True, slots=True)
class Span(Expression):
    """From one to another: "20-22 Juni 2024", "28 Februari hingga 3 Maret 2025", "2019-2024"."""

    start: Expression
    end: Expression

    @property
    def relative(self) -> bool:
        """When one of its ends is."""
        return self.start.relative or self.end.relative

    def resolve(self, context: Context) -> Value | None:
        """From the one to the other; an end without year takes the other's."""
        start, end = self.start.borrowing(self.end, before=True), self.end.borrowing(self.start, before=False)
        b = end.resolve(context)
        a = start.resolve(context)
        if a is None or b is None:
            return None
        if a.first > b.first and isinstance(start, (Day, Month)) and start.year is None:
            a = replace(start, year=a.first.year - 1).resolve(context)
        elif a.first > b.first and isinstance(start, Weekday):
            a = values.moved(a.first, -7, "day")
        return None if a is None else values.span(a, b)


@dataclass(frozen=True, slots=True)
class Clock:
    """Clock times ("pukul 19.00 WIB", "pukul 08.00-12.00 Wita") as HH:MM, and the offset of the written zone or ""."""

    start: str
    end: str | None
    zone: str


@dataclass(frozen=True, slots=True)
class AtClock(Expression):
    """A day with its clock time: "Kamis (20/6/2024) pukul 19.00 WIB"."""

    day: Expression
    clock: Clock

    @property
    def relative(self) -> bool:
        """When its day is."""
        return self.day.relative

    def resolve(self, context: Context) -> Value | None:
        """The minute, or the stretch of the day."""
        value = self.day.resolve(context)
        return (
            None
            if value is None
            else values.at_clock(value, self.clock.start, self.clock.end, self.clock.zone) or value
        )


@dataclass(frozen=True, slots=True)
class Fixed(Expression):
    """A value known as it stands: a Hijri date, a movable holiday of a written year."""

    value: Value

    def resolve(self, context: Context) -> Value | None:
        """The value."""
        return self.value


@dataclass(frozen=True, slots=True)
class MovableHoliday(Relative):
    """A movable holiday without year ("Idulfitri"): the nearest of the days it fell on."""

    days: tuple[date, ...]

    def resolve(self, context: Context) -> Value | None:
        """The nearest within half a year."""
        if context.anchor is None or not self.days:
            return None
        at = context.anchor
        near = min(self.days, key=lambda d: abs(d - at))
        return values.day(near) if abs((near - at).days) <= 190 else None
