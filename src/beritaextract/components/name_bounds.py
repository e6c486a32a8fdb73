"""Where in a stretch of capitalised words the likeliest name begins and ends."""

from __future__ import annotations

import math

from beritaextract.components.addresses import Piece
from beritaextract.components.wordline import ORGANIZATION, TITLE, Line


def best_stretch(scores: list[float], fixed: bool) -> tuple[int, int]:
    """The stretch with the highest sum; with ``fixed`` it begins at the first word."""
    best, span = -math.inf, (0, 0)
    starts = [0] if fixed else range(len(scores))
    for a in starts:
        total = 0.0
        for b in range(a + 1, len(scores) + 1):
            total += scores[b - 1]
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
    while n < len(scores) and line.shape[piece.start + n] == "U" and scores[n] < most:
        n += 1
    return n if n < len(scores) else 0


def wants_more(line: Line, piece: Piece, scores: list[float], blockers: frozenset[str]) -> bool:
    """Does a title stand right before that more must follow? "Kabag |Prokopim Faisal", "Kepala Desa |Sukamulya Faisal"."""
    i = piece.start - 1
    if i >= 0 and piece.left == "post" and piece.before < 0 and not line.gap[piece.start] and line.shape[i] != "l":
        alone = not line.cover[i] or (line.cover[i] == ORGANIZATION and line.span_start(i) == i)
        if alone and line.key[i] in blockers:
            return True  # "Imam Masjid |Nurul Gunarto"
    if i < 0 or piece.left != "post" or piece.fixed or line.gap[piece.start] or line.cover[i] != TITLE:
        return False
    row = line.titles[line.span[i]]
    return row["takes"] in ("unit", "field") or (row["level"] in ("village", "district") and scores[0] < 0.7)
