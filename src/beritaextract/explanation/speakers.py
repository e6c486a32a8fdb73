"""Who was weighed as the speaker of each quote."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from beritaextract.components.descriptions import Candidate
from beritaextract.components.discourse import Discourse, discourse
from beritaextract.components.scene import Scene, Speaker
from beritaextract.components.speakers import SpeakerLinker
from beritaextract.components.stage import Said
from beritaextract.explanation.structure import Option
from beritaextract.layers import PersonFacts, extra

NOBODY = -1.0
"""The score that the stage gives to somebody who is none of the candidates; it takes its share, but is never chosen."""


class Weighed(NamedTuple):
    """The candidates of one quote and the one chosen."""

    candidates: list[Candidate]
    chosen: Speaker | None


class SpeakerRecorder(SpeakerLinker):
    """The speaker stage of a chain, decision by decision: it keeps the candidates of every quote that has to choose."""

    def __init__(self, nlp: Language, linker: SpeakerLinker) -> None:
        super().__init__(nlp, linker.name)
        self.use(linker.lexicon)
        self.weights = linker.weights
        self.seen: dict[int, Weighed] = {}

    def _speaker(self, scene: Scene, quote: Said, last: Speaker | None) -> Speaker | None:
        candidates, _ = scene.candidates(quote, last)
        chosen = super()._speaker(scene, quote, last)
        self.seen[quote.start] = Weighed(candidates, chosen)
        return chosen


def speaker_options(nlp: Language, doc: Doc) -> dict[int, tuple[Option, ...]]:
    """By the first token of each quote that had to choose, its candidates; quotes that go on with another are not there."""
    linker = next((c for _, c in nlp.pipeline if isinstance(c, SpeakerLinker)), None)
    if linker is None:
        return {}
    recorder = SpeakerRecorder(nlp, linker)
    recorder.find(doc)
    talk = discourse(doc)
    persons: Sequence[PersonFacts] = extra(doc, "people", "persons", [])
    return {
        talk.token[start]: _options(talk, persons, weighed, recorder.weights)
        for start, weighed in recorder.seen.items()
    }


def _options(
    talk: Discourse, persons: Sequence[PersonFacts], weighed: Weighed, weights: dict[str, float]
) -> tuple[Option, ...]:
    """Candidates with what each piece of evidence counts, the likeliest first."""
    pieces = [{f: weights.get(f, 0.0) * value for f, value in c.features.items()} for c in weighed.candidates]
    scores = [sum(p.values()) for p in pieces]
    total = sum(map(math.exp, scores)) + math.exp(NOBODY)
    chosen = weighed.chosen
    made = [
        Option(
            label=_name(talk, persons, candidate),
            score=round(score, 3),
            share=round(math.exp(score) / total, 3),
            chosen=chosen is not None and (candidate.person, candidate.name) == (chosen.person, chosen.name),
            evidence={name: round(value, 3) for name, value in piece.items()},
        )
        for candidate, piece, score in zip(weighed.candidates, pieces, scores, strict=True)
    ]
    return tuple(sorted(made, key=lambda option: -option.score))


def _name(talk: Discourse, persons: Sequence[PersonFacts], candidate: Candidate) -> str:
    if 0 <= candidate.person < len(persons):
        return persons[candidate.person]["name"]
    start, end = candidate.name
    return talk.doc[talk.token[start] : talk.token[end - 1] + 1].text
