"""A text as atoms (words, numbers, marks) and its shape: one letter an atom, on which the grammar is written.

"Kamis (20/6/2024) pukul 19.00 WIB" has the shape ``W(d/d/y)cd.dZ``; words that say nothing about dates are ``x``.
"""

from __future__ import annotations

from beritaextract.dates.vocabulary import ATOM, LETTERS, Meaning, Vocabulary

_MARKS = {c: c for c in "/.,:()-"} | {"–": "-", "—": "-", "−": "-", "‑": "-", "[": "(", "]": ")"}
_DAY, _YEAR, _NUMBER = LETTERS["day_number"], LETTERS["year_number"], LETTERS["other_number"]
_TIMED, _DAYS = LETTERS["relative_part"], frozenset(LETTERS["weekday"] + LETTERS["sunday_or_week"] + ")")
_OPENERS = frozenset(".?!\"“”‘'„«:;|•")
_WORD, _OTHER = LETTERS["word"], LETTERS["other"]


class Atoms:
    """The atoms of one stretch of text: where each starts and ends, its words as written, its value and the shape of all."""

    __slots__ = ("end", "shape", "start", "text", "value", "words")

    def __init__(self, text: str, start: int, end: int, vocabulary: Vocabulary) -> None:
        self.text = text
        self.start: list[int] = []
        self.end: list[int] = []
        self.words: list[str] = []
        self.value: list[str] = []
        self.shape = ""
        self._read(start, end, vocabulary.meanings)

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

    def _read(self, start: int, end: int, meanings: dict[str, list[Meaning]]) -> None:
        spans = [(m.group(), m.start()) for m in ATOM.finditer(self.text, start, end)]
        letters: list[str] = []
        i, count = 0, len(spans)
        while i < count:
            word, at = spans[i]
            width, value = 1, ""
            if word.isdecimal():
                letter, value = _number(word), word
            elif (found := meanings.get(word if word.islower() else word.lower())) is not None and (
                meaning := _meaning(found, spans, i, letters[-1] if letters else "")
            ):
                letter, value, width = meaning.letter, meaning.value, 1 + len(meaning.rest)
            elif word[0].isalpha():
                letter = _WORD
            else:
                letter = _MARKS.get(word, _OTHER)
            last, last_at = spans[i + width - 1]
            letters.append(letter)
            self.start.append(at)
            self.end.append(last_at + len(last))
            self.words.append(word if width == 1 else self.text[at : last_at + len(last)])
            self.value.append(value)
            i += width
        self.shape = "".join(letters)


def _meaning(found: list[Meaning], spans: list[tuple[str, int]], i: int, previous: str) -> Meaning | None:
    """The longest phrase of ``found`` that stands at atom ``i``; "malam nanti" is none in "Sabtu malam nanti"."""
    for meaning in found:
        if meaning.letter == _TIMED and previous in _DAYS:
            continue
        if meaning.capitals and not spans[i][0].isupper():
            continue
        following = spans[i + 1 : i + 1 + len(meaning.rest)]
        if len(following) == len(meaning.rest) and all(
            w.lower() == r for (w, _), r in zip(following, meaning.rest, strict=True)
        ):
            return meaning
    return None


def _number(word: str) -> str:
    if len(word) <= 2:
        return _DAY
    return _YEAR if len(word) == 4 and word[0] in "12" else _NUMBER
