"""Names of people across articles: which two may be one person's, and how many officials bear such a name by chance."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from beritaextract.components.name_tables import Degree, Honorific, NameWord, Rank
from beritaextract.components.persons import is_nickname, likeness
from beritaextract.lexicon import Lexicon

Words = tuple[str, ...]
How = Literal["same", "inside", "end", "spelt", "nick", "glued"]

OFFICIALS = 100_000
"""How many people of public office a name may mean: the order of heads of villages, members of councils, heads of offices and
officers of Indonesia whom newspapers name."""

RAREST = 0.005
"""No name alone says more than that in two hundred registers one other official bears it: names run in families."""

UNSEEN = 5
"""Added to the count of a word: what the counts have hardly seen need not be rare ("Hari", which they know as the day)."""

WORDS = 2.5
"""Words of a name on average: a word that is one in a thousand of all words stands in every four hundredth name."""

NEAR: dict[How, float] = {"same": 1.0, "inside": 1.0, "end": 10.0, "spelt": 3.0, "nick": 5.0, "glued": 3.0}
"""How many more names a form fits that is spelt a little otherwise, or a nickname; one without the first word ("end") most:
people are called by it."""

GLUED = 4
"""Letters that a word must have to be seen in one it is glued to: "RI|Prabowo", "Subianto|menilai"."""

INITIAL = 0.08
"""How often a word of a name begins with a given letter."""

_WORD = re.compile(r"[^\W\d_]+(?:['’‘`-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class NameVariant:
    """A row of ``name_variants.tsv``: a word of names and the way in which it is compared ("moch", muhammad)."""

    form: str
    name: str
    example: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """That two names may be one person's: how they are alike, and how many other officials the shared form fits."""

    how: How
    others: float

    @property
    def share(self) -> float:
        """The share of officials that the shared form fits."""
        return self.others / OFFICIALS


class Names:
    """What is known of the names of people, from the tables."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._variants = {row.form: row.name for row in lexicon.rows("name_variants", NameVariant)}
        rows = lexicon.rows("name_words", NameWord)
        self._counts = {row.word: row.names for row in rows if row.names > 0}
        for form, name in self._variants.items():
            self._counts[name] = self._counts.get(name, 0) + self._counts.get(form, 0)
        self._total = sum(row.names for row in rows)
        self._before = frozenset(
            _plain(row.form) for row in lexicon.rows("honorifics", Honorific) if row.kind != "name"
        )
        self._before |= {_plain(row.form) for row in lexicon.rows("ranks", Rank)}
        self._behind = frozenset(_plain(row.form) for row in lexicon.rows("degrees", Degree))

    def words(self, name: str) -> Words:
        """The words by which a name is compared: "H. Moch. Ridwan, S.H." -> ("muhammad", "ridwan")."""
        head, *_ = name.split(",")
        parts = [part for part in head.split() if _WORD.search(part)]
        while len(parts) > 1 and _plain(parts[0]) in self._before:
            parts.pop(0)
        while len(parts) > 1 and "." in parts[-1] and _plain(parts[-1]) in self._behind:
            parts.pop()
        found = (word for part in parts for word in _WORD.findall(part.lower()))
        return tuple(self._variants.get(word, word) for word in map(_straight, found))

    def others(self, words: Sequence[str]) -> float:
        """How many other officials one expects to find whose name is written so: "Budi Santoso" five, "Budi" a thousand."""
        shares = sorted(map(self._share, words))
        told = [*shares[:2], *(math.sqrt(share) for share in shares[2:])]  # words of a long name go together
        return max(RAREST, OFFICIALS * math.prod(told))

    def alike(self, a: Words, b: Words) -> Likeness | None:
        """How two names may be one person's; None when they cannot.

        "Sri Mulyani" and "Sri Mulyani Indrawati" inside, "Mulyani" and "Sri Mulyani" end, "Akhmad Salim" and "Ahmad Salim" the
        same, "Ratmini Lestari" and "Ratmani Lestari" spelt, "Jokowi" and "Joko Widodo" nick, "Ratmini Lestari" and
        "RIRatmini Lestarimenilai" glued.
        """
        short, long = sorted((a, b), key=lambda words: (len(words), sum(map(len, words)), words))
        how = self._how(short, long)
        return Likeness(how, NEAR[how] * self.others(short)) if how else None

    def _how(self, short: Words, long: Words) -> How | None:
        if short == long:
            return "same"
        if likeness(short, long) >= 2:
            if len(short) == len(long):
                return "spelt"
            return "inside" if short[0][0] == long[0][0] else "end"
        if is_nickname(short, long):
            return "nick"
        return "glued" if len(short) == len(long) > 1 and _is_glued(short, long) else None

    def is_short(self, words: Words) -> bool:
        """A form that fits many names: one word, or one and initials."""
        return sum(len(word) > 1 for word in words) < 2

    def _share(self, word: str) -> float:
        if len(word) == 1:
            return INITIAL
        return WORDS * (self._counts.get(word, 0) + UNSEEN) / self._total


def _straight(word: str) -> str:
    return word.replace("’", "'").replace("‘", "'").replace("`", "'")


def _plain(form: str) -> str:
    return form.replace(".", "").replace(" ", "").lower()


def _is_glued(short: Words, long: Words) -> bool:
    """Are the words those of the other name, but for what was glued to the first or behind the last?"""
    return (
        short[1:-1] == long[1:-1]
        and any(_ends(*pair) for pair in ((short[0], long[0]), (long[0], short[0])))
        and any(_ends(a[::-1], b[::-1]) for a, b in ((short[-1], long[-1]), (long[-1], short[-1])))
    )


def _ends(word: str, glued: str) -> bool:
    return word == glued or (len(word) >= GLUED and glued.endswith(word))
