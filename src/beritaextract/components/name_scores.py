"""What the words of a stretch weigh as words of a name: the tables' log odds, raised by what the article tells of them."""

from __future__ import annotations

from collections.abc import Iterator

from beritaextract.components.addresses import Piece
from beritaextract.components.name_tables import NameTables
from beritaextract.components.wordline import BREAK, Line

_TELLING = frozenset({"rank", "honorific", "says", "names", "role"})
"""Evidence that a word never seen before is no less a name for its ending."""

_RAISED = 0.5
_EVERYDAY = -3.0
_UNSURE = -1.0
_SURE = 1.0


def piece_scores(line: Line, piece: Piece, tables: NameTables, said: Said) -> list[float]:
    """Log odds of each word of a piece."""
    words = range(piece.start, piece.end)
    scores = [tables.score(line, i) for i in words]
    if piece.left in _TELLING and not line.heading[piece.start]:
        unknown = [line.key[i] not in tables.scores and line.shape[i] == "C" for i in words]
        scores = [max(0.0, s) if new else s for s, new in zip(scores, unknown, strict=True)]
    if _are_initials(line, piece, tables):
        scores[0] = tables.initial
    if len(scores) > 1 and _UNSURE < scores[0] < 0 and min(scores[1:]) >= 0 and _reports_first(line, piece, tables):
        scores[0] = 0.0
    if len(scores) > 1 and scores[0] < 0 and _opens(line, piece.start, scores, tables, said):
        scores[0] = _RAISED
    for k in range(len(scores) - 2):
        if line.shape[piece.start + k] == "I" and scores[k + 1] < 0 and scores[k + 2] >= _SURE:
            scores[k + 1] = 0.0  # "N. |Lingga| Kusuma"
    return scores


def _are_initials(line: Line, piece: Piece, tables: NameTables) -> bool:
    """Two capitals that begin the name of somebody who acts: "|AC| Yuliwati berharap"; not "|MU| Bruno"."""
    i, end = piece.start, piece.end
    if piece.left in ("post", "rank", "role") or end - i < 2 or line.shape[i] != "U" or len(line.key[i]) != 2:
        return False
    acts = end < len(line) and not line.gap[end] and tables.is_verb(line.key[end])
    return acts and tables.scores.get(line.key[i], 0.0) > -2 and tables.score(line, i + 1) > 0


def _reports_first(line: Line, piece: Piece, tables: NameTables) -> bool:
    """Does a piece that opens a sentence report: "|Melati Puspaningtyas| mengatakan"?"""
    end = piece.end
    opens = line.gap[piece.start] == BREAK and not line.heading[piece.start]
    return opens and end < len(line) and not line.gap[end] and tables.reports(line.key[end])


def _opens(line: Line, i: int, scores: list[float], tables: NameTables, said: Said) -> bool:
    """Does an everyday word begin a name: "|La| Ode Gunarsa", "|Subur| Wibawa" where it says "kata Subur" elsewhere?"""
    if scores[1] < _SURE or line.shape[i] != "C":
        return False
    return tables.openers.match(line, i) is not None or (scores[0] > _EVERYDAY and line.key[i] in said)


class Said:
    """Capitalised words that stand alone behind a reporting word in an article, read when first asked for: "kata |Subur|."."""

    def __init__(self, line: Line, tables: NameTables) -> None:
        self._line, self._tables = line, tables
        self._words: frozenset[str] | None = None

    def __contains__(self, key: str) -> bool:
        if self._words is None:
            self._words = frozenset(self._read())
        return key in self._words

    def _read(self) -> Iterator[str]:
        line, size = self._line, len(self._line)
        for k in range(1, size):
            if line.shape[k] != "C" or line.gap[k] or line.cover[k] or line.shape[k - 1] != "l":
                continue
            alone = k + 1 == size or line.gap[k + 1] or line.shape[k + 1] == "l"
            cue = self._tables.cues.match_before(line, k) if alone else None
            if cue is not None and cue[1] == "says":
                yield line.key[k]
