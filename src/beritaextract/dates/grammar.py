"""The small language in which rules are written, and the reading of a match.

A rule's pattern is a regular expression over a shape (lexer.py). ``{name}`` stands for one atom of that class, captured
under the name; a number behind the name tells two of a class apart (``{day} - {day2}``). Spaces are for reading only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from beritaextract.dates.expressions import Expression
from beritaextract.dates.lexer import Atoms
from beritaextract.dates.vocabulary import Vocabulary

CLASSES = {
    "weekday": "[WV]",
    "month": "[Mm]",
    "longmonth": "M",
    "hijri": "H",
    "day": "d",
    "num": "d",
    "year": "y",
    "year_or_two": "[yd]",
    "count": "[dN]",
    "unit": "[DwVbt]",
    "week": "[wV]",
    "one": "S",
    "direction": "[LK]",
    "narrative": "B",
    "told": "J",
    "relative": "[RK]",
    "timed": "T",
    "position": "A",
    "part": "Q",
    "ordinal": "[OI]",
    "join": "[-C&]",
    "zone": "Z",
    "holiday": "h",
    "hour": "d",
    "minute": "d",
    "after": "[LKR]",
}
"""The names that patterns may use: letters of lexer.py."""


@dataclass(frozen=True, slots=True)
class Found:
    """An expression over the atoms ``start`` up to ``end`` (not included); ``rule`` names the rule that found it."""

    expression: Expression
    start: int
    end: int
    rule: str


class Reading:
    """A match of a rule: which atoms its names caught, and what they are worth."""

    __slots__ = ("atoms", "end", "match", "start", "vocabulary")

    def __init__(self, atoms: Atoms, match: re.Match[str], vocabulary: Vocabulary) -> None:
        self.atoms, self.match, self.vocabulary = atoms, match, vocabulary
        self.start, self.end = match.span()

    def at(self, name: str) -> int | None:
        """The atom caught under the name, or None."""
        position = self.match.start(name) if name in self.match.re.groupindex else -1
        return position if position >= 0 else None

    def value(self, name: str) -> str | None:
        """Its table value, of a number its digits."""
        at = self.at(name)
        return None if at is None else self.atoms.value[at]

    def number(self, name: str) -> int | None:
        """Its value as a whole number."""
        value = self.value(name)
        return int(value) if value and value.lstrip("-").isdecimal() else None

    def need(self, name: str) -> int:
        """The same of a name that the pattern always catches."""
        number = self.number(name)
        if number is None:
            raise ValueError(f"{name} holds no number")
        return number

    def need_at(self, name: str) -> int:
        """The atom caught under a name that the pattern always catches."""
        return self.match.start(name)

    def direction(self, name: str = "direction") -> int | None:
        """-1 for "lalu", "kemarin"; 0 for "ini", "hari ini"; 1 for "depan", "besok"."""
        number = self.number(name)
        return None if number is None else (number > 0) - (number < 0)

    def tight(self, first: str, last: str) -> bool:
        """No space between the atoms of the two names ("2024-06-20")."""
        a, b = self.at(first), self.at(last)
        return a is not None and b is not None and all(self.atoms.touches(i) for i in range(a + 1, b + 1))


Builder = Callable[[Reading], "Expression | Sequence[Found] | None"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a pattern means. The builder gives None where the match is no date after all; then the next rule is tried."""

    name: str
    starts: frozenset[str]
    pattern: re.Pattern[str]
    build: Builder


def rule(name: str, starts: str, pattern: str, build: Builder) -> Rule:
    """A rule; ``pattern`` in the language of this module, ``starts`` the letters that a match can begin with."""
    return Rule(name, frozenset(starts), compiled(pattern), build)


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern in the language of this module as a regular expression over shapes."""
    return re.compile(re.sub(r"\{([a-z_]+)(\d?)\}", _capture, pattern.replace(" ", "")))


def _capture(match: re.Match[str]) -> str:
    return f"(?P<{match[1]}{match[2]}>{CLASSES[match[1]]})"
