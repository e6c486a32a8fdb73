"""Records made by hand for the tests of the report: what is quoted, named and where is found by its words."""

from __future__ import annotations

from collections.abc import Sequence

from beritaextract.records import (
    SCHEMA,
    Mention,
    Person,
    Place,
    Position,
    Published,
    Quote,
    Record,
    Segment,
    Source,
    Speaker,
    Topic,
)

HOSTILE = "<script>alert(1)</script>"

SERANG = ("Kota Serang", "36.73", ("Kota Serang", "Banten", "Indonesia"), -6.12, 106.15)
TERNATE = ("Kota Ternate", "82.71", ("Kota Ternate", "Maluku Utara", "Indonesia"), 0.79, 127.38)
POLITICS = Topic("medtop:11000000", "politics and government", "politik dan pemerintahan", 0.9)
HEALTH = Topic("medtop:07000000", "health", "kesehatan", 0.8)

PlaceFacts = tuple[str, str | None, tuple[str, ...], float | None, float | None]


def make_record(
    id: str,
    text: str,
    *,
    title: str | None = None,
    day: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    official: tuple[str, str] | None = None,
    said: Sequence[tuple[str, str | None]] = (),
    places: Sequence[PlaceFacts] = (),
    topics: Sequence[Topic] = (),
) -> Record:
    """A record of one paragraph. ``official`` is a name and a post, ``said`` pairs of words and who said them; all stand in
    ``text``, places under their official names."""
    person = [_person(text, *official)] if official else []
    return Record(
        schema=SCHEMA,
        id=id,
        source=Source(url=url, outlet=outlet),
        title=title,
        published=Published(day, "given") if day else None,
        text=text,
        segments=(Segment("body", 0, len(text)),) if text else (),
        officials=tuple(person),
        quotes=tuple(_quote(text, number, *one, person) for number, one in enumerate(said, 1)),
        places=tuple(_place(text, *facts) for facts in places),
        topics=tuple(topics),
    )


def _span(text: str, words: str) -> tuple[str, int, int]:
    start = text.index(words)
    return words, start, start + len(words)


def _person(text: str, name: str, post: str) -> Person:
    position = Position(
        *_span(text, post),
        acting=None,
        former=False,
        title=post,
        unit=None,
        organization=None,
        jurisdiction=None,
        level=None,
        public=True,
        confidence=0.9,
        by="officials.title_before_name",
    )
    return Person("p1", name, (), (), (), None, (position,), (Mention(*_span(text, name), "name"),), 0.9)


def _quote(text: str, number: int, words: str, speaker: str | None, people: Sequence[Person]) -> Quote:
    who = None
    if speaker is not None:
        known = next((person.id for person in people if person.name == speaker), None)
        who = Speaker(speaker, known, *_span(text, speaker))
    return Quote(f"q{number}", "direct", *_span(text, words), who, None, 0.9, "quotes.cue_after")


def _place(
    text: str, name: str, code: str | None, path: tuple[str, ...], lat: float | None, lon: float | None
) -> Place:
    return Place(*_span(text, name), "city", name, code, path, "ID", lat, lon, "location", 0.9, "places.explicit")
