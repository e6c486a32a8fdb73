"""Who said each quote: the mention beside the reporting word, or else the person the discourse is about."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.base import TableComponent
from beritaextract.components.cues import Cues
from beritaextract.components.discourse import Discourse, discourse
from beritaextract.components.mentions import Range
from beritaextract.components.scene import Scene, Speaker
from beritaextract.components.stage import Said
from beritaextract.layers import PersonFacts, SpeakerRow, extra, read, write
from beritaextract.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Weight:
    """A row of ``speaker_weights.tsv``: a piece of evidence and what it counts."""

    feature: str
    weight: float
    example: str


@Language.factory("beritaextract_speakers", assigns=["doc.spans"], requires=["doc.spans"])
class SpeakerLinker(TableComponent):
    """Adds the layer ``speakers``: for each quote whose speaker is given, the words that name or stand for the speaker.

    Every quote has its candidates, every candidate its features, a feature its weight; the best sum speaks, and its share of
    the softmax is the confidence.
    """

    def __init__(self, nlp: Language, name: str = "beritaextract_speakers") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Read the reporting words and the weights."""
        self._cues = Cues(lexicon)
        self.weights = {row.feature: row.weight for row in lexicon.rows("speaker_weights", Weight)}

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        write(doc, "speakers", self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[tuple[Span, SpeakerRow]]:
        """The speakers with the quotes they belong to."""
        quotes = read(doc, "quotes")
        if not quotes:
            return []
        talk = discourse(doc)
        said = [_said(talk, span, row) for span, row in quotes]
        persons: Sequence[PersonFacts] = extra(doc, "people", "persons", [])
        scene = Scene(talk, self._cues, persons, said)
        found = []
        for n, speaker in enumerate(self._decide(scene, said)):
            if speaker is not None:
                found.append((_span(talk, speaker.at), _row(talk, n, speaker, persons)))
        return found

    def _decide(self, scene: Scene, said: Sequence[Said]) -> Iterator[Speaker | None]:
        last: Speaker | None = None
        decided: list[Speaker | None] = []
        for quote in said:
            if quote.link is not None and decided[quote.link] is not None:
                speaker = decided[quote.link]
            else:
                speaker = self._speaker(scene, quote, last)
            decided.append(speaker)
            if speaker is not None and scene.can_go_on(quote, speaker):
                last = speaker
                scene.spoke(quote, speaker)
            yield speaker

    def _speaker(self, scene: Scene, quote: Said, last: Speaker | None) -> Speaker | None:
        candidates, at = scene.candidates(quote, last)
        if not candidates:
            return None
        scores = [sum(self.weights.get(f, 0.0) * v for f, v in c.features.items()) for c in candidates]
        best = max(range(len(candidates)), key=lambda i: scores[i])
        total = sum(math.exp(s - scores[best]) for s in scores) + math.exp(-1.0 - scores[best])
        chosen = candidates[best]
        return Speaker(chosen.person, chosen.name, at or chosen.name, 1 / total, f"speakers.{chosen.by}")


def _said(talk: Discourse, span: Span, row: Mapping[str, Any]) -> Said:
    cue = None
    if row["cue"] is not None:
        start, end = row["cue"]
        token = span.doc.char_span(start, end, alignment_mode="expand")
        cue = talk.word_of[token.start] if token is not None else None
    return Said(talk.word_of[span.start], talk.word_of[span.end], row["kind"], cue, row["link"], row["by"])


def _span(talk: Discourse, at: Range) -> Span:
    return Span(talk.doc, talk.token[at[0]], talk.token[at[1] - 1] + 1, label="speaker")


def _row(talk: Discourse, quote: int, speaker: Speaker, persons: Sequence[PersonFacts]) -> SpeakerRow:
    named = 0 <= speaker.person < len(persons)
    return {
        "quote": quote,
        "person": speaker.person if named else None,
        "name": persons[speaker.person]["name"] if named else _span(talk, speaker.name).text,
        "confidence": speaker.confidence,
        "by": speaker.by,
    }
