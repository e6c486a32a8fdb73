"""Find the places of an article: areas named as such, countries, foreign towns, venues, mountains and seas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.base import TableComponent
from beritaextract.components.place_heads import HeadFinder, NaturalHead, VenueHead
from beritaextract.components.place_names import ForeignPlace, Found, Named, NaturalName, Region, build_index
from beritaextract.components.toponym_scan import Cue, LevelWord, Stopword, is_cue
from beritaextract.components.toponyms import dateline_tokens
from beritaextract.gazetteer import Country, gazetteer, squeeze
from beritaextract.layers import PlaceRow, ToponymRow, Words, read, words, write
from beritaextract.lexicon import Lexicon

_CONFIDENCE = {
    "explicit": 0.97,
    "list": 0.95,
    "unique": 0.95,
    "context": 0.9,
    "ambiguous": 0.5,
    "name": 0.93,
    "head": 0.8,
}
_INNER = ("district", "village")


_OPENERS = frozenset({".", "?", "!", ":", ";", '"', "“", "”", "‘", "'", "•", "-", "–", "—"})


@dataclass(frozen=True, slots=True)
class Blocker:
    """A row of ``place_blockers.tsv``: a word before a name that makes it no place ("bahasa Jepang", "dolar AS")."""

    form: str
    example: str


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
        self._names = build_index(
            lexicon.rows("countries", Country),
            lexicon.rows("foreign_places", ForeignPlace),
            lexicon.rows("regions", Region),
            lexicon.rows("natural", NaturalName),
            stops,
        )
        self._levels = {row.form: row for row in lexicon.rows("level_words", LevelWord)}
        heads = {row.form: row.kinds[0] for row in self._levels.values() if row.inside and row.kinds[0] in _INNER}
        heads |= {row.form: "natural" for row in lexicon.rows("natural_heads", NaturalHead)}
        heads |= {row.form: "venue" for row in lexicon.rows("venues", VenueHead)}
        self._heads = HeadFinder(heads)
        self._cues = frozenset(row.form for row in lexicon.rows("place_cues", Cue))
        self._blockers = frozenset(row.form for row in lexicon.rows("place_blockers", Blocker))

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
        seen: set[tuple[str, str]] = set()
        found: list[tuple[Span, PlaceRow]] = []
        for place in self._free(doc, view, [*self._areas(view, toponyms), *self._others(view, usable, toponyms)]):
            key = (place.place.kind, place.place.code or squeeze(place.place.name))
            if key not in seen:
                seen.add(key)
                role = "dateline" if datelines and datelines[place.start] else "location"
                found.append((Span(doc, place.start, place.end, label=place.place.kind), _row(place, role)))
        return found

    def _areas(self, view: Words, toponyms: Iterable[tuple[Span, ToponymRow]]) -> Iterator[Found]:
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
        inner = [s for s, row in toponyms if row["kind"] in _INNER and row["by"] == "toponyms.explicit"]
        yield from self._heads.scan(view, usable, starts, frozenset(s.start for s in inner))

    def _free(self, doc: Doc, view: Words, candidates: list[Found]) -> Iterator[Found]:
        """Candidates that overlap no longer one, lie in no name of something else and are not blocked."""
        owned = _owned(doc)
        areas = {i for p in candidates if p.place.code for i in range(p.start, p.end)}
        dropped: dict[int, str | None] = {}
        end = 0
        for place in sorted(candidates, key=lambda p: (p.start, -p.end)):
            if place.start < end:
                continue
            if place.by == "head":
                stands = not owned[place.start]
            else:
                again = view.text[place.start - 1] == "(" and dropped.get(place.start - 1) == place.place.code
                stands = not again and not any(owned[place.start : place.end]) and self._stands(view, place, areas)
            if stands:
                end = place.end
                yield from self._with_pair(view, place)
            else:
                dropped[place.end] = place.place.code

    def _with_pair(self, view: Words, place: Found) -> Iterator[Found]:
        """The place, and before it the other one of "Kelurahan/Kecamatan Mayangan"."""
        row = (
            self._levels.get(view.lower[place.start - 2])
            if view.text[place.start - 1] == "/" and place.start > 1
            else None
        )
        if row is not None and place.place.code and row.inside:
            code = place.place.code
            near = [c for c in gazetteer().lookup(gazetteer().bare_name(code)) if c.kind in row.kinds]
            pair = [a for a in near if a.code.startswith(code) or code.startswith(a.code)]
            if len(pair) == 1:
                yield Found(place.start - 2, place.end, Named(pair[0].kind, pair[0].name, pair[0].code), place.by)
        yield place

    def _stands(self, view: Words, place: Found, areas: set[int]) -> bool:
        """Is the name a place here: not governed, not blocked ("bahasa Jepang"), not part of a name ("Persib Bandung")?"""
        if place.by == "governed":
            return False
        before = place.start - 1
        word = view.lower[before] if before >= 0 else ""
        cue = is_cue(view, before, self._cues)
        if word in self._blockers or (before > 0 and f"{view.lower[before - 1]} {word}" in self._blockers):
            return False
        if self._names.needs(squeeze(place.place.name)) and place.by == "name" and not cue:
            return False
        return not _touches(view, place, areas, skip_left=cue, skip_right=cue and place.by != "name")


def _owned(doc: Doc) -> list[bool]:
    """Which tokens belong to an organisation, a post or a person."""
    owned = [False] * len(doc)
    for layer in ("organizations", "officials", "people", "titles"):
        for span, _ in read(doc, layer):
            owned[span.start : span.end] = [True] * (span.end - span.start)
    return owned


def _touches(view: Words, place: Found, areas: set[int], *, skip_left: bool, skip_right: bool) -> bool:
    """Does a capitalised word touch the name that is no area itself?"""
    before, after = place.start - 1, place.end
    left = (
        before >= 0 and before not in areas and _is_name_word(view.text[before]) and not _starts_sentence(view, before)
    )
    right = after < len(view) and after not in areas and _is_name_word(view.text[after])
    return (left and not skip_left) or (right and not skip_right)


def _is_name_word(text: str) -> bool:
    return text[0].isupper() and len(text) > 1


def _starts_sentence(view: Words, i: int) -> bool:
    """Is token ``i`` capitalised only because a sentence or a quotation begins there? An abbreviation ("PSM") is not."""
    return view.text[i][1:].islower() and (i == 0 or view.text[i - 1] in _OPENERS or view.text[i - 1].isspace())


def _row(found: Found, role: str) -> PlaceRow:
    return {
        "kind": found.place.kind,
        "name": found.place.name,
        "code": found.place.code,
        "role": role,
        "confidence": _CONFIDENCE[found.by],
        "by": f"places.{found.by}",
    }
