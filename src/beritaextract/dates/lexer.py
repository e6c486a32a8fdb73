"""A text as atoms (words, numbers, marks) and its shape: one letter an atom, on which the grammar is written.

"Kamis (20/6/2024) pukul 19.00 WIB" has the shape ``W(d/d/y)cd.dZ``; words that say nothing about dates are ``x``.
"""

from __future__ import annotations

from itertools import compress

from beritaextract.dates.vocabulary import ATOM, LETTERS, UNSETTLED, Meaning, Vocabulary

_TIMED, _DAYS = LETTERS["relative_part"], frozenset(LETTERS["weekday"] + LETTERS["sunday_or_week"] + ")")
_OPENERS = frozenset(".?!\"“”‘'„«:;|•")


class Atoms:
    """The atoms of one stretch of text: where each starts and ends, its words as written, its value and the shape of all."""

    __slots__ = ("end", "shape", "start", "text", "value", "words")
    start: list[int]
    end: list[int]
    words: list[str]
    value: list[str]
    shape: str

    def __init__(self, text: str, start: int, end: int, vocabulary: Vocabulary) -> None:
        self.text = text
        self._read(start, end, vocabulary)

    def __len__(self) -> int:
        return len(self.start)

    def touches(self, i: int) -> bool:
        """Does atom ``i`` stand right behind the one before it, without a space?"""
        return 0 < i < len(self.start) and self.end[i - 1] == self.start[i]

    def lower(self, i: int) -> str:
        """Atom ``i`` in small letters; empty outside the stretch."""
        return self.words[i].lower() if 0 <= i < len(self.words) else ""

    def after(self, i: int) -> str:
        """The character right behind the atom before ``i``; empty at the end of the text."""
        end = self.end[i - 1]
        return self.text[end : end + 1]

    def opens_sentence(self, i: int) -> bool:
        """Is atom ``i`` the first of the stretch, or behind a mark that ends a sentence or opens a quotation?"""
        return i == 0 or self.words[i - 1] in _OPENERS

    def _read(self, start: int, end: int, vocabulary: Vocabulary) -> None:
        matches = list(ATOM.finditer(self.text, start, end))
        self.words = [m.group() for m in matches]
        self.start = [m.start() for m in matches]
        self.end = [m.end() for m in matches]
        self.value = list(map(vocabulary.values.get, self.words, self.words))
        letters = list(map(vocabulary.letters.__getitem__, self.words))
        self.shape = "".join(letters)
        if UNSETTLED in self.shape:
            self._settle(letters, vocabulary)

    def _settle(self, letters: list[str], vocabulary: Vocabulary) -> None:
        """Find the phrases ("hari ini", "sampai dengan") and make one atom of each."""
        keep, behind = bytearray(b"\1") * len(letters), 0
        i = self.shape.find(UNSETTLED)
        while i >= 0:
            if i >= behind:
                found = vocabulary.meanings[self.words[i].lower()]
                meaning = self._meaning(found, i, letters[i - 1] if i else "")
                letters[i] = meaning.letter if meaning else _look(self.words[i])
                if meaning is not None:
                    behind = i + 1 + len(meaning.rest)
                    self.value[i] = meaning.value
                    self.end[i] = self.end[behind - 1]
                    self.words[i] = self.text[self.start[i] : self.end[i]]
                    keep[i + 1 : behind] = bytes(len(meaning.rest))
            i = self.shape.find(UNSETTLED, i + 1)
        self.shape = "".join(compress(letters, keep))
        if 0 in keep:
            self.start, self.end = list(compress(self.start, keep)), list(compress(self.end, keep))
            self.words, self.value = list(compress(self.words, keep)), list(compress(self.value, keep))

    def _meaning(self, found: list[Meaning], i: int, previous: str) -> Meaning | None:
        """The longest phrase of ``found`` that stands at atom ``i``; "malam nanti" is none in "Sabtu malam nanti"."""
        for meaning in found:
            if meaning.letter == _TIMED and previous in _DAYS:
                continue
            if meaning.capitals and not self.words[i][0].isupper():
                continue
            width = len(meaning.rest)
            if not width or [w.lower() for w in self.words[i + 1 : i + 1 + width]] == list(meaning.rest):
                return meaning
        return None


def _look(word: str) -> str:
    """The letter of a word that opens no phrase here."""
    return LETTERS["word"] if word[0].isalpha() else LETTERS["other"]
