"""Pair the quotation marks of a text, whatever the house style."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span

from beritaextract.layers import MarkRow, Words, read, words, write

_DOUBLE = frozenset('"“”„«»')
_SINGLE = frozenset("'‘’`")


@Language.factory("beritaextract_marks", assigns=["doc.spans"])
class MarkPairer(Pipe):  # type: ignore[misc]
    """Adds the layer ``marks``: passages between quotation marks, the marks included.

    Marks are paired by where they stand, not by their shape: “…”, "…", ”…” (Kompas), «…», „…“, ‘…’ and mixtures. A mark
    that follows a space and precedes a word opens, one that follows a word or its punctuation closes. A passage that is still open where its
    segment ends, or where the next one opens, is kept with ``closed`` False.
    """

    def __init__(self, nlp: Language, name: str = "beritaextract_marks") -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        write(doc, "marks", self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[tuple[Span, MarkRow]]:
        """Passages in text order; passages inside passages follow the one they stand in."""
        view = words(doc)
        stretches = [(s.start, s.end) for s, _ in read(doc, "segments")] or [(0, len(doc))]
        passages = sorted({p for start, end in stretches for p in pair(view, start, end)}, key=lambda p: (p[0], -p[1]))
        return [(Span(doc, a, b, label="closed" if ok else "open"), {"closed": ok}) for a, b, ok in passages]


def pair(view: Words, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """(first token, token behind the last, closed) of each passage in one stretch of text."""
    for marks in (_DOUBLE, _SINGLE):
        opened: int | None = None
        for i in range(start, end):
            if view.text[i] not in marks:
                continue
            opens, closes = _can_open(view, i, start), _can_close(view, i, end)
            if opened is None:
                if opens:
                    opened = i
            elif closes or not opens:
                yield opened, i + 1, True
                opened = None
            else:
                yield opened, _trim(view, i), False
                opened = i
        if opened is not None and marks is _DOUBLE:
            yield opened, _trim(view, end), False


def _can_open(view: Words, i: int, start: int) -> bool:
    """A mark before a word: at the start of the stretch, after a space or an opening bracket, or shaped “ « ‘."""
    if i + 1 >= len(view) or view.text[i + 1].isspace():
        return False
    before_is_gap = i == start or view.end[i - 1] < view.start[i] or view.text[i - 1].isspace() or view.text[i - 1] in "([–—-:"
    touches_next = view.start[i + 1] == view.end[i]
    return touches_next and (before_is_gap or view.text[i] in "“„«‘")


def _can_close(view: Words, i: int, end: int) -> bool:
    """A mark behind a word or its punctuation, and not one that opens by shape before a word."""
    touches_before = i > 0 and view.end[i - 1] == view.start[i] and not view.text[i - 1].isspace()
    before_word = i + 1 < end and view.start[i + 1] == view.end[i] and view.text[i + 1][:1].isalnum()
    return touches_before and not (before_word and view.text[i] in "“„«‘")


def _trim(view: Words, end: int) -> int:
    while end > 0 and view.text[end - 1].isspace():
        end -= 1
    return end
