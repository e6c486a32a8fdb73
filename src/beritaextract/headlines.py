"""Where the headline of a linked article ends and the article itself goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_WORD = re.compile(r"[^\s]+")
_LIMIT = 220
_GLUE = re.compile(r"(?<=[a-zà-ÿ0-9?!)%])(?=[A-ZÀ-Þ][a-zà-ÿ]+ [a-zà-ÿ])|(?<=[\wà-ÿ?!)%])(?=[\"“][A-ZÀ-Þ])")
_GAP = re.compile(r" {2,}|[ ]?\xa0+ ?|\t")
_QUOTED = re.compile(r"['\"‘“’”][^\n]{8,200}?['\"’”]\s?:")
_STOP = re.compile(r"[.?!…] +(?=[\"“”A-ZÀ-Þ])")


@dataclass(frozen=True, slots=True)
class SegmentWord:
    """A row of ``segment_words.tsv``.

    ``role`` says what the word (lower-case) does: ``opener`` begins sentences ("Menurut", "Sementara", "Ia"), ``head``
    begins the description of a person ("Gubernur", "Ketua"), ``small`` stays lower-case in a headline ("di", "yang"),
    ``day`` is a day of the week, ``town`` a town of two words that datelines name.
    """

    word: str
    role: Literal["opener", "head", "small", "day", "town"]
    example: str


class HeadlineReader:
    """Reads a headline that stands before the rest of an article with nothing but its letters to tell them apart.

    Its words are rows of ``segment_words.tsv``.
    """

    def __init__(self, rows: tuple[SegmentWord, ...]) -> None:
        self._openers = frozenset(r.word for r in rows if r.role == "opener")
        self._heads = frozenset(r.word for r in rows if r.role == "head")
        self._small = frozenset(r.word for r in rows if r.role == "small")

    def end(self, text: str, start: int, stop: int) -> int:
        """Offset behind the headline that begins at ``start``; ``stop`` is the end of its line."""
        while start < stop and text[start] in " \xa0\t":
            start += 1
        hard = min(stop, start + _LIMIT)
        quoted = _QUOTED.match(text, start, hard)
        if quoted:
            return quoted.end()
        candidates = [hard] if hard == stop and stop - start <= 170 else []
        glue = _GLUE.search(text, start + 10, hard)
        if glue:
            candidates.append(glue.start())
        gap = _GAP.search(text, start + 10, hard)
        if gap:
            candidates.append(gap.start())
        for mark in _STOP.finditer(text, start + 10, hard):
            if not self._is_title_case(text, mark.end(), min(stop, mark.end() + 60)):
                candidates.append(mark.start() + 1)
                break
        quote = self._quoted_sentence(text, start + 10, hard)
        if quote is not None:
            candidates.append(quote)
        edge = min(candidates, default=hard)
        change = self._case_change(text, start, edge)
        return edge if change is None else change

    def _quoted_sentence(self, text: str, start: int, stop: int) -> int | None:
        """Offset of a quotation mark that opens a sentence of the article rather than words in a headline."""
        for match in re.finditer(r"(?<=\s)[\"“”](?=[A-ZÀ-Þ])", text[start:stop]):
            at = start + match.start()
            words = text[at + 1 : at + 60].split()[:5]
            if sum(w[:1].islower() for w in words[1:]) >= 2:
                return at
        return None

    def _is_title_case(self, text: str, start: int, stop: int) -> bool:
        words = [w for w in text[start:stop].split()[:5] if w[:1].isalpha() and w.lower() not in self._small]
        return len(words) >= 2 and sum(w[:1].isupper() for w in words) >= len(words) - (len(words) > 3)

    def _case_change(self, text: str, start: int, stop: int) -> int | None:
        """Offset where a sentence begins inside ``text[start:stop]``, told by its case, or None."""
        words = [(m.start(), m.group()) for m in _WORD.finditer(text, start, stop)]
        low = [w[:1].islower() and w.lower().strip(",.") not in self._small for _, w in words]
        if sum(low[1:6]) >= 2:
            return self._after_sentence_case(words)
        k = next((i for i in range(2, len(words)) if low[i]), None)
        if k is None or not any(low[k + 1 : k + 6]):
            return None
        return self._sentence_start(text, words, k, start, stop)

    def _after_sentence_case(self, words: list[tuple[int, str]]) -> int | None:
        """The first sentence opener behind a headline in sentence case ("… capai Rp7 miliar Sementara itu, …")."""
        for i, (at, word) in enumerate(words):
            bare = word.strip(',"“”')
            if (
                i >= 3
                and bare[:1].isupper()
                and not words[i - 1][1].endswith((",", ":"))
                and bare.lower() in self._openers
            ):
                return at
        return None

    def _sentence_start(self, text: str, words: list[tuple[int, str]], k: int, start: int, stop: int) -> int | None:
        """The word that begins the sentence whose first ordinary lower-case word is number ``k``."""
        j = k - 1
        while j > 0 and not words[j][1].lstrip('"“(')[:1].isupper():
            j -= 1
        if j < 2:
            return None
        for i in range(j, max(1, j - 8), -1):
            if words[i][1].strip(',"“”').lower() in self._openers and (i == j or words[i][1].endswith(",")):
                return words[i][0]
        before, after = text[:start], text[stop:]
        while j > 2:
            pair = f"{words[j - 1][1]} {words[j][1]}"
            if words[j - 1][1].lower() in self._heads or pair in before or pair in after:
                j -= 1
            else:
                break
        return words[j][0]
