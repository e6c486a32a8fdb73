"""Which areas were weighed for each area name."""

from __future__ import annotations

from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from beritaextract.components.toponym_resolution import Context, Evidence, Resolver, Weight
from beritaextract.components.toponym_scan import Mention
from beritaextract.components.toponyms import ToponymFinder
from beritaextract.explanation.structure import Option
from beritaextract.gazetteer import Gazetteer, gazetteer_with
from beritaextract.layers import words
from beritaextract.lexicon import Lexicon

MOST = 8
"""So many readings of a name are told."""


class Reading(NamedTuple):
    """An area name as the toponyms stage saw it, its readings, and how far the best was ahead of the next."""

    mention: Mention
    options: tuple[Option, ...]
    lead: float | None
    margin: float
    floor: float


class ReadingRecorder(Resolver):
    """A resolver that keeps what spoke for each reading at the moment of the choice."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._gazetteer: Gazetteer = gazetteer_with(lexicon)
        super().__init__(self._gazetteer, lexicon.rows("toponym_weights", Weight))
        self.seen: list[tuple[Mention, list[tuple[str, dict[str, float]]]]] = []

    def _choose(self, m: Mention, codes: tuple[str, ...], evidence: Evidence, context: Context) -> None:
        super()._choose(m, codes, evidence, context)
        pieces = [(code, self._pieces(m, code, evidence, context)) for code in m.codes[:MOST]]
        self.seen.append((m, pieces))

    def _pieces(self, m: Mention, code: str, evidence: Evidence, context: Context) -> dict[str, float]:
        """What each weight adds to a score: the score with all other weights at nought."""
        weights = self._weights
        found = {}
        for name, weight in weights.items():
            self._weights = {**dict.fromkeys(weights, 0.0), name: weight}
            value = self._score(m, code, evidence, context)
            if value:
                found[name] = value
        self._weights = weights
        return found

    def readings(self) -> list[Reading]:
        """All names in text order, with what came of them."""
        margin = self._weights["margin"]
        made = []
        for mention, pieces in sorted(self.seen, key=lambda pair: pair[0].start):
            options = tuple(self._option(mention, code, found) for code, found in pieces)
            lead = round(options[0].score - options[1].score, 3) if len(options) > 1 else None
            free = bool(pieces) and len(pieces[0][0]) <= len("00.00")
            floor = self._weights["floor_free" if free else "floor_bound"]
            made.append(Reading(mention, options, lead, margin, floor))
        return made

    def _option(self, mention: Mention, code: str, found: dict[str, float]) -> Option:
        return Option(
            label=f"{', '.join(self._gazetteer.path(code)[:-1])} ({code})",
            score=round(sum(found.values()), 3),
            share=None,
            chosen=mention.taken and code == mention.code,
            evidence={name: round(value, 3) for name, value in found.items()},
        )


def readings(nlp: Language, doc: Doc) -> list[Reading]:
    """The area names of an article, those too that came to nothing; empty for a chain without the toponyms stage."""
    finder = next((c for _, c in nlp.pipeline if isinstance(c, ToponymFinder)), None)
    if finder is None or not len(words(doc)):
        return []
    recorder = ReadingRecorder(finder.lexicon)
    finder.find(doc, recorder)
    return recorder.readings()
