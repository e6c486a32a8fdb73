"""Find the places of an article: areas named as such, countries, foreign towns, venues, mountains and seas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.base import TableComponent
from beritaextract.components.place_chains import areas_around
from beritaextract.components.place_heads import HeadFinder, NaturalHead, VenueHead
from beritaextract.components.place_links import Links, PlaceLink
from beritaextract.components.place_names import ForeignPlace, Found, Named, NaturalName, Region, build_index
from beritaextract.components.place_selection import INNER, Bearer, Blocker, Selector, Surroundings
from beritaextract.components.toponym_scan import Cue, LevelWord, Stopword
from beritaextract.components.toponyms import dateline_tokens
from beritaextract.gazetteer import Country, gazetteer_with, squeeze
from beritaextract.layers import PlaceRow, ToponymRow, Words, read, words, write
from beritaextract.lexicon import Lexicon

_CONFIDENCE = {
    "explicit": 0.98,
    "unique": 0.97,
    "list": 0.95,
    "name": 0.93,
    "context": 0.87,
    "head": 0.85,
    "ambiguous": 0.4,
}
"""How often a place of each kind of finding is one, on the development articles and a sample of the corpus."""


@Language.factory("beritaextract_places", assigns=["doc.spans"], requires=["doc.spans"])
class PlaceFinder(TableComponent):
    """Adds the layer ``places``: one entry a place, at its first mention.

    An area inside a venue's name ("Masjid Agung Indramayu"), an organisation, a post or a person's name is no place of its
    own, nor is one that touches other capitalised words ("Persib Bandung"), unless a cue says so ("di Bandung").
    """

    def __init__(self, nlp: Language, name: str = "beritaextract_places") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Names of places without a code, head words, cues and blockers."""
        stops = lexicon.rows("place_stopwords", Stopword)
        self._links = Links.of(lexicon.rows("place_links", PlaceLink))
        self._names = build_index(
            lexicon.rows("countries", Country),
            lexicon.rows("foreign_places", ForeignPlace),
            lexicon.rows("regions", Region),
            lexicon.rows("natural", NaturalName),
            stops,
        )
        levels = {row.form: row for row in lexicon.rows("level_words", LevelWord)}
        inner = [row for row in levels.values() if row.inside and row.kinds[0] in INNER]
        natural = lexicon.rows("natural_heads", NaturalHead)
        venues = lexicon.rows("venues", VenueHead)
        small = {row.form for row in inner} | {row.form for row in natural if row.lower}
        small |= {row.form for row in venues if row.lower}
        heads = {row.form: row.kinds[0] for row in inner} | {row.form: "natural" for row in natural}
        self._heads = HeadFinder(heads | {row.form: "venue" for row in venues}, frozenset(small), self._links)
        cues = frozenset(row.form for row in lexicon.rows("place_cues", Cue))
        blockers = frozenset(row.form for row in lexicon.rows("place_blockers", Blocker))
        bearers = frozenset(row.form for row in lexicon.rows("nationality_words", Bearer))
        self._selector = Selector(gazetteer_with(lexicon), self._names, levels, cues, blockers, bearers)

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        write(doc, "places", self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[tuple[Span, PlaceRow]]:
        """Places in text order."""
        view = words(doc)
        datelines = dateline_tokens(doc, view)
        usable = [a or b for a, b in zip(view.content, datelines, strict=True)] if datelines else view.content
        toponyms = read(doc, "toponyms")
        candidates = [*self._areas(toponyms), *self._others(view, usable, toponyms)]
        places = list(self._selector.select(Surroundings(doc, view, candidates, self._links.law), candidates))
        found: dict[tuple[str, str], tuple[Span, PlaceRow]] = {}
        for place, within in zip(places, areas_around(view, places, toponyms, self._links), strict=True):
            key = (place.place.kind, place.place.code or squeeze(place.place.name))
            if key not in found:
                role = "dateline" if datelines and datelines[place.start] else "location"
                found[key] = Span(doc, place.start, place.end, label=place.place.kind), _row(place, role)
            if within and not found[key][1].get("within"):
                found[key][1]["within"] = within
        return list(found.values())

    def _areas(self, toponyms: Iterable[tuple[Span, ToponymRow]]) -> Iterator[Found]:
        """Toponyms that stand as places; a province without its level word."""
        for span, row in toponyms:
            start = span.start
            if row["kind"] == "province" and row["marker"]:
                start += len(row["marker"].split())
            yield Found(start, span.end, Named(row["kind"], row["name"], row["code"]), row["by"].partition(".")[2])

    def _others(self, view: Words, usable: list[bool], toponyms: list[tuple[Span, ToponymRow]]) -> Iterator[Found]:
        """Places with a name of the tables, or with a head word."""
        yield from self._names.scan(view, usable)
        starts = frozenset(s.start for s, row in toponyms if row["code"] or row["marker"])
        explicit = [(s.start, row["kind"]) for s, row in toponyms if row["by"] == "toponyms.explicit"]
        inner = frozenset(start for start, kind in explicit if kind in INNER)
        yield from self._heads.scan(view, usable, starts, inner, frozenset(start for start, _ in explicit))


def _row(found: Found, role: str) -> PlaceRow:
    return {
        "kind": found.place.kind,
        "name": found.place.name,
        "code": found.place.code,
        "role": role,
        "confidence": _CONFIDENCE[found.by],
        "by": f"places.{found.by}",
    }
