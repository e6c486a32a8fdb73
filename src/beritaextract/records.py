"""The record: what one article becomes.

Frozen dataclasses with the names and the order of the published contract (docs/record.md). Every ``start``/``end`` counts
characters of ``Record.text``, and ``text[start:end]`` is the item's own ``text``. ``to_json``/``from_json`` and
``to_dict``/``from_dict`` are dataclasses-json's; ``from_json(to_json(record)) == record``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import orjson
from dataclasses_json import DataClassJsonMixin

SCHEMA = "1.0"

Self = TypeVar("Self", bound="JsonRecord")


class JsonRecord:
    """dataclasses-json's four methods for slotted dataclasses (its own mixin would give every instance a ``__dict__``)."""

    __slots__ = ()

    def to_dict(self, encode_json: bool = False) -> dict[str, Any]:
        """Plain dicts, lists and scalars."""
        return DataClassJsonMixin.to_dict(self, encode_json)  # type: ignore[arg-type]

    def to_json(self, **options: Any) -> str:
        """JSON text; ``options`` go to ``json.dumps`` (``indent``, ``ensure_ascii`` …)."""
        options.setdefault("ensure_ascii", False)
        return DataClassJsonMixin.to_json(self, **options)  # type: ignore[arg-type]

    @classmethod
    def from_dict(cls: type[Self], data: dict[str, Any], *, infer_missing: bool = False) -> Self:
        """The record of such a dict.

        Raises KeyError when a field without default is missing, unless ``infer_missing``, and ValueError for what is no dict.
        """
        _check_object(cls, data)
        return DataClassJsonMixin.from_dict.__func__(  # type: ignore[attr-defined, no-any-return]
            cls, data, infer_missing=infer_missing
        )

    @classmethod
    def from_json(cls: type[Self], text: str | bytes) -> Self:
        """The record of such a JSON text. Raises ValueError when it is not JSON, else as ``from_dict``."""
        return cls.from_dict(json.loads(text))

    def to_bytes(self, *, indent: bool = False) -> bytes:
        """The same JSON as UTF-8 through orjson, two hundred times as fast: the batch writer's choice."""
        return orjson.dumps(self, option=orjson.OPT_INDENT_2 if indent else None)


def _check_object(kind: type, data: object) -> None:
    if not isinstance(data, Mapping):
        raise ValueError(f"a {kind.__name__} is a JSON object, not {type(data).__name__}")


@dataclass(frozen=True, slots=True)
class Source(JsonRecord):
    """Where the article came from."""

    path: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Published(JsonRecord):
    """The day (or minute) of publication, ISO 8601; ``origin`` is ``given``, ``metadata`` or ``text``."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Segment(JsonRecord):
    """A stretch of the text: title, subheading, dateline, body, caption, related, ad, credit, navigation or repeat."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Jurisdiction(JsonRecord):
    """The area a post or organisation serves: Kemendagri code (``ID`` for the Republic) and its name."""

    code: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Position(JsonRecord):
    """A post as written, and what it means.

    ``acting`` is Plt, Plh, Pj, Pjs, Pgs, "Ad Interim" or None; ``title`` the head in full words; ``level`` the tier of
    government (national, province, regency, city, district, village) or None.
    """

    text: str
    start: int
    end: int
    acting: str | None
    former: bool
    title: str
    unit: str | None
    organization: str | None
    jurisdiction: Jurisdiction | None
    level: str | None
    public: bool
    confidence: float
    by: str


