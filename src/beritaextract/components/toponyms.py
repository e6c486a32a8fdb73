"""Find the area names of an article and decide which area each one means."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.base import TableComponent
from beritaextract.components.place_links import Links, PlaceLink
from beritaextract.components.toponym_resolution import Context, Resolver, Weight
from beritaextract.components.toponym_scan import Cue, Direction, LevelWord, Mention, Scanner, Stopword
from beritaextract.gazetteer import Gazetteer, gazetteer_with
from beritaextract.layers import ToponymRow, Words, extra, facts, ranges, words, write
from beritaextract.lexicon import Lexicon


@Language.factory("beritaextract_toponyms", assigns=["doc.spans"], requires=["doc.spans"])
class ToponymFinder(TableComponent):
    """Adds the layer ``toponyms``: every area name, inside posts and organisations too, with the code of its reading.

    "Bupati Serang" is the regency and "Kota Serang" the city, "Curug, Kota Serang" the district there, "Kalianda" in an
    article on Lampung Selatan its seat. A name that could mean several areas and shows no reason for one has no code.
    """

    def __init__(self, nlp: Language, name: str = "beritaextract_toponyms") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Level words, cues, stopwords and weights on the packaged gazetteer."""
        self._areas = gazetteer_with(lexicon)
        self._scanner = Scanner(
            self._areas,
            lexicon.rows("level_words", LevelWord),
            lexicon.rows("place_cues", Cue),
            lexicon.rows("place_stopwords", Stopword),
            lexicon.rows("directions", Direction),
            Links.of(lexicon.rows("place_links", PlaceLink)),
        )
        self._resolver = Resolver(self._areas, lexicon.rows("toponym_weights", Weight))

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        write(doc, "toponyms", self.find(doc))
        return doc

    def find(self, doc: Doc, resolver: Resolver | None = None) -> list[tuple[Span, ToponymRow]]:
        """Area names in text order; a ``resolver`` of yours decides in place of ours."""
        view = words(doc)
        datelines = dateline_tokens(doc, view)
        usable = [a or b for a, b in zip(view.content, datelines, strict=True)] if datelines else view.content
        levels = {end: row["level"] for _, end, row in ranges(doc, "titles") if row["level"] and row["takes"] == "area"}
        mentions = self._scanner.scan(view, usable, levels)
        if not mentions:
            return []
        for mention in mentions:
            mention.dateline = bool(datelines) and datelines[mention.name_start]
        outlet = facts(doc).get("outlet") or extra(doc, "segments", "outlet")
        (resolver or self._resolver).resolve(
            mentions, Context(self._scanner.levels_used(view), self._scanner.areas_in(outlet))
        )
        return [(Span(doc, m.start, m.end, label=m.kind), _row(m, self._areas)) for m in mentions if m.taken]


def dateline_tokens(doc: Doc, view: Words) -> list[bool]:
    """Which tokens lie in the town of a dateline ("SERANG, KOMPAS.com –")."""
    towns = extra(doc, "segments", "dateline_towns", [])
    if not towns:
        return []
    inside = [False] * len(view)
    for start, end in towns:
        first, behind = bisect_left(view.start, start), bisect_right(view.end, end)
        inside[first:behind] = [True] * (behind - first)
    return inside


def _row(mention: Mention, areas: Gazetteer) -> ToponymRow:
    name = areas.name(mention.code) if mention.code else mention.name
    return {
        "name": name,
        "kind": mention.kind,
        "code": mention.code,
        "candidates": list(mention.codes[:8]),
        "marker": mention.marker,
        "score": round(mention.score, 2),
        "by": f"toponyms.{mention.by}",
    }
