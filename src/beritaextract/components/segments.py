"""The parts of an article: headline, dateline, paragraphs, and everything around them that is not the article."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.boilerplate import Boilerplate
from beritaextract.components.base import TableComponent
from beritaextract.headlines import SegmentWord
from beritaextract.layers import SegmentRow, facts, write
from beritaextract.lexicon import Lexicon
from beritaextract.outlets import read_outlets
from beritaextract.segments import SegmentRules, Stretch, segment


@Language.factory("beritaextract_segments", assigns=["doc.spans"])
class SegmentFinder(TableComponent):
    """Adds the layer ``segments``: all of the text that is not blank, paragraph by paragraph and block by block.

    Extras of the layer: ``outlet``, the outlet that the dateline names; ``dateline_towns``, its towns, and
    ``dateline_date``, its day, as [start, end] in characters.
    """

    def __init__(self, nlp: Language, name: str = "beritaextract_segments") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Read the tables and the outlets."""
        outlets = read_outlets(lexicon)
        self._names = {sign.lower(): outlet.name for outlet in outlets for sign in outlet.dateline}
        self.rules = SegmentRules.compile(
            lexicon.rows("boilerplate", Boilerplate, key=lambda r: (r.cue, r.pattern)),
            lexicon.rows("segment_words", SegmentWord, key=lambda w: (w.word, w.role)),
            [sign for outlet in outlets for sign in outlet.dateline],
            [sign for outlet in outlets if not outlet.dash for sign in outlet.dateline],
        )

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        result = segment(doc.text, self.rules, title=facts(doc).get("title"))
        _split_tokens(doc, result.stretches)
        dateline = result.dateline
        signed = dateline.outlet if dateline else None
        write(
            doc,
            "segments",
            self.find(doc, result.stretches),
            outlet=self._names.get(signed.lower(), signed) if signed else None,
            dateline_towns=[list(town) for town in dateline.towns] if dateline else [],
            dateline_date=list(dateline.date) if dateline and dateline.date else None,
        )
        return doc

    def find(self, doc: Doc, stretches: list[Stretch]) -> list[tuple[Span, SegmentRow]]:
        """The stretches as spans of whole tokens."""
        found: list[tuple[Span, SegmentRow]] = []
        starts = doc.to_array(["IDX"]).tolist() if len(doc) else []
        texts = [t.text for t in doc]
        i = 0
        for kind, start, end, by in stretches:
            while i < len(doc) and starts[i] + len(texts[i]) <= start:
                i += 1
            first = i
            while i < len(doc) and starts[i] < end:
                i += 1
            last = i
            while last > first and texts[last - 1].isspace():
                last -= 1
            while first < last and texts[first].isspace():
                first += 1
            if first < last:
                found.append((Span(doc, first, last, label=kind), {"kind": kind, "by": by}))
        return found


def _split_tokens(doc: Doc, stretches: list[Stretch]) -> None:
    """Split tokens that a boundary runs through, as in "listrikPewarta"."""
    edges = sorted({edge for s in stretches for edge in (s.start, s.end)})
    cuts: list[tuple[int, int]] = []
    k = 0
    for i, token in enumerate(doc):
        begin, stop = token.idx, token.idx + len(token)
        while k < len(edges) and edges[k] <= begin:
            k += 1
        if k < len(edges) and edges[k] < stop and not token.is_space:
            cuts.append((i, edges[k] - begin))
    if not cuts:
        return
    with doc.retokenize() as retokenizer:
        for i, at in cuts:
            token = doc[i]
            retokenizer.split(token, [token.text[:at], token.text[at:]], heads=[token, token])
