"""Give words back that other layers took for more than they are: ranks, and names behind an organisation."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from spacy.tokens import Doc

from beritaextract.components.name_tables import NameTables
from beritaextract.components.post_context import title_before
from beritaextract.components.wordline import ORGANIZATION, TITLE, TOPONYM, Line
from beritaextract.gazetteer import kind_of

_GOVERNS = frozenset({"province", "regency", "city"})
"""Levels whose heads govern no mere village or district."""

_lines: WeakKeyDictionary[Doc, tuple[tuple[int, ...], NameTables, Line]] = WeakKeyDictionary()


def read_line(doc: Doc, tables: NameTables) -> Line:
    """The Doc's Line with ranks and names uncovered; made once as long as the layers below stay the same."""
    state = tuple(
        len(doc.spans[k]) if k in doc.spans else -1 for k in ("segments", "titles", "toponyms", "organizations")
    )
    known = _lines.get(doc)
    if known is not None and known[0] == state and known[1] is tables:
        return known[2]
    line = Line(doc, tables.dotted)
    uncover(line, tables)
    _lines[doc] = (state, tables, line)
    return line


def uncover(line: Line, tables: NameTables) -> None:
    """Clear ``line.cover`` of words that are a rank's or a person's."""
    ranks = tables.rank_words
    for i, key in enumerate(line.key):
        if key in ranks and line.cover[i] != TOPONYM:
            _uncover_rank(line, i, tables)
    end = 0
    for i, cover in enumerate(line.cover):
        if i < end or not cover:
            continue
        end = line.span_end(i)
        if cover == ORGANIZATION:
            _uncover_name(line, i, end, tables)
        elif cover == TOPONYM:
            _uncover_area(line, i, end, tables)


def _uncover_rank(line: Line, i: int, tables: NameTables) -> None:
    """A rank is no title though a word of it may be: "Ajun |Komisaris| Besar Budi", "Kapolsek Curug |Komisaris| Budi"."""
    match = tables.ranks.match(line, i)
    if match is None or not any(line.cover[k] for k in range(i, match[0])):
        return
    end = match[0]
    if _heads_a_body(line, i, end):
        return
    longer = end - i > 1 or any(line.cover[k] != TITLE for k in range(i, end))
    starts = line.cover[i] != TITLE or line.span_start(i) == i
    behind = starts and i > 0 and line.gap[i] in ("", ",", ")") and title_before(line, i, tables) is not None
    goes_on = end < len(line) and line.cover[end] == TITLE and line.span[end] == line.span[i]
    named = line.cover[i] == ORGANIZATION and i > line.span_start(i) and line.key[i - 1] in tables.blockers
    if starts and (longer or behind) and not goes_on and not named:
        last = end - 1
        if line.cover[last] == ORGANIZATION and line.span_start(last) >= i:
            end = max(end, line.span_end(last))
        if end < len(line) and line.cover[end] == ORGANIZATION and not line.gap[end]:
            end = line.span_end(end)
        line.cover[i:end] = [0] * (end - i)


def _heads_a_body(line: Line, i: int, end: int) -> bool:
    """Is a rank the title of who heads the body behind it: "|Inspektur Jenderal| Kementerian Agama"?"""
    if line.cover[i] != TITLE or line.span_start(i) != i or line.span_end(i) != end:
        return False
    return end < len(line) and not line.gap[end] and line.cover[end] == ORGANIZATION


def _uncover_area(line: Line, start: int, end: int, tables: NameTables) -> None:
    """An area that begins a name: the village behind "Bupati |Raden| Gunarto Salim" is no regent's."""
    if _opens_apposition(line, start, end, tables) or _follows_initial(line, start, end, tables):
        line.cover[start:end] = [0] * (end - start)
        line.area[start:end] = [False] * (end - start)
        return
    if start == 0 or line.gap[start] or line.cover[start - 1] != TITLE or end >= len(line) or line.gap[end]:
        return
    level = line.titles[line.span[start - 1]]["level"]
    if level not in _GOVERNS or line.shape[end] not in "CI" or line.cover[end] or tables.score(line, end) <= 0:
        return
    area = next(line.rows_within("toponyms", line.first[start], line.last[end - 1]), None)
    if area is not None and not area["marker"]:
        readings = {kind_of(code) for code in (area["code"], *area["candidates"]) if code}
        if readings and not readings & _GOVERNS:
            line.cover[start:end] = [0] * (end - start)
            line.area[start:end] = [False] * (end - start)


def _opens_apposition(line: Line, start: int, end: int, tables: NameTables) -> bool:
    """Does an area stand right before a likely name in commas behind a post: "Kepala BPBD Riau, |Padang| Gunarto Salim, …"?"""
    if end - start > 1 or line.gap[start] != "," or end + 1 >= len(line) or line.gap[end] or line.cover[end]:
        return False
    close = end
    while close < len(line) and line.shape[close] == "C" and not line.cover[close] and not line.gap[close]:
        close += 1
    closed = end < close < len(line) and line.gap[close] == "," and tables.score(line, end) > 0
    return closed and title_before(line, start, tables) is not None


def _follows_initial(line: Line, start: int, end: int, tables: NameTables) -> bool:
    """Does an area stand between an initial and a likely name: "Pj Sekda N. |Lingga| Kusuma"?"""
    if start == 0 or end - start > 1 or line.gap[start] or line.shape[start - 1] != "I" or end >= len(line):
        return False
    return not line.gap[end] and line.shape[end] == "C" and not line.cover[end] and tables.score(line, end) > 0


def _uncover_name(line: Line, start: int, end: int, tables: NameTables) -> None:
    """The name behind "Ketua Yayasan Sumber Kasih |Gunarto Salim| mengatakan" is not the foundation's."""
    if start < 2 or line.gap[start] or line.heading[start]:
        return
    at = start - 1 if line.key[start - 1] in tables.words["of"] and not line.gap[start - 1] else start
    if title_before(line, at, tables) is None:
        return
    if end < len(line) and line.gap[end] in (",", "("):
        return
    if end - start == 1 and any(
        row["by"] == "organizations.form"
        for row in line.rows_within("organizations", line.first[start], line.last[start])
    ):
        return
    best = end
    if end < len(line) and not line.gap[end] and line.shape[end] in "CU" and not line.cover[end]:
        while best > start and tables.score(line, best - 1) > 0.9:
            best -= 1
    else:
        best = _name_tail(line, start, end, tables)
    line.cover[best:end] = [0] * (end - best)


def _name_tail(line: Line, start: int, end: int, tables: NameTables) -> int:
    """Where the last words of an organisation are likelier a person's name; ``end`` when they are not, or are an area."""
    if line.area[end - 1]:
        return end
    best, total, most = end, 0.0, 0.8
    kept = start if line.shape[start] == "U" else start + 1
    for k in range(end - 1, kept, -1):
        if line.shape[k] not in "CUI" or (k + 1 < end and line.gap[k + 1]):
            break
        score = tables.score(line, k)
        total += max(-1.0, score) - (1.5 if end - k > 3 else 0.0)
        if total > most and score > -0.5:
            best, most = k, total
    return best
