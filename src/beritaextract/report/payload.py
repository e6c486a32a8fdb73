"""Records as the columns that the report's page reads: an index that it needs at once, texts that it needs when opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any, Generic, TypeVar

import orjson

from beritaextract.records import Person, Place, Record, Speaker

TEXT_BUDGET = 32_000_000
"""Characters of text in one page; beyond it, only passages are kept."""

CHUNK = 100
"""Articles whose texts are unpacked together."""

LEAD = 300
"""Characters kept of the beginning of a text of which only passages are kept …"""

AROUND = 240
"""… and before and behind each of its quotes."""

KINDS = ("direct", "indirect", "mixed")
MARKS = ("official", "person", "place", "date")
CONTENT = ("title", "subheading", "body", "caption")
BODY = ("pieces", "segments", "marks", "posts", "length", "url", "author")
"""What of an article is needed only when it is opened or searched: its text and what is marked in it."""

Key = TypeVar("Key", bound=Hashable)
Pieces = list[Any]


class Payload:
    """What the page holds, filled a record at a time.

    ``lang`` chooses the labels of topics; ``passages`` leaves out what is far from quotes from the first article on.
    """

    def __init__(self, *, lang: str = "id", passages: bool = False) -> None:
        self.lang = lang
        self.whole_texts = not passages
        self.characters = 0
        self.people = _Numbered[str]()
        self.places = _Numbered[tuple[str | None, str]]()
        self.topics = _Numbered[str]()
        self.outlets = _Numbered[str]()
        self.posts: list[Counter[str]] = []
        self.areas: dict[str, str] = {}
        self.articles: list[dict[str, Any]] = []
        self.bodies: list[bytes] = []
        self.quote_count = 0

    def add(self, record: Record) -> None:
        """Take one record in."""
        people = [self._person(person) for person in record.officials]
        quotes = [
            [KINDS.index(q.kind), q.start, q.end, self._speaker(q.speaker, record.other_people)] for q in record.quotes
        ]
        places = [self._place(place) for place in record.places]
        self.quote_count += len(quotes)
        self.characters += len(record.text)
        self.articles.append(
            {
                "id": record.id,
                "title": _line(record.title) if record.title else None,
                "day": _day_number(record),
                "outlet": self.outlets.number(record.source.outlet) if record.source.outlet else -1,
                "officials": _unlike(people),
                "places": _unlike(places),
                "topics": [
                    self.topics.number(t.code, t.name if self.lang == "en" else t.name_id) for t in record.topics
                ],
                "quotes": quotes,
            }
        )
        self.bodies.append(
            _body(
                pieces=_pieces(record, whole=self.whole_texts),
                segments=[[s.kind, s.start, s.end] for s in record.segments],
                marks=_marks(record, people, [quote[3] for quote in quotes], places),
                posts=[[number, *_posts(person)] for number, person in zip(people, record.officials, strict=True)],
                length=len(record.text),
                url=_web_address(record.source.url),
                author=record.source.author,
            )
        )
        if self.whole_texts and self.characters > TEXT_BUDGET:
            self._leave_out_texts()

    def index(self) -> dict[str, Any]:
        """The columns that the page reads at once, articles by day, the newest first, those without a day last."""
        articles = [self.articles[number] for number in self._order()]
        quotes = [(number, quote) for number, article in enumerate(articles) for quote in article["quotes"]]
        columns = ("id", "title", "day", "outlet", "officials", "places", "topics")
        return {
            "articles": {column: [article[column] for article in articles] for column in columns},
            "quotes": {
                "article": [number for number, _ in quotes],
                **{
                    column: [quote[at] for _, quote in quotes]
                    for at, column in enumerate(("kind", "start", "end", "speaker"))
                },
            },
            "people": {"name": self.people.labels, "post": [_commonest(posts) for posts in self.posts]},
            "places": {
                column: [label[column] for label in self.places.labels] for column in ("name", "in", "code", "at")
            },
            "areas": self.areas,
            "topics": {"code": list(self.topics), "name": self.topics.labels},
            "outlets": self.outlets.labels,
            "body": BODY,
            "chunk": CHUNK,
            "whole": self.whole_texts,
        }

    def chunks(self) -> Iterator[bytes]:
        """The bodies, so many articles at a time, in the order of the index; each a JSON array of arrays like ``BODY``."""
        order = self._order()
        for start in range(0, len(order), CHUNK):
            yield b"[" + b",".join(self.bodies[number] for number in order[start : start + CHUNK]) + b"]"

    def _order(self) -> list[int]:
        days = [article["day"] for article in self.articles]
        return sorted(range(len(days)), key=lambda number: (days[number] is None, -(days[number] or 0)))

    def _leave_out_texts(self) -> None:
        self.whole_texts = False
        for number, article in enumerate(self.articles):
            body = dict(zip(BODY, orjson.loads(self.bodies[number]), strict=True))
            ((_, text),) = body["pieces"]
            body["pieces"] = _passages(text, _first(body["segments"]), article["quotes"])
            self.bodies[number] = _body(**body)

    def _person(self, person: Person) -> int:
        number = self._named(person.name)
        self.posts[number].update(_line(post.text) for post in person.positions if post.public and not post.former)
        return number

    def _speaker(self, speaker: Speaker | None, others: Iterable[Person]) -> int:
        """The number of a source; a person without a post in the state may have another ("Direktur PT …")."""
        if speaker is None:
            return -1
        number = self._named(speaker.name)
        for person in others:
            if person.id == speaker.person_id:
                self.posts[number].update(_line(post.text) for post in person.positions if not post.former)
        return number

    def _named(self, name: str) -> int:
        name = _line(name)
        number = self.people.number(name.casefold(), name)
        if number == len(self.posts):
            self.posts.append(Counter())
        return number

    def _place(self, place: Place) -> int:
        """The number of a place: those with a code are the same by code, others by name."""
        name = _line(place.name)
        at = [place.lat, place.lon] if place.lat is not None and place.lon is not None else None
        within = ", ".join(place.path[1:3])
        if place.code and place.code[0].isdigit():
            self.areas.update(_areas(place.code, place.path))
        return self.places.number(
            (place.code, "" if place.code else name.casefold()),
            {"name": name, "in": within, "code": place.code, "at": at},
        )


class _Numbered(dict[Key, int], Generic[Key]):
    """Numbers given to keys as they come, each with the label that it came with first."""

    def __init__(self) -> None:
        super().__init__()
        self.labels: list[Any] = []

    def number(self, key: Key, label: Any = None) -> int:
        """The number of a key."""
        if key not in self:
            self[key] = len(self.labels)
            self.labels.append(key if label is None else label)
        return self[key]


def _body(**columns: Any) -> bytes:
    """Packed at once: as JSON a text with its marks takes a tenth of the memory."""
    packed = orjson.dumps([columns[name] for name in BODY])
    # a copy of its size: orjson's own keeps the ten times larger buffer it was written in
    return bytes(memoryview(packed))


def _pieces(record: Record, *, whole: bool) -> Pieces:
    """The text as [start, piece] pairs: one, or the passages."""
    if whole:
        return [[0, record.text]]
    segments = [[s.kind, s.start, s.end] for s in record.segments]
    return _passages(record.text, _first(segments), [[q.kind, q.start, q.end] for q in record.quotes])


def _passages(text: str, first: int, quotes: Iterable[list[Any]]) -> Pieces:
    """The beginning and the surroundings of the quotes, cut between words; what touches is joined."""
    wanted = [(first, first + LEAD), *((q[1] - AROUND, q[2] + AROUND) for q in quotes)]
    pieces: list[list[int]] = []
    for start, end in sorted(wanted):
        start, end = _word_start(text, max(0, start)), _word_end(text, min(len(text), end))
        if pieces and start <= pieces[-1][1]:
            pieces[-1][1] = max(pieces[-1][1], end)
        else:
            pieces.append([start, end])
    return [[start, text[start:end]] for start, end in pieces if start < end]


def _word_start(text: str, at: int) -> int:
    return at if at == 0 else text.rfind(" ", 0, at + 1) + 1


def _word_end(text: str, at: int) -> int:
    end = text.find(" ", at)
    return len(text) if end < 0 else end


def _first(segments: Iterable[list[Any]]) -> int:
    """Where the first paragraph begins."""
    return next((start for kind, start, _ in segments if kind == "body"), 0)


def _marks(record: Record, people: list[int], speakers: list[int], places: list[int]) -> list[Any]:
    """What is marked in the text, four values each: kind, start, end, and the person's or place's number or the date.

    A person who is no official is marked where they are named as the source of a quote.
    """
    officials = [
        (0, mention.start, mention.end, number)
        for number, person in zip(people, record.officials, strict=True)
        for mention in person.mentions
        if mention.kind != "pronoun"
    ]
    sources = {
        (1, quote.speaker.start, quote.speaker.end, number)
        for number, quote in zip(speakers, record.quotes, strict=True)
        if quote.speaker and number not in people
    }
    located = [(2, place.start, place.end, number) for number, place in zip(places, record.places, strict=True)]
    dated = [(3, found.start, found.end, found.value) for found in record.dates]
    marks = sorted(chain(officials, sources, located, dated), key=lambda mark: (mark[1], mark[2], mark[0]))
    return [value for mark in marks for value in mark]


def _areas(code: str, path: Sequence[str]) -> dict[str, str]:
    """The areas that an area lies in by their codes: 36.73 of Kota Serang, Banten, Indonesia is 36: Banten."""
    parts = code.split(".")
    codes = [".".join(parts[:size]) for size in range(len(parts), 0, -1)]
    return dict(zip(codes, path, strict=False))


def _posts(person: Person) -> list[str]:
    """A person's posts as written, each once."""
    return _unlike(_line(post.text) for post in person.positions)


def _commonest(posts: Counter[str]) -> str:
    return posts.most_common(1)[0][0] if posts else ""


def _day_number(record: Record) -> int | None:
    """Days from 1970-01-01 to the day of publication."""
    if record.published is None:
        return None
    try:
        return (date.fromisoformat(record.published.value[:10]) - date(1970, 1, 1)).days
    except ValueError:
        return None


def _web_address(url: str | None) -> str | None:
    """Only what a browser opens as a page: no javascript: or file: address becomes a link."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


def _line(text: str) -> str:
    return " ".join(text.split())


def _unlike(items: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(items))
