"""Pair the quotation marks of a text, whatever the house style."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span

from beritaextract.layers import CONTENT_KINDS, MarkRow, Words, ranges, words, write

DOUBLE = frozenset(('"', "“", "”", "„", "«", "»", "&quot;", "&ldquo;", "&rdquo;"))
SINGLE = frozenset("'‘’`")
_ALL = DOUBLE | SINGLE
_OPENERS = frozenset(("“", "„", "«", "‘", "&ldquo;"))
_BRACKETS = frozenset("([{–—-:/")
_FINAL = frozenset((",", ".", "?", "!", "…", "...", ".."))

_PARAGRAPHS = 12  # a quote that nothing closes is not followed further

_NESTED = 12  # marks looked at to tell a passage inside a passage from a forgotten mark

Stretch = tuple[int, int]
Passage = tuple[int, int, bool]


class Mark(NamedTuple):
    """One quotation mark: its tokens, and whether it stands as one that opens (``o``), closes (``c``) or either (``a``)."""

    start: int
    end: int
    role: str
    curly: bool


@Language.factory("beritaextract_marks", assigns=["doc.spans"])
class MarkPairer(Pipe):
    """Adds the layer ``marks``: passages between quotation marks, the marks included.

    Marks are paired by where they stand, not by their shape: “…”, "…", ”…” (Kompas), «…», „…“, ''…'', ‘…’ and mixtures. A
    mark that follows a space and precedes a word opens, one that follows a word or its punctuation closes; where it touches
    words on both sides ("ungkapnya.“Kita") the shape and what is open decide. A passage goes on over the next paragraphs
    when they open with a mark of their own or close before they open; otherwise one that nothing closes is kept with
    ``closed`` False, as is a lone closing mark (one token long), whose passage began without a mark. Apostrophes inside
    words (Jum'at, Sopi'i) are no marks; question marks are where curly marks were lost on the way (?Kita siap,? kata Budi).
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
        passages = [p for run in _runs(doc) for p in pair(view, run)]
        passages.sort(key=lambda p: (p[0], -p[1]))
        return [(Span(doc, a, b, label="closed" if ok else "open"), {"closed": ok}) for a, b, ok in passages]


def _runs(doc: Doc) -> Iterator[list[Stretch]]:
    """Segments in which marks are paired together: all content as one run, every other segment alone."""
    segments = ranges(doc, "segments")
    if not segments:
        yield [(0, len(doc))]
        return
    yield [(a, b) for a, b, row in segments if row["kind"] in CONTENT_KINDS]
    yield from ([(a, b)] for a, b, row in segments if row["kind"] not in CONTENT_KINDS)


def pair(view: Words, run: Sequence[Stretch]) -> list[Passage]:
    """(first token, token behind the last, closed) of every passage in a run of stretches of text."""
    doubles, singles = _marks(view, run)
    found = list(_pair_doubles(view, run, doubles))
    lone = [p for p in found if not p[2]]
    closed = [p for p in found if p[2]]
    gone: set[Passage] = set()
    for (a, b), marks in zip(run, singles, strict=True):
        if not marks:
            continue
        strays, passages = _pair_singles(marks)
        closed.extend(passages)
        for passage, whole in _mend(view, strays, lone[bisect_left(lone, (a,)) : bisect_left(lone, (b,))]):
            closed.append(passage)
            gone.add(whole)
    return closed + [p for p in lone if p not in gone]


def _marks(view: Words, run: Sequence[Stretch]) -> tuple[list[list[Mark]], list[list[Mark]]]:
    """The double and the single marks of each stretch; two single marks that touch ('') are a double one."""
    text = view.text
    doubles: list[list[Mark]] = []
    singles: list[list[Mark]] = []
    for start, end in run:
        double: list[Mark] = []
        single: list[Mark] = []
        asked: list[int] = []
        behind = start
        for i in range(start, end):
            word = text[i]
            if word == "?":
                asked.append(i)
            if word not in _ALL or i < behind:
                continue
            if word in DOUBLE:
                double.append(_mark(view, i, i + 1, start, end))
            elif i + 1 < end and text[i + 1] == word and view.end[i] == view.start[i + 1]:
                double.append(_mark(view, i, i + 2, start, end))
                behind = i + 2
            else:
                single.append(_mark(view, i, i + 1, start, end))
        lost = list(_lost(view, asked, start, end))
        doubles.append(sorted([*double, *lost]) if lost else double)
        singles.append(single)
    return doubles, singles


def _lost(view: Words, asked: Sequence[int], start: int, end: int) -> Iterator[Mark]:
    """The question marks that stand for curly marks: one that stands as no question mark can, and the one that closes it.

    Some pages lost two characters a mark (??Kita siap,?? kata Budi).
    """
    opened: tuple[int, int] | None = None
    for i, j in _touching(view, asked):
        apart = i == start or view.end[i - 1] < view.start[i] or view.text[i - 1].isspace() or view.text[i - 1] in "(["
        if j < end and view.end[j - 1] == view.start[j] and apart and view.text[j][0].isalnum():
            opened = i, j
        elif opened is not None and (view.text[i - 1] in _FINAL or (j < end and view.text[j][0].islower())):
            yield Mark(*opened, "o", True)
            yield Mark(max(i, j - opened[1] + opened[0]), j, "c", True)
            opened = None


