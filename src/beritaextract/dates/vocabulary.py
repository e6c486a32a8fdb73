"""The words of the calendar, compiled from the tables: what class a word is of, and what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from beritaextract.lexicon import Lexicon

Kind = Literal[
    "weekday",
    "sunday_or_week",
    "month",
    "short_month",
    "hijri_month",
    "hijri_era",
    "common_era",
    "part",
    "relative_day",
    "relative_part",
    "yesterday",
    "narrative_day",
    "narrative",
    "direction",
    "day_unit",
    "week_unit",
    "month_unit",
    "year_unit",
    "hour_unit",
    "time_unit",
    "long_unit",
    "one_unit",
    "position",
    "day_label",
    "year_part",
    "ordinal",
    "roman",
    "number",
    "until",
    "and",
    "clock",
    "zone",
    "about",
    "fiscal",
    "fiscal_year",
    "season",
    "weekend",
    "every",
    "times",
    "before_year",
]

LETTERS: dict[str, str] = {
    "weekday": "W",
    "sunday_or_week": "V",
    "month": "M",
    "short_month": "m",
    "hijri_month": "H",
    "hijri_era": "E",
    "common_era": "e",
    "part": "P",
    "relative_day": "R",
    "relative_part": "T",
    "yesterday": "K",
    "narrative_day": "J",
    "narrative": "B",
    "direction": "L",
    "day_unit": "D",
    "week_unit": "w",
    "month_unit": "b",
    "year_unit": "t",
    "hour_unit": "j",
    "time_unit": "u",
    "long_unit": "l",
    "one_unit": "S",
    "position": "A",
    "day_label": "g",
    "year_part": "Q",
    "ordinal": "O",
    "roman": "I",
    "number": "N",
    "until": "C",
    "and": "&",
    "clock": "c",
    "zone": "Z",
    "about": "~",
    "fiscal": "F",
    "fiscal_year": "f",
    "season": "X",
    "weekend": "a",
    "every": "v",
    "times": "k",
    "before_year": "p",
    "holiday": "h",
    "word": "x",
    "day_number": "d",
    "year_number": "y",
    "other_number": "n",
    "other": "o",
}
"""The letter of each kind in a shape (lexer.py). Punctuation is its own letter."""

ATOM = re.compile(r"[A-Z]?[a-z]+(?:['’‘`][a-z]+)?|[A-Z]+(?:['’‘`][A-Z]+)?(?![a-z])|[0-9]+|\S")
UNSETTLED = "?"
"""The letter of a word that may open a phrase, until the lexer has looked."""

MARKS = {c: c for c in "/.,:()-"} | {"–": "-", "—": "-", "−": "-", "‑": "-", "[": "(", "]": ")"}
_NEEDS_CAPITALS = frozenset({"roman", "fiscal_year", "hijri_era", "common_era"})


@dataclass(frozen=True, slots=True)
class CalendarWord:
    """A row of ``calendar.tsv``: a word or phrase of the calendar. What ``value`` holds depends on the kind (docs/dates.md)."""

    form: str
    kind: Kind
    value: str
    example: str


@dataclass(frozen=True, slots=True)
class Holiday:
    """A row of ``holidays.tsv``: a named day on the same date every year ("Hari Kartini", 04-21)."""

    form: str
    name: str
    day: str  # MM-DD, or empty for a movable one (holiday_dates.tsv)
    era: Literal["", "hijri", "saka", "imlek", "waisak", "easter"]
    example: str


@dataclass(frozen=True, slots=True)
class HolidayDate:
    """A row of ``holiday_dates.tsv``: when a movable holiday fell; ``count`` is the year of its own era (1445 for 1445 H)."""

    key: str
    name: str
    start: str
    count: int | None
    example: str


@dataclass(frozen=True, slots=True)
class NotDate:
    """A row of ``not_dates.tsv``: a word that makes what stands beside it no date.

    ``before`` stands right before any number ("Nomor 5"), ``name_before`` before a day and month in a name ("Stadion 17
    Mei"), ``event`` before a year in the name of an event or plan ("Pemilu 2024", "APBD tahun 2023"), ``weekday_before`` and
    ``weekday_after`` beside a weekday in a name ("Pasar Minggu", "Jumat Agung"), ``after`` is what the number counts ("2000
    orang"), ``age`` makes a span of time an age ("berusia 26 tahun").
    """

    form: str
    kind: Literal["before", "name_before", "event", "weekday_before", "weekday_after", "after", "before_unit", "age"]
    example: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word or phrase is: its class letter, its table value and how many atoms it takes."""

    letter: str
    value: str
    capitals: bool
    rest: tuple[str, ...]


def atoms_of(form: str) -> list[str]:
    """A phrase as the lexer cuts it: "s.d." is s . d ."""
    return ATOM.findall(form)


_REMEMBERED = 30_000


class Letters(dict[str, str]):
    """The letter of every atom: of the table's words what they are, of all others what they look like."""

    def __missing__(self, atom: str) -> str:
        """The letter of an atom that is no word of the table, remembered for the first words that come."""
        letter = _look(atom)
        if len(self) < _REMEMBERED:
            self[atom] = letter
        return letter


def _look(atom: str) -> str:
    first = atom[0]
    if first.isalpha():
        return LETTERS["word"]
    if "0" <= first <= "9":
        if len(atom) <= 2:
            return LETTERS["day_number"]
        return LETTERS["year_number"] if len(atom) == 4 and first in "12" else LETTERS["other_number"]
    return MARKS.get(atom, LETTERS["other"])


class Vocabulary:
    """Tables compiled for look-up by first word; longest phrase first."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.rows("calendar", CalendarWord)
        self.holidays = {h.form: h for h in lexicon.rows("holidays", Holiday)}
        self.meanings: dict[str, list[Meaning]] = {}
        for word in words:
            self._add(
                word.form, LETTERS[word.kind], word.value, capitals=word.kind in _NEEDS_CAPITALS and len(word.form) < 4
            )
        for form in self.holidays:
            self._add(form, LETTERS["holiday"], form, capitals=False)
        for found in self.meanings.values():
            found.sort(key=lambda m: -len(m.rest))
        self.letters, self.values = Letters(), dict[str, str]()
        for first, found in self.meanings.items():
            self._add_letter(first, found)
        self.movable = _movable(lexicon)
        self.not_dates: dict[str, frozenset[str]] = {}
        for row in lexicon.rows("not_dates", NotDate, key=lambda r: (r.form, r.kind)):
            self.not_dates[row.kind] = self.not_dates.get(row.kind, frozenset()) | {row.form}

    def _add(self, form: str, letter: str, value: str, *, capitals: bool) -> None:
        first, *rest = atoms_of(form)
        self.meanings.setdefault(first, []).append(Meaning(letter, value, capitals, tuple(rest)))

    def _add_letter(self, first: str, found: list[Meaning]) -> None:
        """The letter of a word in each of its spellings; of one that may open a phrase it is not settled yet."""
        sure = len(found) == 1 and not found[0].rest and not found[0].capitals
        for spelling in {first, first.capitalize(), first.upper()}:
            self.letters[spelling] = found[0].letter if sure else UNSETTLED
            if sure:
                self.values[spelling] = found[0].value

    def bars(self, kind: str, word: str, before: str = "") -> bool:
        """Is this lower-cased word, or the two words together ("piala dunia"), one of the table's that bar a date?"""
        barred = self.not_dates.get(kind, frozenset())
        return word in barred or (before != "" and f"{before} {word}" in barred)


def _movable(lexicon: Lexicon) -> dict[str, list[tuple[date, int | None]]]:
    days: dict[str, list[tuple[date, int | None]]] = {}
    for row in lexicon.rows("holiday_dates", HolidayDate):
        days.setdefault(row.name, []).append((date.fromisoformat(row.start), row.count))
    return days
