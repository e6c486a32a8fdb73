"""Rules for days: "Kamis (20/6/2024)", "20-22 Juni 2024", "tanggal 5", "2024-06-20"."""

from __future__ import annotations

import itertools

from beritaextract.dates.expressions import Day, DayOfMonth, Expression, Span
from beritaextract.dates.grammar import Found, Reading, Rule, rule

_YEAR = r"(?: [-/,]? t? (?P<bracket>\()? {year} (?(bracket)\)) | t {direction2} )?"
_MONTH = r"[-/]? b? {month}" + _YEAR
_NUMERIC = r"{day} (?P<sep>[-/.]) {num} (?: (?P=sep) {year_or_two} | {year} )?"
_WEEKDAY = r"D? {weekday} P? {direction3}? ,? p? g?"
_WEEKDAYS = r"(?: D? {weekday} (?: [-C&] {weekday2} )? P? ,? )? g?"
_OPEN, _CLOSE = r"(?P<open>\()?", r"(?(open),?\)?)"


def rules() -> list[Rule]:
    """In the order in which they are tried."""
    return [
        rule("iso", "y", r"{year} (?P<sep>[-/]) {num} (?P=sep) {day}", _iso),
        rule(
            "days_written",
            "DWVg(d",
            _WEEKDAYS + _OPEN + r"{day} (?P<more>(?:,d){0,8}) ,? {join} g? {day2}" + _MONTH + _CLOSE + "{direction}?",
            _days_written,
        ),
        rule(
            "days_numeric",
            "DWVg(d",
            _WEEKDAYS + _OPEN + r"{day} [-C&] {day2} (?P<sep>[/.]) {num} (?: (?P=sep) {year_or_two} )?" + _CLOSE,
            _days_numeric,
        ),
        rule("weekday_numeric", "DWV", _WEEKDAY + _OPEN + _NUMERIC + _CLOSE + "{direction}?", _weekday_numeric),
        rule("weekday_written", "DWV", _WEEKDAY + _OPEN + "{day}" + _MONTH + _CLOSE + "{direction}?", _written),
        rule("numeric", "g(d", "(?P<label>g)?" + _OPEN + _NUMERIC + _CLOSE + "{direction}?", _numeric),
        rule(
            "written",
            "g(d",
            "(?P<label>g)?" + _OPEN + "{day}" + _MONTH + _CLOSE + r"(?: \( {weekday} \) )? {direction}?",
            _written,
        ),
        rule("month_first", "M", "{longmonth} {day} , {year}", _month_first),
        rule(
            "weekday_day",
            "DWV",
            r"D? {weekday} P? ,? \( {day} \)",
            lambda r: DayOfMonth(r.need("day"), r.number("weekday")),
        ),
        rule("days_of_month", "g", r"g {day} [-C&] g? {day2} (?! [-/.,]? [dnymMH] )", _days_of_month),
        rule("day_of_month", "g", r"g {day} (?! [-/.,]? [dnymMH] ) (?: b {direction} )?", _day_of_month),
    ]


def _iso(r: Reading) -> Expression | None:
    if not r.tight("year", "day"):
        return None
    return _valid(r.need("day"), r.need("num"), r.need("year"))


def _weekday_numeric(r: Reading) -> Expression | None:
    year = _year(r)
    if (r.match["sep"] == "." and year is None) or _says_week(r):
        return None  # "Kamis, 19.30" is a clock time
    direction = r.direction() if r.at("direction") is not None else r.direction("direction3")
    return _valid(r.need("day"), r.need("num"), year, r.number("weekday"), direction)


def _says_week(r: Reading) -> bool:
    """Does the weekday mean a week? "minggu depan, 25 Juni" is a week and a day, not a Sunday."""
    at = r.need_at("weekday")
    return r.at("direction3") == at + 1 and r.start == at and r.atoms.words[at].islower() and r.atoms.shape[at] == "V"


