"""The content of an article as the stages for quotes and speakers read it: words without blanks, in sentences and passages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple
from weakref import WeakKeyDictionary, ref

from spacy.tokens import Doc

from beritaextract.layers import ranges, words

_ENDS = frozenset({".", "?", "!", "…", "...", ".."})


class Passage(NamedTuple):
    """A passage between marks in word indices, marks included; ``whole`` when it has both, ``lone`` when only the last."""

    start: int
    end: int
    whole: bool
    lone: bool
    first: int  # index of the first word inside
    last: int  # index behind the last word inside


class Found(NamedTuple):
    """A quote in word indices, before it is written: its words, its cue, and the first word of the quote that it continues."""

    start: int
    end: int
    kind: str
    cue: int | None
    link: int | None
    confidence: float
    by: str


class Discourse:
    """The content words of a Doc (no blanks, no boilerplate) as parallel lists, with their sentences, segments and passages.

    ``token[i]`` is the Doc's token of word ``i``; ``sentence[i]`` the number of its sentence, whose words are
    ``sentences[n]``; ``segment[i]`` its paragraph; ``inside[i]`` the number of the outermost whole passage it stands in, or -1.
    """

    __slots__ = (
        "_doc",
        "end",
        "inside",
        "lower",
        "passages",
        "segment",
        "sentence",
        "sentences",
        "start",
        "text",
        "token",
        "word_of",
    )

    def __init__(self, doc: Doc) -> None:
        view = words(doc)
        self._doc = ref(doc)  # a strong one would keep the Doc in _latest, and itself, for ever
        self.token = [i for i, ok in enumerate(view.content) if ok and not view.text[i].isspace()]
        self.text = [view.text[i] for i in self.token]
        self.lower = [view.lower[i] for i in self.token]
        self.start = [view.start[i] for i in self.token]
        self.end = [view.end[i] for i in self.token]
        self.word_of = _word_of(len(view), self.token)
        self.segment = _segments(doc, self.token)
        self.passages = self._passages()
        self.inside = [-1] * len(self.token)
        for n, p in enumerate(self.passages):
            if p.whole:
                self.inside[p.start : p.end] = [n] * (p.end - p.start)
        self.sentences, self.sentence = self._sentences()

    @property
    def doc(self) -> Doc:
        """The Doc, which whoever asks is working on."""
        doc = self._doc()
        assert doc is not None
        return doc

    def __len__(self) -> int:
        return len(self.token)

    def is_word(self, i: int) -> bool:
        """Is item ``i`` a word or number rather than punctuation?"""
        return self.text[i][0].isalnum()

    def is_upper(self, i: int) -> bool:
        """Does item ``i`` begin with a capital letter?"""
        return self.text[i][0].isupper()

    def small(self, i: int) -> str:
        """Item ``i`` where it is written small, else nothing: "dalam", but not the "Dalam" of "Menteri Dalam Negeri"."""
        return "" if self.text[i][0].isupper() else self.lower[i]

    def _passages(self) -> list[Passage]:
        """Outermost passages; the one inside another is part of it."""
        found: list[Passage] = []
        for start, end, row in ranges(self.doc, "marks"):
            a, b = self.word_of[start], self.word_of[end]
            if a == b or (found and a < found[-1].end and found[-1].whole):
                continue
            width = _mark_width(self.text, a, b)
            closed = bool(row["closed"])
            if b - a <= width:
                found.append(Passage(a, b, False, True, a, a))
            else:
                behind = width if self.text[a] == "?" else _mark_width(self.text, b - 1, a)
                found.append(Passage(a, b, closed, False, a + width, b - (behind if closed else 0)))
        return found

    def _sentences(self) -> tuple[list[tuple[int, int]], list[int]]:
        starts = self._given_starts() if self.doc.has_annotation("SENT_START") else self._guessed_starts()
        bounds = sorted({0, len(self), *starts})
        sentences = [(a, b) for a, b in pairwise(bounds) if a < b]
        number = [n for n, (a, b) in enumerate(sentences) for _ in range(a, b)]
        return sentences, number

    def _given_starts(self) -> list[int]:
        marked = (self.doc.to_array(["SENT_START"]) == 1).tolist()
        starts = {self.word_of[i] for i, first in enumerate(marked) if first}
        starts |= {i for i in range(1, len(self)) if self.segment[i] != self.segment[i - 1]}
        return [i for i in starts if i >= len(self) or self._may_split(i)]

    def _guessed_starts(self) -> list[int]:
        """Where no splitter ran: behind a final mark, before a capital letter."""
        return [
            i + 1
            for i in range(len(self) - 1)
            if self.text[i] in _ENDS and self.is_upper(i + 1) and self._may_split(i + 1)
        ]

    def _may_split(self, i: int) -> bool:
        n = self.inside[i]
        return n < 0 or not self.passages[n].whole or i == self.passages[n].start


_latest: WeakKeyDictionary[Doc, Discourse] = WeakKeyDictionary()


def discourse(doc: Doc, *, again: bool = False) -> Discourse:
    """The Doc's discourse; read ``again`` by the first stage, and shared with the next."""
    found = None if again else _latest.get(doc)
    if found is None:
        found = _latest[doc] = Discourse(doc)
    return found


def _mark_width(text: Sequence[str], i: int, other: int) -> int:
    """Two single marks ('') are one double mark, as are two question marks that stand for one (??Kita siap,??)."""
    step = 1 if other > i else -1
    j = i + step
    return 2 if 0 <= j < len(text) and text[i] in "'‘’`?" and text[j] == text[i] else 1


def _word_of(n: int, token: Sequence[int]) -> list[int]:
    """For every token index (and the one behind the last) the index of the first word at or behind it."""
    found = [0] * (n + 1)
    w = 0
    for i in range(n):
        found[i] = w
        if w < len(token) and token[w] == i:
            w += 1
    found[n] = w
    return found


def _segments(doc: Doc, token: Sequence[int]) -> list[int]:
    number = [0] * len(doc)
    for n, (start, end, _) in enumerate(ranges(doc, "segments")):
        number[start:end] = [n] * (end - start)
    return [number[i] for i in token]
