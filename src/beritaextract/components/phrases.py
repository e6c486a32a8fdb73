"""Phrases of the tables, found at a token of a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Generic, TypeVar

from beritaextract.layers import Words

Value = TypeVar("Value")

_TOKENS = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")


class Forms(Generic[Value]):
    """Phrases and what they mean, found at a token of a text: the longest one wins.

    Case does not count; blanks and line breaks between the words are passed over, so is an abbreviation in brackets
    ("Menteri Koordinator (Menko) Bidang Pangan"), and so are commas and ``joiners`` ("dan", "&") where the phrase has some
    of its own ("Pendidikan Tinggi, Sains & Teknologi").
    """

    def __init__(self, phrases: Iterable[tuple[str, Value]], joiners: Collection[str] = ()) -> None:
        self._joiners = frozenset({",", *joiners})
        self._by_first: dict[str, dict[str, list[tuple[tuple[str, ...], bool, Value]]]] = {}
        for phrase, value in phrases:
            tokens = _TOKENS.findall(phrase.lower())
            kept = tuple(w for k, w in enumerate(tokens) if not k or w not in self._joiners)
            for words in _spellings(kept):
                behind = self._by_first.setdefault(words[0], {}).setdefault(words[1] if len(words) > 1 else "", [])
                behind.append((words, len(kept) < len(tokens), value))
        for by_second in self._by_first.values():
            for found in by_second.values():
                found.sort(key=lambda item: -len(item[0]))

    def __contains__(self, word: str) -> bool:
        return word in self._by_first

    @property
    def first_words(self) -> Collection[str]:
        """The words that phrases begin with, in lower case."""
        return self._by_first.keys()

    def at(self, view: Words, i: int, end: int, first: str | None = None) -> tuple[int, Value] | None:
        """(token behind the phrase, its meaning) of the longest phrase that starts with token ``i``.

        ``first`` is what to read for token ``i``: the part of "eks-Wakil" behind the hyphen.
        """
        return next(self.all_at(view, i, end, first), None)

    def all_at(self, view: Words, i: int, end: int, first: str | None = None) -> Iterator[tuple[int, Value]]:
        """All phrases that start with token ``i``, the longest first."""
        by_second = self._by_first.get(first or view.lower[i])
        if by_second is None:
            return
        for second in self._seconds(view, i + 1, end):
            for words, joined, value in by_second.get(second, ()):
                after = self._follow(view, i, end, words, joined)
                if after is not None:
                    yield after, value

    def _seconds(self, view: Words, i: int, end: int) -> Iterator[str]:
        """What may be read as the second word of a phrase: the next one, that behind brackets or a joiner; last, none."""
        seen = {""}
        for at in (skip_blanks(view, i, end), self._next(view, i, end, True)):
            behind = self._next(view, at + 3, end, True) if at + 3 < end and view.text[at] == "(" else at
            for k in (at, behind):
                if k < end and view.lower[k] not in seen:
                    seen.add(view.lower[k])
                    yield view.lower[k]
        yield ""

    def _follow(self, view: Words, i: int, end: int, words: tuple[str, ...], joined: bool) -> int | None:
        """Token behind ``words``, the first of which is token ``i``, or None where the text goes on differently."""
        for k, word in enumerate(words):
            if k:
                i = self._next(view, i, end, joined)
                if i < end and view.text[i] == "(" and i + 3 < end and view.text[i + 2] == ")":
                    i = self._next(view, i + 3, end, joined)
                if i >= end or view.lower[i] != word:
                    return None
            i += 1
        return i

    def _next(self, view: Words, i: int, end: int, joined: bool) -> int:
        """The next token that is no white space, nor a comma or a joiner of a phrase that has some."""
        while i < end and (view.text[i].isspace() or (joined and view.lower[i] in self._joiners)):
            i += 1
        return i


def skip_blanks(view: Words, i: int, end: int) -> int:
    """The next token that is no white space."""
    while i < end and view.text[i].isspace():
        i += 1
    return i


def _spellings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """How the tokeniser may part the words of a phrase: a hyphen in one and a last full stop may be tokens of their own."""
    yield words
    if words[-1] == ".":
        yield (*words[:-2], words[-2] + ".")
    if any("-" in w for w in words):
        yield tuple(part for w in words for part in re.split(r"(-)", w))
