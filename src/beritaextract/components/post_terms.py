"""What the words beside a post tell of its time: the years of its term, a dismissal; and an age between name and post."""

from __future__ import annotations

import re

from beritaextract.components.name_tables import PostWords
from beritaextract.components.wordline import BREAK, Line

_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = 4
_NEAR = 4
_FAR = 12


def is_over(line: Line, end: int, words: PostWords, year: str) -> bool:
    """Did a post end before the ``year`` of the article: "Bupati Kendal |(2010-2015)|", "Ketua KPU |periode 2012–2017|"?"""
    if not year or end >= len(line):
        return False
    at = end + 1 if not line.gap[end] and line.key[end] in words["term"] else end
    if at >= len(line) or line.gap[at] not in ("", "(") or (at == end and line.gap[at] != "("):
        return False
    joined = at + 1 < len(line) and line.gap[at + 1] == "/"
    years = [*_YEAR.findall(line.text[at]), *(_YEAR.findall(line.text[at + 1]) if joined else ())]
    return len(years) > 1 and years[-1] < year


def is_dismissed(line: Line, start: int, end: int, words: PostWords) -> bool:
    """Does somebody lose a post that follows the name: "|pemberhentian| Gunarto sebagai Camat Weleri"?"""
    return line.key[end] in words["into"] and _stands_before(line, start, words["dismisses"], _NEAR)


def is_demanded(line: Line, start: int, words: PostWords) -> bool:
    """Is what follows the name at word ``start`` only asked for: "meminta agar |Gunarto| mundur dari jabatan Camat"?"""
    return _stands_before(line, start, words["demands"], _FAR)


def _stands_before(line: Line, start: int, wanted: frozenset[str], reach: int) -> bool:
    """Does one of these words stand in the sentence, up to ``reach`` words before word ``start``?"""
    for i in range(start - 1, max(-1, start - reach), -1):
        if line.gap[i + 1] == BREAK:
            return False
        if line.key[i] in wanted:
            return True
    return False


def behind_age(line: Line, end: int) -> int:
    """Behind the age in brackets that follows a name: "Ratmini Lestari |(61)|, Ketua Yayasan Melati"."""
    aged = end + 1 < len(line) and line.gap[end] == "(" and line.key[end].isdecimal() and len(line.key[end]) < _DIGITS
    return end + 1 if aged and line.gap[end + 1] in (",", ")") else end
