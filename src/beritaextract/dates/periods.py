"""Rules for months, years and parts of years: "Juni 2024", "awal Maret", "2019-2024", "triwulan II 2024"."""

from __future__ import annotations

import itertools

from beritaextract.dates.expressions import Expression, Month, Span, Year, YearPart
from beritaextract.dates.grammar import Found, Reading, Rule, rule

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_YEAR = r"[-/,]? t? (?P<bracket>\()? {year} (?(bracket)\))"


def rules() -> list[Rule]:
    """In the order in which they are tried."""
    return [
        rule(
            "months",
            "AbMm",
            r"{position}? b? {month} (?P<more>(?:,[Mm]){0,10}) (?: ,? (?P<join>[-C&/]) | , ) b? {month2} (?: "
            + _YEAR
            + " )? {direction}?",
            _months,
        ),
        rule(
            "month_year",
            "AbMm",
            "{position}? b? {month}" + _YEAR + "{direction}?",
            lambda r: Month(r.need("month"), r.need("year")),
        ),
        rule("month_offset_year", "AbM", "{position}? b? {longmonth} t {direction}", _month_offset_year),
        rule(
            "month",
            "AbM",
            "{position}? b? {longmonth} {direction}?",
            lambda r: Month(r.need("longmonth"), None, r.direction()),
        ),
        rule(
            "part_of_year",
            "AQ",
            r"{position}? {part} (?: C? -? {num} | -? {ordinal} ) (?: [-/,]? t? {year} | t {direction} )?",
            _part_of_year,
        ),
        rule("fiscal_years", "tf", r"(?: tF | f ) {year} (?P<sep>[-/]) {year2}", _years),
        rule("fiscal_year", "tf", r"(?: tF | f ) {year}", lambda r: Year(r.need("year"))),
        rule("tahun_years", "At", r"{position}? t {year} (?P<sep>[-/C&]) t? {year2} {direction}?", _years),
        rule(
            "tahun_year",
            "At",
            r"{position}? t (?P<bracket>\()? {year} (?(bracket)\)) e? {direction}?",
            lambda r: Year(r.need("year")),
        ),
        rule("season_years", "X", r"X {year} (?P<sep>[-/]) {year_or_two}", _season),
        rule("season", "X", r"X {year}", lambda r: Year(r.need("year"))),
        rule("years", "y", r"{year} (?P<sep>[-C&]|/) {year2}", _bare_years),
        rule("year", "Ay", r"{position}? {year} e? {direction}?", _bare_year),
    ]


def _months(r: Reading) -> Expression | list[Found] | None:
    """A span ("Januari-Juni 2024", "November, Desember") or several months ("Juni dan Desember 2024")."""
    year = r.number("year")
    at = [i for i in range(r.need_at("month"), r.need_at("month2") + 1) if r.atoms.shape[i] in "Mm"]
    if year is None and any(r.atoms.shape[i] == "m" for i in at):
        return None
    numbers = [int(r.atoms.value[i]) for i in at]
    first = Month(numbers[0], None if year is None else year - (numbers[0] > numbers[-1]))
    last = Month(numbers[-1], year, r.direction())
    if len(at) == 2 and r.match["join"] in ("-", "C", "/"):
        return Span(first, last) if numbers[0] != numbers[1] else None
    if all((b - a) % 12 == 1 for a, b in itertools.pairwise(numbers)):
        return Span(first, last)
    pieces = [Found(Month(n, year), i, i + 1, "months") for n, i in zip(numbers, at, strict=True)]
    pieces[-1] = Found(last, at[-1], r.end, "months")
    return pieces


def _month_offset_year(r: Reading) -> Expression | None:
    return Month(r.need("longmonth"), None, None, r.direction())


def _part_of_year(r: Reading) -> Expression | None:
    """A half needs its year ("semester 3" of a student is no date), a bare digit too."""
    kind, number = r.value("part"), r.number("ordinal") or r.number("num")
    if kind is None or number is None:
        return None
    placed = r.at("year") is not None or r.at("direction") is not None
    if not placed and (kind != "quarter" or r.at("num") is not None):
        return None
    return YearPart(kind, number, r.number("year"), r.direction() or 0)


def _years(r: Reading) -> Expression | list[Found] | None:
    """A span ("2019-2024", "2026 dan 2027") or two years ("2019 dan 2024")."""
    a, b = r.need("year"), r.need("year2")
    if a >= b:
        return None
    if r.atoms.shape[r.match.start("sep")] == "&" and b - a > 1:
        at = r.need_at("year2")
        return [Found(Year(a), r.start, r.need_at("year") + 1, "years"), Found(Year(b), at, r.end, "years")]
    return Span(Year(a), Year(b))


def _season(r: Reading) -> Expression | None:
    a, b = r.need("year"), r.need("year_or_two")
    return Span(Year(a), Year(a + 1)) if b in (a + 1, (a + 1) % 100) else None


def _bare_years(r: Reading) -> Expression | list[Found] | None:
    a, b = r.need("year"), r.need("year2")
    if not _FIRST_YEAR <= a < b <= _LAST_YEAR or (r.match["sep"] == "/" and not r.tight("year", "year2")):
        return None
    return _years(r)


def _bare_year(r: Reading) -> Expression | None:
    return Year(r.need("year")) if _FIRST_YEAR <= r.need("year") <= _LAST_YEAR else None
