"""What was said: direct quotes between marks, reported clauses and mixtures of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.base import TableComponent
from beritaextract.components.cues import Cues
from beritaextract.components.direct import DirectFinder
from beritaextract.components.discourse import Discourse, Found, discourse
from beritaextract.components.reported import ReportedFinder
from beritaextract.layers import QuoteRow, write
from beritaextract.lexicon import Lexicon


@Language.factory("beritaextract_quotes", assigns=["doc.spans"], requires=["doc.spans"])
class QuoteFinder(TableComponent):
    """Adds the layer ``quotes``: direct quotes (“…,” kata X), reported clauses (X mengatakan …) and mixed ones, in text order."""

    def __init__(self, nlp: Language, name: str = "beritaextract_quotes") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Read the reporting words."""
        self._cues = Cues(lexicon)
        self._direct = DirectFinder(self._cues)
        self._reported = ReportedFinder(self._cues)

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        talk = discourse(doc, again=True)
        write(doc, "quotes", rows(talk, self.find(talk), self._cues))
        return doc

    def find(self, talk: Discourse) -> list[Found]:
        """Quotes in text order."""
        cues = {i: cue for i, word in enumerate(talk.lower) if (cue := self._cues.find(word)) is not None}
        if not cues and not talk.passages:
            return []
        direct = self._direct.find(talk, cues)
        return sorted([*direct, *self._reported.find(talk, cues, direct)], key=lambda q: q.start)


def rows(talk: Discourse, quotes: Iterable[Found], cues: Cues) -> Iterator[tuple[Span, QuoteRow]]:
    """The rows of the layer."""
    number = {}
    for n, quote in enumerate(quotes):
        number[quote.start] = n
        span = Span(talk.doc, talk.token[quote.start], talk.token[quote.end - 1] + 1, label=quote.kind)
        cue = None if quote.cue is None else cues.find(talk.lower[quote.cue])
        yield (
            span,
            {
                "kind": quote.kind,
                "cue": None if quote.cue is None else (talk.start[quote.cue], talk.end[quote.cue]),
                "lemma": None if cue is None else cue.row.base,
                "link": None if quote.link is None else number.get(quote.link),
                "confidence": quote.confidence,
                "by": quote.by,
            },
        )
