"""Marks over a text that may overlap in any way, made into pieces that nest as elements must."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple


class Mark(NamedTuple):
    """A stretch to mark: class names, what a pointer held over it says, and HTML to put behind its end."""

    start: int
    end: int
    cls: str
    tip: str
    after: str = ""


def nested(marks: Iterable[Mark], start: int, end: int) -> list[Mark]:
    """The marks within ``start`` and ``end``, in text order, outer before inner; what crosses another is cut in two.

    Of ``[0, 10)`` and ``[5, 15)`` the second becomes ``[5, 10)`` inside the first and ``[10, 15)`` behind it; only its last
    piece keeps ``after``.
    """
    queue = [
        (max(m.start, start), -min(m.end, end), i, m if m.end <= end else m._replace(after=""))
        for i, m in enumerate(marks)
        if max(m.start, start) < min(m.end, end)
    ]
    heapq.heapify(queue)
    pieces: list[Mark] = []
    open_ends: list[int] = []
    while queue:
        begin, minus_stop, i, mark = heapq.heappop(queue)
        stop = -minus_stop
        while open_ends and open_ends[-1] <= begin:
            open_ends.pop()
        if open_ends and stop > open_ends[-1]:
            heapq.heappush(queue, (open_ends[-1], -stop, i, mark))
            stop, mark = open_ends[-1], mark._replace(after="")
        open_ends.append(stop)
        pieces.append(mark._replace(start=begin, end=stop))
    return pieces


def render(
    pieces: Iterable[Mark], start: int, end: int, *, text: Callable[[int, int], str], opening: Callable[[Mark], str]
) -> str:
    """HTML of a stretch: ``text`` gives that of unmarked text, ``opening`` the start of a mark's element."""
    return "".join(_rendered(pieces, start, end, text, opening))


def _rendered(
    pieces: Iterable[Mark], start: int, end: int, text: Callable[[int, int], str], opening: Callable[[Mark], str]
) -> Iterator[str]:
    at = start
    still_open: list[Mark] = []
    for piece in pieces:
        while still_open and still_open[-1].end <= piece.start:
            last = still_open.pop()
            yield f"{text(at, last.end)}</mark>{last.after}"
            at = last.end
        yield f"{text(at, piece.start)}{opening(piece)}"
        at = piece.start
        still_open.append(piece)
    while still_open:
        last = still_open.pop()
        yield f"{text(at, last.end)}</mark>{last.after}"
        at = last.end
    yield text(at, end)
