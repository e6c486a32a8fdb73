"""PLACEHOLDER topics."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from beritaextract.components.base import TableComponent
from beritaextract.lexicon import Lexicon


@Language.factory("beritaextract_topics", assigns=["doc.spans"])
class TopicScorer(TableComponent):
    """PLACEHOLDER."""

    def __init__(self, nlp: Language, name: str = "beritaextract_topics") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Read the tables."""

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        doc.cats = {}
        return doc


def labels() -> dict[str, tuple[str, str]]:
    """English and Indonesian label of each topic code."""
    return {}
