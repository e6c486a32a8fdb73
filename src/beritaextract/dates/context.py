"""What an expression is resolved against: the day of writing, the years of the text, the day last named."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from beritaextract.dates.values import Value, make_day

_CLEAR = 100  # days; a day and month this near to the day of writing needs no weekday to choose its year
_LIST = 120  # days between two dates of a list


@dataclass(slots=True)
class Context:
    """``anchor`` is the day that relative expressions count from; ``near`` a day that only years are chosen by.

    ``years`` are those written anywhere in the text, ``months`` and ``days`` map what was written in full to its year,
    ``told`` is the day named last ("sehari sebelumnya" counts from it), and ``coming`` a day still to come that was named
    right before: what follows it in a list is later ("Oktober, Desember").
    """

    anchor: date | None = None
    near: date | None = None
    years: frozenset[int] = frozenset()
    days: dict[tuple[int, int], int] = field(default_factory=dict)
    months: dict[int, int] = field(default_factory=dict)
    told: date | None = None
    coming: date | None = None

    def note(self, value: Value) -> None:
        """Remember a day that the text named."""
        if value.first == value.last:
            self.told = value.first

    def year_of_day(self, month: int, day: int, weekday: int | None, direction: int | None) -> date | None:
        """The date of a day and month without year: "20 Juni", "Kamis (20/6)", "5 Mei lalu"."""
        at = self.anchor or self.near
        if at is None:
            return self._year_by_weekday(month, day, weekday)
        if (known := self.days.get((month, day))) is not None and self.anchor is None:
            return make_day(known, month, day)
        dates = [d for y in range(at.year - 1, at.year + 2) if (d := make_day(y, month, day)) is not None]
        if direction is not None and direction != 0:
            dates = [d for d in dates if (d - at).days * direction >= 0] or dates
        dates.sort(key=lambda d: abs(d - at))
        if not dates:
            return None
        if direction is None and weekday is None and (later := self._listed(month, day)) is not None:
            return later
        if weekday is not None and self.anchor is None:
            return next((d for d in dates if d.isoweekday() == weekday), None)
        if weekday is not None and abs((dates[0] - at).days) > _CLEAR:
            return next((d for d in dates if d.isoweekday() == weekday), dates[0])
        return dates[0]

    def year_of_month(self, month: int, direction: int | None) -> int | None:
        """The year of a month without year: "Juni", "Desember lalu", "Juli mendatang", "Juni ini"."""
        at = self.anchor
        if at is None:
            return self.months.get(month) or (
                self.near.year if self.near is not None and self.near.month == month else None
            )
        if direction == -1:
            return at.year if month < at.month else at.year - 1
        if direction == 1:
            return at.year if month > at.month else at.year + 1
        if direction == 0:
            return at.year
        if month in self.months and abs(self.months[month] - at.year) <= 1:
            return self.months[month]
        if (later := self._listed(month, 28)) is not None:
            return later.year
        middle = at.replace(day=15)
        return min(
            (at.year, at.year - 1, at.year + 1),
            key=lambda y: abs(date(y, month, 15) - middle) if 1 <= y <= 9999 else timedelta.max,
        )

    def _listed(self, month: int, day: int) -> date | None:
        """The first such day behind the one to come that was named right before, unless that is most of a year away."""
        if self.coming is None:
            return None
        dates = (make_day(self.coming.year + n, month, day) for n in (0, 1))
        at = next((d for d in dates if d is not None and d > self.coming), None)
        return at if at is not None and (at - self.coming).days <= _LIST else None

    def _year_by_weekday(self, month: int, day: int, weekday: int | None) -> date | None:
        """Without any day to count from: as written in full elsewhere, else the latest year of the text if the weekday fits."""
        if (known := self.days.get((month, day))) is not None:
            return make_day(known, month, day)
        at = make_day(max(self.years, default=0), month, day)
        return at if at is not None and at.isoweekday() == weekday else None
