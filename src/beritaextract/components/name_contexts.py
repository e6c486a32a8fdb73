"""What stands before a name: a post, a reporting word, a description; and whether the name must begin right there."""

from __future__ import annotations

from beritaextract.components.name_tables import NameTables
from beritaextract.components.post_context import before_area, title_before
from beritaextract.components.wordline import BREAK, ORGANIZATION, TITLE, TOPONYM, Line

_LONGEST_DESCRIPTION = 10
_LONGEST_DRAWN = 4
_LONGEST_ROLE = 5


def evidence_before(line: Line, start: int, tables: NameTables) -> tuple[str, bool]:
    """Evidence before a word: kind, and whether the name must begin right there."""
    gap = line.gap[start]
    if gap == BREAK or start == 0:
        return "", False
    if gap in ("", ")", ",") and title_before(line, before_area(line, start), tables) is not None:
        fixed = gap == "," or (gap == ")" and tables.score(line, start) > -1)
        fixed = fixed or is_ministers(line, start, tables)
        return "post", fixed or line.cover[start - 1] in (ORGANIZATION, TOPONYM)
    cue = tables.cues.match_before(line, start)
    if cue is not None and (gap == "" or (gap == "," and cue[1] in ("role", "near"))):
        return cue[1], cue[1] in ("names", "alias")
    described = _is_described(line, start, tables) if gap == "," else not gap and _has_role(line, start, tables)
    return ("says", False) if described else ("", False)


def _has_role(line: Line, start: int, tables: NameTables) -> bool:
    """ "kata pedagang sayur |Ratri|": a role with a word or two to it stands between a reporting word and a name.

    Not where another name follows in commas: "kata pengelola kolam |Tirta|, Juwondo, …".
    """
    end = _run_end(line, start)
    if end < len(line) and line.gap[end] == "," and line.shape[end] != "l":
        return False
    for i in range(start - 2, max(0, start - _LONGEST_ROLE), -1):
        if line.gap[i + 1] or line.shape[i + 1] != "l" or line.key[i + 1] in tables.words["thing"]:
            return False
        if line.key[i] in tables.roles:
            cue = tables.cues.match_before(line, i) if not line.gap[i] else None
            return cue is not None and cue[1] == "says"
    return False


def _run_end(line: Line, start: int) -> int:
    """Behind the words from ``start`` on that are not in lower case."""
    end = start + 1
    while end < len(line) and not line.gap[end] and line.shape[end] != "l":
        end += 1
    return end


def _is_described(line: Line, start: int, tables: NameTables) -> bool:
    """ "kata pedagang di Pasar Weleri, |Riko|, …": a description stands between a reporting word and a name in commas."""
    end = _run_end(line, start)
    if end < len(line) and not line.gap[end]:
        return False
    for i in range(start - 1, max(0, start - _LONGEST_DESCRIPTION), -1):
        if line.gap[i]:
            return False
        cue = tables.cues.match_before(line, i) if line.shape[i] == "l" else None
        if cue is not None and cue[1] == "says":
            return line.key[i] not in tables.words["pronoun"]
    return False


def is_ministers(line: Line, start: int, tables: NameTables) -> bool:
    """Does a name begin right behind a title that says all of its post: "Menteri Kehutanan |Gunarto| Juli Salim"?"""
    if line.gap[start] or line.cover[start - 1] != TITLE or not _may_begin(line, start, tables):
        return False
    row = line.titles[line.span[start - 1]]
    return row["takes"] == "none" and row["organization"] is not None


def _may_begin(line: Line, start: int, tables: NameTables) -> bool:
    """Is a word a likely name, or an everyday one before mixed-case words that end in a name: "|Raja| Juli Sutanto"?"""
    score = tables.score(line, start)
    if score > 0 or line.key[start] not in tables.often_names or line.heading[start]:
        return score > 0
    end = start
    while end < len(line) and line.shape[end] == "C" and not line.cover[end] and (end == start or not line.gap[end]):
        end += 1
    return 1 < end - start <= _LONGEST_DRAWN and tables.score(line, end - 1) > 0
