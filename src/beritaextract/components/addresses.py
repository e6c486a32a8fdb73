"""Honorifics, ranks and degrees round a name: "Kombes Pol (Purn) Dr. H. |Budi Santoso|, S.H., M.Si."."""

from __future__ import annotations

from dataclasses import dataclass, field

from beritaextract.components.name_tables import NameTables
from beritaextract.components.wordline import TITLE, Line

_IN_BRACKETS = 7


@dataclass(slots=True)
class Piece:
    """A stretch that may hold one name.

    ``left`` is the kind of evidence before it and ``fixed`` whether the name must begin with it; ``before`` is where
    honorifics and ranks begin (-1 without any), ``after`` the index behind the degrees.
    """

    start: int
    end: int
    left: str = ""
    fixed: bool = False
    before: int = -1
    after: int = 0
    rank: str | None = None
    honorifics: list[str] = field(default_factory=list)
    front_degrees: list[str] = field(default_factory=list)
    degrees: list[str] = field(default_factory=list)

    def take_over(self, earlier: Piece) -> None:
        """Words of address that stand before these: "Bapak" before "Dr."."""
        self.honorifics[:0] = earlier.honorifics
        self.front_degrees[:0] = earlier.front_degrees
        self.rank, self.before = earlier.rank or self.rank, earlier.before
        if earlier.left == "rank":
            self.left = "rank"


def pieces(line: Line, start: int, end: int, tables: NameTables) -> list[Piece]:
    """A run of capitalised words cut where words of address begin: "Polda Riau | Budi" (rank Kombes)."""
    if start >= end:
        return []
    before = address_before(line, start, tables)
    current = Piece(start, end) if before is None else read_address(line, before, end, tables)
    found: list[Piece] = []
    i = current.start
    while i < end:
        address = read_address(line, i, end, tables) if _cuts(line, current.start, i, tables) else None
        if address is None or address.start >= end:
            i += 1
            continue
        if current.start < i:
            current.end = i
            found.append(current)
        elif current.left:
            address.take_over(current)
        current, i = address, address.start
    found.append(current)
    for piece in found:
        cut_degrees(line, piece, tables)
    return [p for p in found if p.start < p.end]


def address_before(line: Line, start: int, tables: NameTables) -> int | None:
    """Where words of address begin that end right before a run: "|bapak Budi", "|Letkol Inf (Purn) Budi"."""
    i = start
    if i > 1 and line.gap[i] == ")" and line.gap[i - 1] == "(" and len(line.key[i - 1]) <= _IN_BRACKETS:
        i -= 1
        while i > 1 and line.key[i - 1] in tables.corps and not line.gap[i - 1]:
            i -= 1
    elif i == 0 or line.gap[i]:
        return None
    found = _one_before(line, i, tables)
    while found and not line.gap[found] and (earlier := _rank_before(line, found, tables)) is not None:
        found = earlier
    return found


def _one_before(line: Line, i: int, tables: NameTables) -> int | None:
    before = tables.address.match_before(line, i)
    return None if before is None or line.cover[i - 1] == TITLE else before[0]


def _rank_before(line: Line, i: int, tables: NameTables) -> int | None:
    """Where the rank begins with what stands between it and another word of address: "|Letkol Laut| dokter gigi Budi"."""
    while i > 1 and line.key[i - 1] in tables.corps and not line.gap[i]:
        i -= 1
    return _one_before(line, i, tables)


def _cuts(line: Line, start: int, i: int, tables: NameTables) -> bool:
    """Does an address begin here? A one-letter honorific behind a name word is that name's initial: "Sutan H Pane"."""
    if tables.address.match(line, i) is None:
        return False
    return i == start or len(line.key[i]) > 1 or tables.score(line, i - 1) < 0


def read_address(line: Line, start: int, end: int, tables: NameTables) -> Piece:
    """Read honorifics, degrees in front and ranks from ``start`` on."""
    piece = Piece(start, end, fixed=True, before=start)
    i = start
    while i < len(line) and (i == start or line.gap[i] in ("", ")")):
        match = tables.address.match(line, i)
        if match is None:
            break
        text = " ".join(line.text[i : match[0]])
        i = match[0]
        if match[1] == "rank":
            i = _behind_rank(line, i, end, tables)
            piece.rank, piece.left = text, "rank"
        else:
            (piece.front_degrees if match[1] == "degree" else piece.honorifics).append(text)
            piece.left = piece.left or "honorific"
    piece.start = i
    return piece


def _behind_rank(line: Line, i: int, end: int, tables: NameTables) -> int:
    """Behind the branch and what brackets add: "Letkol Inf", "Mayor Laut (P)", "Brigjen TNI (Purn)"."""
    while i < end and not line.gap[i] and line.key[i] in tables.corps:
        i += 1
    if i + 1 < len(line) and line.gap[i] == "(" and len(line.key[i]) <= _IN_BRACKETS and line.gap[i + 1] == ")":
        i += 1
        if i + 1 < end and line.key[i] in tables.corps:
            i += 1  # "Inspektur Jenderal (Irjen) Pol"
    return i


def cut_degrees(line: Line, piece: Piece, tables: NameTables) -> None:
    """Take degrees off the end, and those that follow behind commas: "Budi SH, MH"."""
    i = piece.end
    while i - 1 > piece.start and (tables.is_degree(line, i - 1) or tables.closes_degree(line, i - 1)):
        i -= 1
    for k in range(piece.start + 1, i):
        if tables.is_degree(line, k) and k + 1 < len(line) and tables.score(line, k + 1) < -1:
            i = k
            break
    piece.end = i
    while i < len(line) and line.gap[i] in ("", ",") and (tables.is_degree(line, i) or _closes(line, i, piece, tables)):
        piece.degrees.append(line.text[i].rstrip("."))
        i += 1
    piece.after = i


def _closes(line: Line, i: int, piece: Piece, tables: NameTables) -> bool:
    return bool(piece.degrees) and tables.closes_degree(line, i)
