"""Where the headline of a linked article ends and the article itself goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

_WORD = re.compile(r"\S+")
_LIMIT = 220
_LONGEST = 150
_LONG_SENTENCE_CASE = 110
_FALLBACK_WORDS = 14
_REACH = 20_000
_GLUE = re.compile(
    r"(?<=[a-zà-ÿ0-9?!)%])(?=[A-ZÀ-Þ][a-zà-ÿ])|(?<=[A-Z]{2})(?=[A-ZÀ-Þ][a-zà-ÿ]{2})|(?<=[\wà-ÿ?!)%])(?=[\"“][A-ZÀ-Þ])"
)
_GAP = re.compile(r" {2,}|[ ]?\xa0+ ?|\t")
_QUOTED = r"(?:[a-z]+ ){0,3}['\"‘“’”][^\n]{8,200}?['\"’”]"
_STOP = re.compile(r"[.?!…]+[\"”']?\s*(?=[\"“”A-ZÀ-Þ])")
_FOREIGN = re.compile(r"\[|\([a-z]{2,5}/[a-z]{2,5}\)")
_NUMBER = re.compile(r"\s\d{1,2}\.$")
_BARE = ",.:;\"“”‘’'()!?"


@dataclass(frozen=True, slots=True)
class SegmentWord:
    """A row of ``segment_words.tsv``.

    ``role`` says what the word (lower-case) does: ``opener`` begins sentences ("Menurut", "Sementara", "Ia"), ``head``
    begins the description of a person ("Gubernur", "Ketua"), ``small`` stays lower-case in a headline ("di", "yang"),
    ``loose`` is written there either way ("soal", "usai"), ``here`` stands between a quoted headline and its colon ("di
    sini"), ``hanging`` ends no paragraph ("kata", "bahwa"), ``day`` is a day of the week, ``town`` a town of two words.
    """

    word: str
    role: Literal["opener", "head", "small", "loose", "here", "hanging", "day", "town"]
    example: str


class _Word(NamedTuple):
    at: int
    text: str
    bare: str
    low: bool  # an ordinary word in lower case, as headlines in title case have none


class HeadlineReader:
    """Reads a headline that stands before the rest of an article with nothing but its letters to tell them apart.

    Headlines are in title case ("Warga Rindang Tuntut Ganti Rugi") or, at agencies, in sentence case. Its words are rows
    of ``segment_words.tsv``.
    """

    def __init__(self, rows: tuple[SegmentWord, ...]) -> None:
        self._openers = frozenset(r.word for r in rows if r.role == "opener")
        self._heads = frozenset(r.word for r in rows if r.role == "head")
        self._loose = frozenset(r.word for r in rows if r.role == "loose")
        self._small = frozenset(r.word for r in rows if r.role == "small")
        here = "|".join(re.escape(r.word).replace(r"\ ", r"\s?") for r in rows if r.role == "here") or "(?!)"
        self._quoted = re.compile(rf"{_QUOTED}(?:\s?(?:(?:{here})\s?)?:|\s*(?=\[|$|\n))")

    def end(self, text: str, start: int, stop: int, *, own_line: bool = False) -> int:
        """Offset behind the headline that begins at ``start``; ``stop`` is the end of its line.

        ``own_line``: its label begins the line, so that a line without a full stop holds nothing else.
        """
        while start < stop and text[start] in " \xa0\t":
            start += 1
        hard = min(stop, start + _LIMIT)
        quoted = self._quoted.match(text, start, hard)
        if quoted:
            return quoted.end()
        edge = min(self._edges(text, start, hard), default=hard)
        alone = own_line and stop - start <= _LONGEST and text[stop - 1] not in '.,;:"”'
        change = None if alone else self._case_change(text, start, edge)
        if change is None and edge == hard and stop - start > _LONGEST:
            words = [*_WORD.finditer(text, start, hard)][:_FALLBACK_WORDS]
            return words[-1].end() if words else hard
        end = edge if change is None else change
        while end > start and text[end - 1].isspace():
            end -= 1
        number = _NUMBER.search(text, max(start, end - 4), end)
        return number.start() if number and end < stop else end

    def after_bare_lead(self, text: str, start: int, stop: int) -> int:
        """As ``end``, behind a lead without a colon, where most often no headline stands at all ("Baca Juga Adapun …")."""
        quoted = self._quoted.match(text, start, min(stop, start + _LIMIT))
        if quoted:
            return quoted.end()
        if self.is_list(text, start, stop):
            return stop
        words = [self._word(0, w) for w in text[start : start + 80].split()[:7] if w[:1].isalpha()]
        words = [w for w in words if w.bare not in self._small]
        if len(words) < 5 or words[0].bare in self._openers or not all(w.text[0].isupper() for w in words[:5]):
            return start
        edge = min(self._edges(text, start, min(stop, start + _LIMIT)), default=start)
        return start if self._case_change(text, start, edge) else edge

    def is_list(self, text: str, start: int, stop: int) -> bool:
        """Is the rest of a line nothing but headlines, one or several without a space between them, or one in marks?"""
        if text[start] in "'\"“‘" and text[stop - 1] in "'\"”’" and stop - start > 2:
            start, stop = start + 1, stop - 1
        if (
            stop - start > 2 * _LIMIT
            or text.count(" ", start, stop) < 2
            or text[stop - 1] in '.,;:"”’)…'
            or not text[start].isalnum()
        ):
            return False
        words = [w for w in text[start:stop].split() if w[:1].isalpha() and w.lower() not in self._small]
        if not words or words[0].strip(_BARE).lower() in self._openers or text.count(":", start, stop) > 1:
            return False
        return len(words) >= 3 and sum(w[0].isupper() for w in words) >= 0.7 * len(words)

    def _edges(self, text: str, start: int, hard: int) -> Iterator[int]:
        """Offsets at which the headline must have ended, told by other marks than case."""
        for glue in _GLUE.finditer(text, start + 10, hard):
            if text[glue.start()] in '"“' or self._is_new_sentence(text, glue.start(), hard):
                yield glue.start()
                break
        gap = _GAP.search(text, start + 10, hard)
        if gap:
            yield gap.start()
        foreign = _FOREIGN.search(text, start + 10, hard)
        if foreign:
            yield foreign.start()
        for mark in _STOP.finditer(text, start + 10, hard):
            if not self._is_title_case(text, mark.end(), hard):
                yield mark.start() + len(mark.group().rstrip().rstrip('"“'))
                break
        for quote in re.finditer(r"(?<=\s)[\"“”](?=[A-ZÀ-Þ])", text[start + 10 : hard]):
            at = start + 10 + quote.start()
            if sum(w[:1].islower() for w in text[at + 1 : at + 60].split()[1:5]) >= 2:
                yield at
                break

    def _is_new_sentence(self, text: str, at: int, hard: int) -> bool:
        """Does the capital at ``at`` begin a sentence ("…MarriedMeskipun terus"), not a part of a name ("YouTube")?"""
        words = text[at : min(hard, at + 80)].split()[:9]
        first = words[0].strip(_BARE)
        if first.lower() in self._openers:
            return True
        if self._is_next_headline(words):
            return False
        begin = at
        while begin > 0 and text[begin - 1].isalnum():
            begin -= 1
        if (
            len(first) >= 4
            and at - begin >= 4
            and text.count(text[begin : at + len(first)], max(0, at - _REACH), at + _REACH) == 1
        ):
            return True
        return len(words) > 2 and words[1][:1].islower() and words[2][:1].islower()

    def _is_next_headline(self, words: list[str]) -> bool:
        """Do so many capitals follow that it must be another headline, not a name: "…WirausahawanRealisasi Asuransi Usaha …"?"""
        if words[0].lower() in self._heads:
            return False
        large = [w for w in words if w[:1].isalpha() and w.lower() not in self._small]
        return len(large) >= 6 and all(w[0].isupper() for w in large)

    def _is_title_case(self, text: str, start: int, hard: int) -> bool:
        """Does the headline go on behind a full stop or question mark: "Kapan Libur Sekolah? Ini Jadwal Lengkapnya"?"""
        words = [
            w
            for w in text[start : min(hard, start + 80)].split()[:6]
            if w[:1].isalpha() and w.lower() not in self._small
        ]
        opens = bool(words) and words[0].strip(_BARE).lower() in self._openers
        if len(words) < 2 or (opens and (words[1][0].islower() or words[0][-1:] == ",")):
            return False
        return all(w[0].isupper() for w in words[:4])

    def _case_change(self, text: str, start: int, stop: int) -> int | None:
        """Offset where a sentence begins inside ``text[start:stop]``, told by its case, or None."""
        words = [self._word(m.start(), m.group()) for m in _WORD.finditer(text, start, stop)]
        if sum(w.low for w in words[1:6]) >= 2:
            return self._after_sentence_case(words)
        for k in range(2, len(words)):
            near = words[k + 1 : k + (3 if words[k].bare in self._loose else 7)]
            if words[k].low and any(w.low for w in near):
                return self._sentence_start(text, words, k, start, stop)
        return None

    def _word(self, at: int, text: str) -> _Word:
        bare = text.strip(_BARE)
        low = bare.lower()
        return _Word(at, text, low, bare[:1].islower() and low not in self._small)

    def _after_sentence_case(self, words: list[_Word]) -> int | None:
        """The word that begins a sentence behind a headline in sentence case: "… capai Rp7 miliar Sementara itu, …".

        An opener tells it at once; where the headline would else be too long, any capital between two ordinary words.
        """
        capitals = [
            i
            for i in range(3, len(words))
            if words[i].text.lstrip(_BARE)[:1].isupper() and words[i - 1].text[-1] not in ",:"
        ]
        opener = next((i for i in capitals if words[i].bare in self._openers), None)
        if opener is None and words[-1].at - words[0].at > _LONG_SENTENCE_CASE:
            between = (i for i in capitals if i >= 5 and words[i - 1].low and i + 1 < len(words) and words[i + 1].low)
            opener = next(between, None)
        return None if opener is None else words[opener].at

    def _sentence_start(self, text: str, words: list[_Word], k: int, start: int, stop: int) -> int | None:
        """The word that begins the sentence whose first ordinary lower-case word is number ``k``."""
        j = k - 1
        while j > 0 and not words[j].text.lstrip(_BARE)[:1].isupper():
            j -= 1
        if j < 2:
            return None
        for i in range(j, max(1, j - 8), -1):
            if self._opens(words, i, nearest=i == j):
                return words[i].at
        return words[self._name_start(text, words, j, start, stop)].at

    def _opens(self, words: list[_Word], i: int, *, nearest: bool) -> bool:
        """Does word ``i`` begin a sentence: "Namun,", "Selain itu", "Pada Kamis" (small words are low in a headline)?"""
        word = words[i]
        if not word.text.lstrip(_BARE)[:1].isupper() or words[i - 1].text[-1:] in ",:":
            return False
        if word.bare in self._small:
            return True
        return word.bare in self._openers and (nearest or word.text.endswith(",") or words[i + 1].text[:1].islower())

    def _name_start(self, text: str, words: list[_Word], j: int, start: int, stop: int) -> int:
        """The first word of the name or title that ends with word ``j``: it stands elsewhere in the article too."""
        low, high = max(0, start - _REACH), stop + _REACH
        opening = text[start : start + 25]
        if text.find(opening, low, start) >= 0 or text.find(opening, stop, high) >= 0:
            return j
        first = max(4, j - 6)
        for i in range(j, first - 1, -1):
            if words[i].bare in self._heads and all(w.text[:1].isupper() for w in words[i:j]):
                return i
        while j > first:
            pair = f"{words[j - 1].text} {words[j].text}"
            if (
                words[j - 1].bare in self._heads
                or text.find(pair, 0, start) >= 0
                or text.find(pair, stop, stop + 20_000) >= 0
            ):
                j -= 1
            else:
                break
        return j
