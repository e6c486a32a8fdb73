"""Do the words before a name lead back to a post?"""

from __future__ import annotations

from beritaextract.components.name_tables import NameTables
from beritaextract.components.wordline import BREAK, ORGANIZATION, TITLE, TOPONYM, Line

_FAR = 25
_PLAIN = 5
_EVERYDAY = -2.5


def before_area(line: Line, start: int) -> int:
    """Where a post ends before a name when areas in commas stand between: "Anggota DPRD Bima|, NTB, Budi".

    The comma behind the last may be missing: "Kades Melati|, Kecamatan Weleri Budi".
    """
    found = i = start
    if i > 1 and not line.gap[i] and line.cover[i - 1] == TOPONYM and line.cover[i] != TOPONYM:
        i = line.span_start(i - 1)
        while i > 0 and not line.gap[i] and line.cover[i - 1] == TOPONYM:
            i = line.span_start(i - 1)
        if line.gap[i] != ",":
            return start
    while i > 0 and line.gap[i] == ",":
        found = i
        i -= 1
        while i > 0 and line.cover[i] == TOPONYM and line.gap[i] != ",":
            i -= 1
        if line.cover[i] != TOPONYM:
            return found
    return found


def title_before(line: Line, start: int, tables: NameTables, *, closed: bool = False) -> int | None:
    """The last word of a title that the words before ``start`` lead back to, or None; ``closed``: whatever ends them.

    "Kepala |Dinas| Perhubungan Banten, …", "|pengamat| kebijakan publik …", "|pendiri| komunitas, …".
    """
    plain, listing = 0, False
    gaps, cover, shape = line.gap, line.cover, line.shape
    for i in range(start - 1, max(-1, start - _FAR), -1):
        gap = gaps[i + 1]
        if (gap == BREAK and not (closed and i == start - 1)) or (
            gap == "," and i < start - 1 and not _goes_on(line, i, listing)
        ):
            return None
        listing = listing or gap == "&"
        if (
            line.heading[i]
            and not cover[i]
            and i
            and cover[i - 1] in (ORGANIZATION, TOPONYM)
            and _is_no_name(line, i, tables)
        ):
            return None
        if cover[i] == TITLE:
            return i if not plain or _may_be_plain(line, i, start, plain) else None
        if shape[i] == "l" and not cover[i]:
            joins = tables.words.connects(line.key[i])
            if joins and i == start - 1:
                return None
            if not joins:
                plain += 1
                if plain > _PLAIN or tables.is_surely_verb(line.key[i]) or line.key[i] in tables.words["stop"]:
                    return None
            listing = listing or line.key[i] in tables.words["joins"]
    return None


def _is_no_name(line: Line, i: int, tables: NameTables) -> bool:
    """A verb or noun of a headline behind a body: "Ketua MPR |Bicara| Kiprah Gunarto"."""
    return line.shape[i] == "C" and not line.gap[i] and tables.scores.get(line.key[i], 0.0) < _EVERYDAY


def _goes_on(line: Line, i: int, listing: bool) -> bool:
    """May a comma behind word ``i`` stand inside a post: "Dinas Pertanian|, Pangan, dan Kelautan", "Ditjen X|, Kemen Y"?"""
    if line.cover[i + 1] == ORGANIZATION and line.shape[i] in "CU" and line.cover[i] in (0, ORGANIZATION, TOPONYM):
        return True
    return listing and line.shape[i] in "CU"


def _may_be_plain(line: Line, title: int, start: int, plain: int) -> bool:
    """Lower-case nouns say what an expert knows or a unit does, or name the body before a comma."""
    takes = line.titles[line.span[title]]["takes"]
    if takes == "field" or (takes == "unit" and not line.gap[start]):
        return True
    return line.gap[start] == "," and plain < _PLAIN - 1
