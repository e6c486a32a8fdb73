"""Paragraphs of a text whose line breaks cannot be trusted.

Scrapers break the line at every inline link ("Gubernur Jakarta⏎Pramono Anung⏎menyatakan …⏎."), write one line a sentence, or
none at all. A paragraph ends where the line ends like a sentence or a heading and the next one begins like a new one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

Range = tuple[int, int]

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_ENDS = re.compile(r"[.!?…:;][\"”’'»)\]*]*\s*$|[\"”»]\s*$")
_HANGS = re.compile(r"[,(\[“«&/–—-]\s*$")
_LAST_WORD = re.compile(r"(\w+)\s*$")
_CONTINUES = re.compile(r"[a-zà-ÿ,.;:!?)\]”’»%]")
_HEADING_WORDS = 12


def lines(text: str, start: int, end: int) -> Iterator[Range]:
    """The lines of ``text[start:end]`` that are not blank, without the blanks around them; any kind of line end."""
    for match in _LINE.finditer(text, start, end):
        yield from strip(text, match.start(), match.end())


def strip(text: str, start: int, end: int) -> list[Range]:
    """``[(start, end)]`` without the blanks at its ends, or ``[]`` when there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [(start, end)] if start < end else []


def has_link_breaks(text: str, spans: list[Range]) -> bool:
    """Do lines break at inline links? A line that goes on in the middle of a sentence gives it away."""
    return any(
        _CONTINUES.match(text, start) and not _ENDS.search(text[max(0, before[1] - 8) : before[1]])
        for before, (start, _) in pairwise(spans)
    )


class ParagraphReader:
    """Puts lines together to paragraphs. ``hanging`` are words, lower-case, that no paragraph ends with: "oleh", "yang"."""

    def __init__(self, hanging: Collection[str]) -> None:
        self._hanging = frozenset(hanging)

    def read(self, text: str, start: int, end: int, *, link_breaks: bool) -> Iterator[Range]:
        """The paragraphs of ``text[start:end]`` in order; together they cover all of it that is not blank."""
        current: Range | None = None
        for line in lines(text, start, end):
            if current is None:
                current = line
            elif self._goes_on(text, current, line, link_breaks=link_breaks):
                current = (current[0], line[1])
            else:
                yield current
                current = line
        if current is not None:
            yield current

    def _goes_on(self, text: str, current: Range, line: Range, *, link_breaks: bool) -> bool:
        """Does ``line`` belong to the paragraph that ``current`` is so far?"""
        tail = text[max(current[0], current[1] - 16) : current[1]]
        if line[1] - line[0] <= 2 and not text[line[0]].isalnum():
            return True
        if _ENDS.search(tail):
            return False
        last = _LAST_WORD.search(tail)
        if _CONTINUES.match(text, line[0]) or _HANGS.search(tail) or (last and last.group(1) in self._hanging):
            return True
        return link_breaks and text.count("\n", current[1], line[0]) == 1 and not _stands_alone(text, current, line)


def is_heading(text: str, start: int, end: int) -> bool:
    """Is the paragraph shaped like a heading: "Syarat Balik Nama Kendaraan", "Apa Dampaknya?"."""
    size = end - start
    if size > 100 or not (text[start].isupper() or text[start].isdigit()):
        return False
    last = text[end - 1]
    return last not in '.,;:!…"”' and 2 <= len(text[start:end].split()) <= _HEADING_WORDS


def _stands_alone(text: str, current: Range, line: Range) -> bool:
    """Is ``current`` a heading over the paragraph that ``line`` begins, in a text whose lines break anywhere?"""
    start, end = current
    if (start and text[start - 1] not in "\n\r") or line[1] - line[0] < 60 or not is_heading(text, start, end):
        return False
    words = [w for w in text[start:end].split() if w[0].isalpha()]
    return "\n" not in text[start:end] and len(words) >= 3 and sum(w[0].isupper() for w in words) >= 0.7 * len(words)