@dataclass(frozen=True, slots=True)
class Mention(JsonRecord):
    """One place in the text where a person is meant; ``kind`` is name, alias, title or pronoun."""

    text: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Person(JsonRecord):
    """A named human being of the article with the posts the article gives to them."""

    id: str
    name: str
    aliases: tuple[str, ...]
    honorifics: tuple[str, ...]
    degrees: tuple[str, ...]
    rank: str | None
    positions: tuple[Position, ...]
    mentions: tuple[Mention, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Organization(JsonRecord):
    """An organisation as first written, its name in full words and the area it serves."""

    name: str
    text: str
    start: int
    end: int
    jurisdiction: Jurisdiction | None


@dataclass(frozen=True, slots=True)
class Speaker(JsonRecord):
    """Who said a quote: the name, the person's id where it is a named person, and the words that say so."""

    name: str
    person_id: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cue(JsonRecord):
    """The reporting word as written, and its base form."""

    text: str
    lemma: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote(JsonRecord):
    """What a source said: ``direct`` (in marks), ``indirect`` (a reported clause) or ``mixed`` (both).

    ``continues`` is the id of the quote that it goes on with: the other part of "…," kata X, "…", or the passage before.
    """

    id: str
    kind: str
    text: str
    start: int
    end: int
    speaker: Speaker | None
    cue: Cue | None
    confidence: float
    by: str
    continues: str | None = None


@dataclass(frozen=True, slots=True)
class Place(JsonRecord):
    """A place, with its Kemendagri code (ISO 3166 for countries) where it could be resolved.

    ``path`` runs from the place up to the country; ``lat``/``lon`` in degrees; ``role`` is location or dateline.
    """

    text: str
    start: int
    end: int
    kind: str
    name: str
    code: str | None
    path: tuple[str, ...]
    country: str | None
    lat: float | None
    lon: float | None
    role: str
    confidence: float
    by: str


@dataclass(frozen=True, slots=True)
class DateRef(JsonRecord):
    """A calendar expression and its ISO 8601 value; ``conflict`` when the written weekday is not the date's."""

    text: str
    start: int
    end: int
    value: str
    grain: str
    relative: bool
    conflict: bool
    by: str


@dataclass(frozen=True, slots=True)
class Topic(JsonRecord):
    """An IPTC Media Topic with its English and Indonesian label."""

    code: str
    name: str
    name_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Keyword(JsonRecord):
    """A key phrase of the article."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Temporal(JsonRecord):
    """A duration (P3D), a repeated time (XXXX-WXX-1) or a lone clock time, with the ``value`` of TimeML's TIMEX3.

    ``type`` is DURATION, SET or TIME; ``quant`` (EVERY) and ``freq`` (2X) say how often a SET recurs.
    """

    text: str
    start: int
    end: int
    type: str
    value: str
    quant: str | None
    freq: str | None
    by: str


_TITLE_SHOWN = 60


@dataclass(frozen=True, slots=True, repr=False)
class Record(JsonRecord):
    """Everything found in one article."""

    schema: str
    id: str
    source: Source
    title: str | None
    published: Published | None
    text: str
    segments: tuple[Segment, ...] = ()
    officials: tuple[Person, ...] = ()
    other_people: tuple[Person, ...] = ()
    organizations: tuple[Organization, ...] = ()
    quotes: tuple[Quote, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateRef, ...] = ()
    topics: tuple[Topic, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    warnings: tuple[str, ...] = ()
    temporals: tuple[Temporal, ...] = ()

    @property
    def people(self) -> tuple[Person, ...]:
        """Officials and other people together, in the order of their first mention."""
        return tuple(sorted(self.officials + self.other_people, key=lambda p: int(p.id[1:])))

    def quotes_by(self, person: Person | str) -> tuple[Quote, ...]:
        """What a person said, in text order; ``person`` is a Person, an id ("p1"), a name or an alias ("Virgojanti")."""
        if isinstance(person, str):
            ids = {p.id for p in self.people if person in (p.id, p.name, *p.aliases)}
        else:
            ids = {person.id}
        return tuple(q for q in self.quotes if q.speaker is not None and q.speaker.person_id in ids)

    def to_popolo(self) -> dict[str, Any]:
        """Its people and posts in the Popolo data model: persons, organizations, areas, posts, memberships."""
        from beritaextract.popolo import to_popolo

        return to_popolo(self)

    def to_geojson(self) -> dict[str, Any]:
        """Its places as a GeoJSON FeatureCollection (RFC 7946)."""
        from beritaextract.geojson import to_geojson

        return to_geojson(self)

    def to_timeml(self) -> str:
        """Its text with its dates as TimeML, an XML document."""
        from beritaextract.timeml import to_timeml

        return to_timeml(self)

    def show(self, *, style: Literal["page", "ent"] = "page", lang: str = "en") -> str | None:
        """The article with what was found in it, as ``beritaextract.show``: in Jupyter as output, elsewhere as HTML text."""
        from beritaextract.display.showing import show

        return show(self, style=style, lang=lang)

    def __repr__(self) -> str:
        """What it is, in a line: a record in full is its JSON."""
        title = "" if self.title is None else f" {_shortened(self.title)!r}"
        found = {
            "official": self.officials,
            "other people": self.other_people,
            "quote": self.quotes,
            "place": self.places,
            "date": self.dates,
        }
        counts = ", ".join(f"{len(items)} {_plural(name, len(items))}" for name, items in found.items())
        return f"<Record {self.id}{title}: {counts}>"

    def _repr_html_(self) -> str:
        from beritaextract.display.view import record_html

        return record_html(self)


@dataclass(frozen=True, slots=True)
class Failure(JsonRecord):
    """An article that could not become a record: its id, where it came from and why."""

    id: str
    source: Source
    error: str
    reason: str


def each(records: Record | Iterable[Record | Mapping[str, Any]]) -> Iterator[Record | Mapping[str, Any]]:
    """Records, given one or many, as Records or as what their JSON reads as. Raises TypeError for what is neither."""
    if isinstance(records, Record):
        yield records
        return
    if isinstance(records, str | bytes | Mapping) or not isinstance(records, Iterable):
        raise TypeError(_no_record(records))
    for record in records:
        if not isinstance(record, Record | Mapping):
            raise TypeError(_no_record(record))
        yield record


def as_data(record: Record | Mapping[str, Any]) -> Mapping[str, Any]:
    """What the JSON of a record reads as; a mapping is taken to be that."""
    return orjson.loads(record.to_bytes()) if isinstance(record, Record) else record


def as_record(record: Record | Mapping[str, Any]) -> Record:
    """The Record of what its JSON reads as. Raises KeyError as ``Record.from_dict``."""
    return record if isinstance(record, Record) else Record.from_dict(dict(record))


def _no_record(given: object) -> str:
    return f"a record is a Record, or the dict that its JSON reads as, not {type(given).__name__}"


def _plural(name: str, number: int) -> str:
    return name if number == 1 or name.endswith("people") else f"{name}s"


def _shortened(text: str) -> str:
    return text if len(text) <= _TITLE_SHOWN else f"{text[: _TITLE_SHOWN - 1]}…"
