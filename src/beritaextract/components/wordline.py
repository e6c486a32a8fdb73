"""The content's words in one line, punctuation folded into what separates them: what names and posts are read from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from typing import Any, Generic, TypeVar

from spacy.tokens import Doc

from beritaextract.layers import TitleRow, Words, ranges, words

TITLE, ORGANIZATION, TOPONYM = 1, 2, 3
"""Values of ``Line.cover``: the layer whose span holds the word."""

BREAK = "x"
"""Value of ``Line.gap``: something ends before the word: a sentence, a paragraph, a quotation."""

Value = TypeVar("Value")


class Line:
    """Parallel lists over the words of the content, in text order.

    ``key`` is the word lower-cased without full stops at its end ("Dr." → "dr"). ``shape`` is C (Budi), U (BPBD), I (an
    initial: "M."), l (lower case), d (holds a digit). ``gap`` is what stands before the word: "" nothing but space,
    "," a comma, "(" or ")" a bracket, "/" a slash or dash, BREAK all else. ``first``/``last`` are token indices (``last``
    behind the word, an abbreviation's full stop included). ``cover`` is the layer that the word's span belongs to and
    ``span`` its index in that layer, ``area`` whether it is a word of an area's name, whatever covers it; ``titles`` are
    the rows of the layer of titles.
    """

    __slots__ = (
        "_spans",
        "area",
        "at",
        "cover",
        "first",
        "gap",
        "heading",
        "key",
        "last",
        "shape",
        "span",
        "text",
        "titles",
    )

    def __init__(self, doc: Doc, dotted: frozenset[str]) -> None:
        self.text: list[str] = []
        self.key: list[str] = []
        self.shape: list[str] = []
        self.gap: list[str] = []
        self.first: list[int] = []
        self.last: list[int] = []
        self._read(doc, dotted)
        self.at: dict[int, int] = {first: i for i, first in enumerate(self.first)}
        self.cover, self.span = [0] * len(self.text), [-1] * len(self.text)
        self.area = [False] * len(self.text)
        self.titles: list[TitleRow] = [row for _, _, row in ranges(doc, "titles")]
        self._lay(doc)
        self.heading = _headings(doc, self)
        self._spans = {
            layer: sorted(ranges(doc, layer), key=lambda found: found[:2]) for layer in ("toponyms", "organizations")
        }

    def __len__(self) -> int:
        return len(self.text)

    def rows_within(self, layer: str, first: int, last: int) -> Iterator[Any]:
        """The rows of the layer's spans (toponyms or organizations) that lie between two tokens."""
        spans = self._spans[layer]
        for start, end, row in islice(spans, bisect_left(spans, (first,)), None):
            if start >= last:
                return
            if end <= last:
                yield row

    def places_of(self, key: str) -> Iterator[int]:
        """Where the words with this key stand."""
        at = -1
        with suppress(ValueError):
            while True:
                at = self.key.index(key, at + 1)
                yield at

    def span_start(self, i: int) -> int:
        """First word of the span that word ``i`` belongs to."""
        a = i
        while a > 0 and self.cover[a - 1] == self.cover[i] and self.span[a - 1] == self.span[i]:
            a -= 1
        return a

    def span_end(self, i: int) -> int:
        """Behind the last word of the span that word ``i`` belongs to."""
        b = i + 1
        while b < len(self) and self.cover[b] == self.cover[i] and self.span[b] == self.span[i]:
            b += 1
        return b

    def _read(self, doc: Doc, dotted: frozenset[str]) -> None:
        """One pass over the tokens of the content."""
        view = words(doc)
        content, lower = view.content, view.lower
        edges = {start for start, _, _ in ranges(doc, "segments")}
        add_text, add_key, add_shape = self.text.append, self.key.append, self.shape.append
        add_gap, add_first, add_last = self.gap.append, self.first.append, self.last.append
        gap = BREAK
        for i, text in enumerate(view.text):
            if not content[i]:
                gap = BREAK
                continue
            if i in edges:
                gap = BREAK
            shape = _shape(text)
            if shape == "":
                if text == "." and not gap and view.end[i - 1] == view.start[i] and self._takes_stop(i, view, dotted):
                    self.last[-1] = i + 1
                elif not text.isspace():
                    gap = _GAPS.get(text, BREAK) if gap in ("", ")") or (gap == "," and text == "(") else BREAK
                continue
            if shape in "CU" and not gap and self._goes_on(view, i, text):
                self.last[-1] = i + 1
                self.text[-1] += text
                self.key[-1] += "." + lower[i]
                continue
            add_text(text)
            add_key(lower[i].rstrip(".") if text[-1] == "." else lower[i])
            add_shape(shape)
            add_gap(gap)
            add_first(i)
            add_last(i + 1)
            gap = BREAK if text[-1] == "." and len(text) > 5 and text[:-1].isalpha() else ""

    def _goes_on(self, view: Words, i: int, text: str) -> bool:
        """The rest of a degree that the tokeniser cut: "M.Tr." + "Hanla"."""
        if not self.last or self.last[-1] != i or view.end[i - 1] != view.start[i] or len(text) > 6:
            return False
        before = self.text[-1]
        return before[-1] == "." and ("." in before[:-1] or (before in ("S.", "M.") and self.gap[-1] == ","))

    def _takes_stop(self, i: int, view: Words, dotted: frozenset[str]) -> bool:
        """Does a full stop belong to the word before it: an abbreviation's, or "SE.," in a list of degrees?"""
        if not self.last or self.last[-1] != i:
            return False
        if i + 1 < len(view.text) and view.text[i + 1] == "," and self.shape[-1] == "U":
            return True
        return (
            self.key[-1] in dotted or len(self.key[-1]) == 1 or (0 < self.key[-1].rfind(".") >= len(self.key[-1]) - 5)
        )

    def _lay(self, doc: Doc) -> None:
        """Titles win over organisations, organisations over the areas inside them."""
        for layer, value in (("toponyms", TOPONYM), ("organizations", ORGANIZATION), ("titles", TITLE)):
            for index, (start, end, _) in enumerate(ranges(doc, layer)):
                for token in range(start, end):
                    i = self.at.get(token)
                    if i is not None and value == TOPONYM:
                        self.area[i] = True
                    if i is not None and not (value == TITLE and self._explains(i, end)):
                        self.cover[i], self.span[i] = value, index

    def _explains(self, i: int, end: int) -> bool:
        """An abbreviation in brackets behind an organisation is its own: "Kamar Dagang dan Industri (Kadin)"."""
        return i > 0 and self.gap[i] == "(" and self.cover[i - 1] == ORGANIZATION and end == self.last[i]


class PhraseIndex(Generic[Value]):
    """Phrases by their first word, the longest first: ``match(line, i)`` finds the one that starts at word ``i``."""

    def __init__(self, phrases: Iterable[tuple[str, Value]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for form, value in phrases:
            keys = tuple(part.rstrip(".").lower() for part in form.split())
            self._by_first.setdefault(keys[0], []).append((keys, value))
        for options in self._by_first.values():
            options.sort(key=lambda option: -len(option[0]))
        self._longest = max((len(keys) for options in self._by_first.values() for keys, _ in options), default=0)
        self.last_words = frozenset(keys[-1] for options in self._by_first.values() for keys, _ in options)

    def match(self, line: Line, i: int) -> tuple[int, Value] | None:
        """(index behind the phrase, its value) or None; no punctuation stands inside a phrase."""
        options = self._by_first.get(line.key[i])
        if options is None:
            return None
        for keys, value in options:
            size = len(keys)
            if size == 1:
                return i + 1, value
            end = i + size
            if end <= len(line.key) and tuple(line.key[i:end]) == keys and not any(line.gap[i + 1 : end]):
                return end, value
        return None

    def match_before(self, line: Line, end: int) -> tuple[int, Value] | None:
        """(index of the first word, value) of the longest phrase that ends right before word ``end``, or None."""
        if end == 0 or line.key[end - 1] not in self.last_words:
            return None
        for start in range(max(0, end - self._longest), end):
            found = self.match(line, start)
            if found is not None and found[0] == end:
                return start, found[1]
        return None

    def first_words(self) -> frozenset[str]:
        """Words that phrases begin with."""
        return frozenset(self._by_first)

    def words(self) -> set[str]:
        """Every word of every phrase."""
        return {key for options in self._by_first.values() for keys, _ in options for key in keys}


_GAPS: Mapping[str, str] = {",": ",", "(": "(", ")": ")", "/": "/", "&": "&", "-": "/", "–": "/"}


@lru_cache(maxsize=1 << 16)
def _shape(text: str) -> str:
    """ "Budi" → C, "BPBD" → U, "M." → I, "al-Ghifari" → C, "17", "Covid-19" → d, "dan" → l, punctuation → ""."""
    if not text[0].isalnum():
        return ""
    letters = text.rstrip(".")
    if any(c.isdigit() for c in letters):
        return "d"
    if letters[:1].isupper():
        if len(letters) == 1 or (len(letters) <= 5 and "." in letters and letters.isupper()):
            return "I"
        return "U" if letters.isupper() else "C"
    head, _, tail = letters.partition("-")
    return "C" if tail[:1].isupper() and len(head) <= 3 else "l"


def _headings(doc: Doc, line: Line) -> list[bool]:
    """Is the word in a headline: a title, a subheading, or a paragraph in which hardly a word is in lower case?"""
    heading, text = [False] * len(line), words(doc).text
    for start, end, row in ranges(doc, "segments"):
        a, b = bisect_left(line.first, start), bisect_left(line.first, end)
        if a == b:
            continue
        if row["kind"] in ("title", "subheading") or (is_title_case(line.shape[a:b]) and text[end - 1] != "."):
            heading[a:b] = [True] * (b - a)
    return heading


def is_title_case(shapes: Sequence[str]) -> bool:
    """At least six words, hardly one in lower case: "Bupati Lepas Kontingen Pramuka ke Jambore"."""
    letters = len(shapes) - shapes.count("d")
    return letters >= 6 and shapes.count("l") <= 0.25 * letters
