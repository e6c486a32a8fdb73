"""When an article was published, as ISO 8601, from whatever string is given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal, NamedTuple

from beritaextract.errors import ArticleError
from beritaextract.lexicon import packaged

_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NAMED = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s+./,-]{0,3}([A-Za-z]{3,9})\.?[\s+./,-]{0,3}((?:19|20)\d\d)(?!\d)"
)
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d|[0-3]\d)(?![\d/.-])")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?=T?\d{4,6}Z?$|$)")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?(?:\.0)?")
_CLOCK = re.compile(
    r"(?<![\d/])([01]?\d|2[0-3])[:.-]([0-5]\d)(?:[:.-]([0-5]\d)(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?(?![\d/])", re.I
)
_OFFSET = re.compile(r"\s*([+-])(\d\d):?(\d\d)(?!\d)")
_ZONE = re.compile(r"\s*\(?([A-Za-z]{1,4})(?![A-Za-z])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_JAKARTA = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class PublishedWord:
    """A row of ``published_words.tsv``: a month's name with its number, or a time zone with its offset."""

    form: str
    kind: Literal["month", "zone"]
    value: str
    example: str


class _Day(NamedTuple):
    year: int
    month: int
    day: int
    end: int


@lru_cache(maxsize=4096)
def parse_published(given: str | date) -> str:
    """ISO 8601 day, or minute where a clock time is given: "2024-06-20", "2024-06-20T14:05+07:00".

    Reads "2024-06-20", "2024-06-20T07:05:00Z", "20/6/2024", "Kamis, 20 Jun 2024 14:05 WIB", "Tayang: Kamis, 20 Juni 2024 |
    14.05 WIB", "Thu, 20 Jun 2024 07:05:00 GMT" and seconds of the epoch; a numeric date is day first, as Indonesians write
    it. A date of Python is read as it is written out. A time in UTC is given in that of Jakarta, so that its day is the day in
    Indonesia. Raises ArticleError when no date can be read; a relative one ("3 jam yang lalu") is none, since nobody knows when
    it was written.
    """
    text = given.isoformat() if isinstance(given, date) else given.strip()
    if _EPOCH.fullmatch(text):
        return _iso(datetime.fromtimestamp(int(text[:10]), _JAKARTA))
    day = _find_day(text)
    if day is None:
        return _ask_dateparser(text)
    try:
        moment = datetime(day.year, day.month, day.day)
    except ValueError:
        raise ArticleError(f"published: no such day in {given!r}") from None
    return _with_clock(moment, text, day.end)


def _find_day(text: str) -> _Day | None:
    """The first full date of the text."""
    match = _YEAR_FIRST.search(text) or _COMPACT.match(text)
    if match:
        return _Day(int(match[1]), int(match[2]), int(match[3]), match.end())
    months = _words("month")
    for match in _NAMED.finditer(text):
        if match[2].lower() in months:
            return _Day(int(match[3]), int(months[match[2].lower()]), int(match[1]), match.end())
    for match in _MONTH_FIRST.finditer(text):
        if match[1].lower() in months:
            return _Day(int(match[3]), int(months[match[1].lower()]), int(match[2]), match.end())
    match = _NUMERIC.search(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    day, month = (second, first) if second > 12 >= first else (first, second)
    year = int(match[3])
    return _Day(year + 2000 if year < 100 else year, month, day, match.end())


def _with_clock(moment: datetime, text: str, start: int) -> str:
    """The day, or the minute where the text goes on with a clock time."""
    clock = _CLOCK.search(text, start)
    if clock is None:
        return moment.date().isoformat()
    hour = int(clock[1])
    if clock[4]:
        hour = hour % 12 + (12 if clock[4].lower().startswith("p") else 0)
    zone = _zone(text, clock.end())
    if zone is None and hour == 0 and clock[2] == "00" and clock[3] == "00":
        return moment.date().isoformat()  # how tables write a day: "2024-06-20 00:00:00"
    moment = moment.replace(hour=hour, minute=int(clock[2]), tzinfo=zone)
    return _iso(moment.astimezone(_JAKARTA) if zone is timezone.utc else moment)


def _zone(text: str, start: int) -> timezone | None:
    """The zone written behind the clock time: "+0700", "WIB", "Z"."""
    match = _OFFSET.match(text, start)
    named = _ZONE.match(text, start)
    if match:
        sign, hours, minutes = match.groups()
    elif named and named[1].lower() in _words("zone"):
        offset = _words("zone")[named[1].lower()]
        sign, hours, minutes = offset[0], offset[1:3], offset[4:6]
    else:
        return None
    minutes_east = int(hours) * 60 + int(minutes)
    if minutes_east == 0:
        return timezone.utc
    return (
        timezone(timedelta(minutes=-minutes_east if sign == "-" else minutes_east)) if minutes_east < 24 * 60 else None
    )


def _ask_dateparser(given: str) -> str:
    """A full date in words that the grammar here does not know."""
    if _YEAR.search(given) and len(given) <= 100:
        import dateparser

        settings = {"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"]}
        parsed = dateparser.parse(given.strip(), languages=["id", "en"], settings=settings)
        if parsed is not None:
            return _iso(parsed) if _CLOCK.search(given) else parsed.date().isoformat()
    shown = given if len(given) <= 60 else f"{given[:60]}…"
    raise ArticleError(f"published: no date can be read in {shown!r}")


@lru_cache(maxsize=2)
def _words(kind: str) -> dict[str, str]:
    return {row.form: row.value for row in packaged().rows("published_words", PublishedWord) if row.kind == kind}


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
