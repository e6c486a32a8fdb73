"""PLACEHOLDER speakers."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from beritaextract.components.base import TableComponent
from beritaextract.layers import write
from beritaextract.lexicon import Lexicon


@Language.factory("beritaextract_speakers", assigns=["doc.spans"])
class SpeakerLinker(TableComponent):
    """PLACEHOLDER."""

    def __init__(self, nlp: Language, name: str = "beritaextract_speakers") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Read the tables."""

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        write(doc, "speakers", [])
        return doc
