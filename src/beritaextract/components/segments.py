"""PLACEHOLDER segments."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.base import TableComponent
from beritaextract.layers import write
from beritaextract.lexicon import Lexicon


@Language.factory("beritaextract_segments", assigns=["doc.spans"])
class SegmentFinder(TableComponent):
    """PLACEHOLDER."""

    def __init__(self, nlp: Language, name: str = "beritaextract_segments") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Read the tables."""

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        write(doc, "segments", [(Span(doc, 0, len(doc), label="body"), {"kind": "body", "by": "placeholder"})])
        return doc
