"""Where in a stretch of capitalised words the likeliest name begins and ends."""

from __future__ import annotations

import math

from beritaextract.components.addresses import Piece
from beritaextract.components.wordline import ORGANIZATION, TITLE, Line

_LIKELY = 0.7
_UNLIKELY = -2.0
_ABBREVIATION = 3


def best_stretch(scores: list[float], fixed: bool) -> tuple[int, int]:
    """The stretch with the highest sum, the first of several; with ``fixed`` it begins at the first word (Kadane, 1984)."""
    best, span = -math.inf, (0, 0)
    a, total = 0, 0.0
    for b, score in enumerate(scores, 1):
        if total < -1e-9 and not fixed:
            a, total = b - 1, 0.0
        total += score
        if total > best + 1e-9:
            best, span = total, (a, b)
    return span


def widen(scores: list[float], a: int, b: int, first: int, whole: bool) -> tuple[int, int]:
    """Take in the words beside the likeliest stretch that a name may well hold: "Ni |Luh Sari| Utama".

    With ``whole`` a name runs to the end of its run, whatever its words: "Bupati |Riadi| Akhir Bintang".
    """
    while a > first and scores[a - 1] > -1.3:
        a -= 1
    while b < len(scores) and (whole or scores[b] > -2.5):
        b += 1
    return a, b


def acronyms(line: Line, piece: Piece, scores: list[float]) -> int:
    """How many acronyms before a name still belong to the post: "Ketua MPR |RI| Gunarto Salim", "kapten |MU| Bruno"."""
    n = 0
    most = {"post": 0.0, "rank": -2.0, "role": -2.0}.get(piece.left, -math.inf)
    while n < len(scores) and line.shape[piece.start + n] == "U":
        if scores[n] >= most and not (piece.left == "post" and _before_mixed_case(line, piece.start + n, piece.end)):
            break
        n += 1
    return n if n < len(scores) else 0


def _before_mixed_case(line: Line, i: int, end: int) -> bool:
    """Does an abbreviation of three letters or more stand before a name in mixed case: "Presiden |APPI| Hanif"?"""
    return len(line.key[i]) >= _ABBREVIATION and i + 1 < end and line.shape[i + 1] == "C" and not line.heading[i]


def wants_more(line: Line, piece: Piece, scores: list[float], blockers: frozenset[str]) -> bool:
    """Does a title stand right before that more must follow? "Kabag |Prokopim Faisal", "Kepala Desa |Sukamulya Faisal"."""
    i = piece.start - 1
    behind = i >= 0 and piece.left == "post" and piece.before < 0 and not line.gap[piece.start]
    if behind and _body_goes_on(line, i, scores, blockers):
        return True
    if i < 0 or piece.left != "post" or piece.fixed or line.gap[piece.start] or line.cover[i] != TITLE:
        return False
    row = line.titles[line.span[i]]
    return row["takes"] in ("unit", "field") or (row["level"] in ("village", "district") and scores[0] < 0.7)


def _body_goes_on(line: Line, i: int, scores: list[float], blockers: frozenset[str]) -> bool:
    """Does the body's name that word ``i`` is of go on? "Imam Masjid |Nurul| Gunarto", "Angkasa Air |Group| Gunarto Salim"."""
    covered = line.cover[i] == ORGANIZATION
    alone = not line.cover[i] or (covered and line.span_start(i) == i)
    if alone and line.key[i] in blockers and line.shape[i] != "l":
        return True
    return covered and not line.heading[i] and len(scores) > 2 and scores[0] < _UNLIKELY and min(scores[1:]) > 0


def brand_words(line: Line, start: int, end: int, scores: list[float]) -> int:
    """How many words before a name are those of the body: "CEO |Kopimanis| Gunarto Salim", where the article says both alone.

    Elsewhere in the article stand the body's first word without the name, and the name's first word without the body.
    """
    for n in range(1, end - start - 1):
        if scores[n - 1] > _LIKELY:
            return 0
        name = start + n
        elsewhere = (k for k in line.places_of(line.key[name]) if k != name and line.shape[k] != "l")
        if any(k == 0 or line.key[k - 1] != line.key[name - 1] for k in elsewhere):
            return n if _stands_alone(line, start, name) else 0
    return 0


def _stands_alone(line: Line, start: int, name: int) -> bool:
    """Is a body's first word written elsewhere without the name that follows it here?"""
    size = name - start
    found = (k for k in line.places_of(line.key[start]) if k != start and line.shape[k] != "l")
    return any(k + size >= len(line) or line.key[k + size] != line.key[name] for k in found)
