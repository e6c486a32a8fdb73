"""Phrases of the tables, found at a token of a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from beritaextract.layers import Words

Value = TypeVar("Value")

_JOINERS = frozenset({",", "dan", "&"})
_TOKENS = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")


class Forms(Generic[Value]):
    """Phrases and what they mean, found at a token of a text: the longest one wins.

    Case does not count; blanks and line breaks between the words are passed over, so is an abbreviation in brackets
    ("Menteri Koordinator (Menko) Bidang Pangan"), and so are commas and "dan" where the phrase has some of its own
    ("Pendidikan Tinggi, Sains & Teknologi").
    """

    def __init__(self, phrases: Iterable[tuple[str, Value]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], bool, Value]]] = defaultdict(list)
        for phrase, value in phrases:
            for words in _spellings(phrase):
                self._by_first[words[0]].append((words, "," in phrase or " dan " in phrase, value))
        for found in self._by_first.values():
            found.sort(key=lambda item: -len(item[0]))

    def __contains__(self, word: str) -> bool:
        return word in self._by_first

    def at(self, view: Words, i: int, end: int, first: str | None = None) -> tuple[int, Value] | None:
        """(token behind the phrase, its meaning) of the longest phrase that starts with token ``i``.

        ``first`` is what to read for token ``i``: the part of "eks-Wakil" behind the hyphen.
        """
        return next(self.all_at(view, i, end, first), None)

    def all_at(self, view: Words, i: int, end: int, first: str | None = None) -> Iterator[tuple[int, Value]]:
        """All phrases that start with token ``i``, the longest first."""
        for words, commas, value in self._by_first.get(first or view.lower[i], ()):
            after = _follow(view, i, end, words, commas)
            if after is not None:
                yield after, value


def skip_blanks(view: Words, i: int, end: int) -> int:
    """The next token that is no white space."""
    while i < end and view.text[i].isspace():
        i += 1
    return i


def _spellings(phrase: str) -> Iterator[tuple[str, ...]]:
    """The tokens of a phrase without what joins them; a hyphen in a word and a last full stop may be tokens of their own."""
    words = tuple(w for w in _TOKENS.findall(phrase.lower()) if w not in _JOINERS)
    yield words
    if words[-1] == ".":
        yield (*words[:-2], words[-2] + ".")
    if any("-" in w for w in words):
        yield tuple(part for w in words for part in re.split(r"(-)", w))


def _follow(view: Words, i: int, end: int, words: tuple[str, ...], joined: bool) -> int | None:
    """Token behind ``words``, the first of which is token ``i``, or None where the text goes on differently."""
    for k, word in enumerate(words):
        if k:
            i = _next(view, i, end, joined)
            if i < end and view.text[i] == "(" and i + 3 < end and view.text[i + 2] == ")":
                i = _next(view, i + 3, end, joined)
            if i >= end or view.lower[i] != word:
                return None
        i += 1
    return i


def _next(view: Words, i: int, end: int, joined: bool) -> int:
    """The next token that is no white space, nor a comma or "dan" of a phrase that has some."""
    while i < end and (view.text[i].isspace() or (joined and view.lower[i] in _JOINERS)):
        i += 1
    return i