def _numeric(r: Reading) -> Expression | None:
    """Without weekday a year of four digits, brackets or "tanggal" must say that it is a date."""
    year = _year(r)
    if r.at("year") is not None and r.match["open"] is None:
        return None
    in_brackets = r.match["open"] is not None and r.atoms.shape[r.end - 1 - (r.at("direction") is not None)] == ")"
    if r.match["sep"] != "/" and (year is None or not r.tight("day", "year_or_two")):
        return None
    if year is None and not in_brackets and r.match["label"] is None and not _says_when(r):
        return None
    if year is not None and len(r.value("year_or_two") or "") == 2 and not in_brackets and r.match["label"] is None:
        return None
    return _valid(r.need("day"), r.need("num"), year, None, r.direction())


def _says_when(r: Reading) -> bool:
    """Does a word that says when stand before it ("pada 20/6")?"""
    before = r.start - 1
    return before >= 0 and r.atoms.shape[before] == "p" and r.atoms.value[before] == "at"


def _written(r: Reading) -> Expression | None:
    """A short month ("5 Mar") needs a year, a weekday, brackets or "tanggal" beside it."""
    if r.at("weekday") is not None and _says_week(r):
        return None
    if r.atoms.shape[r.need_at("month")] == "m" and r.at("year") is None:
        label = r.match.groupdict().get("label")
        if r.at("weekday") is None and label is None and r.match["open"] is None:
            return None
    direction = r.direction() if r.at("direction") is not None else r.direction("direction3")
    return _valid(
        r.need("day"), r.need("month"), r.number("year"), r.number("weekday"), direction, r.direction("direction2")
    )


def _month_first(r: Reading) -> Expression | None:
    return _valid(r.need("day"), r.need("longmonth"), r.need("year"))


def _days_written(r: Reading) -> Expression | list[Found] | None:
    """A span ("20-22 Juni 2024") or several dates ("5 dan 20 Mei")."""
    month, year, offset = r.need("month"), r.number("year"), r.direction("direction2")
    at = [i for i in range(r.need_at("day"), r.need_at("day2") + 1) if r.atoms.shape[i] == "d"]
    numbers = [int(r.atoms.value[i]) for i in at]
    found = [_valid(n, month, year, None, r.direction(), offset) for n in numbers]
    if any(f is None for f in found):
        return None
    days = [f for f in found if f is not None]
    if r.value("join") is not None and r.atoms.shape[r.need_at("join")] != "&":
        return Span(days[0], days[-1]) if numbers[0] < numbers[-1] else None
    if all(b - a == 1 for a, b in itertools.pairwise(numbers)):
        return Span(days[0], days[-1])
    pieces = [Found(day, i, i + 1, "days_written") for day, i in zip(days, at, strict=True)]
    pieces[-1] = Found(days[-1], at[-1], r.end, "days_written")
    return pieces


def _days_numeric(r: Reading) -> Expression | None:
    year = _year(r)
    if year is None and r.match["open"] is None and r.at("weekday") is None:
        return None
    a, b = (_valid(r.need(name), r.need("num"), year) for name in ("day", "day2"))
    return Span(a, b) if a and b and r.need("day") < r.need("day2") else None


def _day_of_month(r: Reading) -> Expression | None:
    return DayOfMonth(r.need("day"), None, r.direction() or 0) if 1 <= r.need("day") <= 31 else None


def _days_of_month(r: Reading) -> Expression | None:
    a, b = r.need("day"), r.need("day2")
    return Span(DayOfMonth(a), DayOfMonth(b)) if 1 <= a < b <= 31 else None


def _year(r: Reading) -> int | None:
    """The year as written; two digits are of this century up to 50, of the last beyond."""
    if r.at("year") is not None:
        return r.number("year")
    number, value = r.number("year_or_two"), r.value("year_or_two")
    if number is None or value is None or len(value) == 4:
        return number
    return None if len(value) == 1 else number + (2000 if number <= 50 else 1900)


def _valid(
    day: int,
    month: int,
    year: int | None,
    weekday: int | None = None,
    direction: int | None = None,
    year_offset: int | None = None,
) -> Day | None:
    longest = 31 if month in (1, 3, 5, 7, 8, 10, 12) else 29 if month == 2 else 30
    if not 1 <= month <= 12 or not 1 <= day <= longest:
        return None
    return Day(day, month, year, weekday, direction, year_offset)
