"""The parts of an article: headline, dateline, paragraphs, and everything around them that is not the article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.boilerplate import Boilerplate
from beritaextract.components.base import TableComponent
from beritaextract.headlines import SegmentWord
from beritaextract.layers import SegmentRow, facts, full_text, write
from beritaextract.lexicon import Lexicon
from beritaextract.outlets import host_of, outlet_of, read_outlets
from beritaextract.segments import SegmentRules, Stretch, segment


@Language.factory("beritaextract_segments", assigns=["doc.spans"])
class SegmentFinder(TableComponent):
    """Adds the layer ``segments``: all of the text that is not blank, paragraph by paragraph and block by block.

    Extras of the layer: ``outlet_of_address``, the outlet that the address belongs to, if a file of outlets says so; ``outlet``,
    the one that the dateline names, else that of the address; ``dateline_towns``, the dateline's towns, and
    ``dateline_date``, its day, as [start, end] in characters.
    """

    def __init__(self, nlp: Language, name: str = "beritaextract_segments") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Read the tables and the outlets."""
        outlets = read_outlets(lexicon)
        self._outlets = outlets
        self._names = {sign.lower(): outlet.name for outlet in outlets for sign in outlet.dateline}
        self.rules = SegmentRules.compile(
            lexicon.rows("boilerplate", Boilerplate, key=lambda r: (r.cue, r.pattern)),
            lexicon.rows("segment_words", SegmentWord, key=lambda w: (w.word, w.role)),
            [sign for outlet in outlets for sign in outlet.dateline],
            [sign for outlet in outlets if not outlet.dash for sign in outlet.dateline],
        )

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        result = segment(full_text(doc), self.rules, title=facts(doc).get("title"))
        _split_tokens(doc, result.stretches)
        dateline = result.dateline
        signed = dateline.outlet if dateline else None
        by_address = self._by_address(doc)
        write(
            doc,
            "segments",
            self.find(doc, result.stretches),
            outlet=self._names.get(signed.lower(), signed) if signed else by_address,
            outlet_of_address=by_address,
            dateline_towns=[list(town) for town in dateline.towns] if dateline else [],
            dateline_date=list(dateline.date) if dateline and dateline.date else None,
        )
        return doc

    def _by_address(self, doc: Doc) -> str | None:
        """The outlet that the article's address belongs to, if a file of outlets says so."""
        host = host_of(facts(doc).get("url"))
        return outlet_of(host, self._outlets) if host else None

    def find(self, doc: Doc, stretches: list[Stretch]) -> list[tuple[Span, SegmentRow]]:
        """The stretches as spans of whole tokens, without blank tokens at their ends."""
        starts, ends, blank = _places(doc)
        found: list[tuple[Span, SegmentRow]] = []
        for kind, start, end, by in stretches:
            first, last = bisect_right(ends, start), bisect_left(starts, end)
            while first < last and blank[first]:
                first += 1
            while last > first and blank[last - 1]:
                last -= 1
            if first < last:
                found.append((Span(doc, first, last, label=kind), {"kind": kind, "by": by}))
        return found


def _places(doc: Doc) -> tuple[list[int], list[int], list[int]]:
    """Where each token starts and ends, in characters, and whether it is blank."""
    if not len(doc):
        return [], [], []
    table = doc.to_array(["IDX", "LENGTH", "IS_SPACE"]).astype("int64")
    starts, ends = table[:, 0], table[:, 0] + table[:, 1]
    return starts.tolist(), ends.tolist(), table[:, 2].tolist()


def _split_tokens(doc: Doc, stretches: list[Stretch]) -> None:
    """Split tokens that a boundary runs through, as in "listrikPewarta"."""
    starts, ends, blank = _places(doc)
    cuts: dict[int, list[int]] = {}
    for edge in sorted({edge for s in stretches for edge in (s.start, s.end)}):
        i = bisect_right(starts, edge) - 1
        if i >= 0 and starts[i] < edge < ends[i] and not blank[i]:
            cuts.setdefault(i, []).append(edge - starts[i])
    if not cuts:
        return
    with doc.retokenize() as retokenizer:
        for i, inner in cuts.items():
            token = doc[i]
            pieces = [token.text[a:b] for a, b in pairwise([0, *inner, len(token)])]
            retokenizer.split(token, pieces, heads=[token] * len(pieces))