def _touching(view: Words, asked: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Question marks that touch, as one range each."""
    k = 0
    while k < len(asked):
        first = k
        while k + 1 < len(asked) and asked[k + 1] == asked[k] + 1 and view.end[asked[k]] == view.start[asked[k + 1]]:
            k += 1
        yield asked[first], asked[k] + 1
        k += 1


def _mark(view: Words, i: int, j: int, start: int, end: int) -> Mark:
    text = view.text
    left = (
        i > start
        and view.end[i - 1] == view.start[i]
        and not text[i - 1].isspace()
        and text[i - 1][-1] not in _BRACKETS
    )
    right = j < end and view.end[j - 1] == view.start[j] and not text[j].isspace()
    after_word = right and (text[j][0].isalnum() or text[j][0] in "([@#‘'“\"…")
    if left and not after_word:
        role = "c"
    elif right and not left:
        role = "o"
    else:
        role = "a"
    return Mark(i, j, role, text[i] in _OPENERS)


def _pair_doubles(view: Words, run: Sequence[Stretch], marks: Sequence[Sequence[Mark]]) -> Iterator[Passage]:
    opened: Mark | None = None
    nested: Mark | None = None
    after = _next_marked(marks)
    for n, (_, end) in enumerate(run):
        here = marks[n]
        for k, mark in enumerate(here):
            if opened is None:
                if _opens(view, mark):
                    opened = mark
                else:
                    yield mark.start, mark.end, False
            elif nested is not None:
                yield nested.start, mark.end, True
                nested = None
            elif mark.role == "c" or (mark.role == "a" and not (mark.curly and _sentence_before(view, mark.start))):
                yield opened.start, mark.end, True
                opened = None
            elif mark.role != "c" and _new_paragraph(view, mark.start, run[n][0]) and _ends_in_close(here, k):
                continue  # the next paragraph of one quote opens with a mark of its own
            elif _wraps(here, k):
                nested = mark
            elif _strayed(view, mark):
                yield opened.start, mark.end, True
                opened = None
            else:
                yield opened.start, _trim(view, mark.start), False
                opened = mark
        nested = None
        if opened is not None and not _goes_on(run, marks, n, after[n]):
            yield opened.start, _trim(view, end), False
            opened = None


def _opens(view: Words, mark: Mark) -> bool:
    """Can this mark open, nothing being open? A mark between two words ("gratis.“Kuota", "itu”pungkasnya") by its shape."""
    if mark.role == "a" and not mark.curly and view.text[mark.start] in ("”", "»", "&rdquo;"):
        return mark.start > 0 and view.text[mark.start - 1].isspace()
    return mark.role != "c"


def _sentence_before(view: Words, i: int) -> bool:
    return i > 0 and view.text[i - 1] in _FINAL


def _strayed(view: Words, mark: Mark) -> bool:
    """Does a mark close that is set with the reporting word behind it: “Kita siap, “ujarnya."""
    i, j = mark.start - 1, mark.end
    if view.text[i].isspace():
        i -= 1
    return i >= 0 and j < len(view) and view.text[i] in _FINAL and view.text[j][0].islower()


def _wraps(here: Sequence[Mark], k: int) -> bool:
    """Does a mark that opens inside a passage begin a passage of its own: “Ia bilang “tidak” kepada saya,” …

    It does when one mark more closes than opens behind it, among the next few.
    """
    depth = 1
    for mark in here[k + 1 : k + 1 + _NESTED]:
        depth += 1 if mark.role == "o" else -1
        if depth < 0:
            return True
    return False


def _goes_on(run: Sequence[Stretch], marks: Sequence[Sequence[Mark]], n: int, after: int | None) -> bool:
    """Does a passage that is open where stretch ``n`` ends go on? ``after`` is the next stretch that has a mark."""
    if after is None or after - n > _PARAGRAPHS:
        return False
    first = marks[after][0]
    if first.start == run[after][0] and after == n + 1:
        return _ends_in_close(marks[after], 0)
    return first.role == "c"


def _next_marked(marks: Sequence[Sequence[Mark]]) -> list[int | None]:
    """For every stretch the next one that has a mark."""
    found: list[int | None] = [None] * len(marks)
    for n in range(len(marks) - 2, -1, -1):
        found[n] = n + 1 if marks[n + 1] else found[n + 1]
    return found


def _new_paragraph(view: Words, i: int, start: int) -> bool:
    return i == start or "\n" in view.text[i - 1]


def _ends_in_close(here: Sequence[Mark], k: int) -> bool:
    """Can the paragraph that opens with mark ``k`` be the continuation of a quote: it closes itself, or nothing closes it yet."""
    return k + 1 >= len(here) or here[k + 1].role != "o"


def _pair_singles(marks: Sequence[Mark]) -> tuple[list[Mark], list[Passage]]:
    """Passages in single marks, which need a mark that clearly opens and one that clearly closes; and the marks left over."""
    strays: list[Mark] = []
    passages: list[Passage] = []
    opened: Mark | None = None
    for mark in marks:
        if mark.role == "o":
            if opened is not None:
                strays.append(opened)
            opened = mark
        elif opened is not None and mark.role == "c":
            passages.append((opened.start, mark.end, True))
            opened = None
        else:
            strays.append(mark)
    return ([*strays, opened] if opened is not None else strays), passages


def _mend(view: Words, strays: Sequence[Mark], lone: Sequence[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """Passages that open in one family of marks and close in the other ('Kita ada," and "Kita ada,'), with what each replaces."""
    opener: Mark | None = None
    whole: Passage | None = None
    events: list[Mark | Passage] = sorted([*strays, *lone], key=lambda e: e[0])
    for event in events:
        if isinstance(event, Mark):
            if event.role == "o":
                opener = event
            elif whole is not None and event.start < whole[1] and view.text[event.start - 1] in _FINAL:
                yield (whole[0], event.end, True), whole
                whole = None
        elif event[1] - event[0] > 2:
            whole = event
        elif opener is not None:
            yield (opener.start, event[1], True), event
            opener = None


def _trim(view: Words, end: int) -> int:
    while end > 0 and view.text[end - 1].isspace():
        end -= 1
    return end
