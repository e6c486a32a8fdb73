"""What articles say of who holds which post, kept small: a few numbers a sighting, every string once."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from beritaextract.records import JsonRecord, Record, as_data
from beritaextract.registry.posts import Post
from beritaextract.tables import days_of

Value = TypeVar("Value", bound=Hashable)

NO_DAY = 0


class SourceArticle(NamedTuple):
    """The article that says it."""

    id: str
    url: str | None
    outlet: str | None
    path: str | None


@dataclass(frozen=True, slots=True)
class Sighting(JsonRecord):
    """One article's word that somebody holds or held a post.

    ``date`` is the day of publication (ISO 8601) or None, ``text`` the post as written, ``name`` the name as the article
    gives it, ``confidence`` that the article says so.
    """

    article: str
    url: str | None
    outlet: str | None
    path: str | None
    date: str | None
    name: str
    text: str
    acting: str | None
    former: bool
    confidence: float


class _Interned(Generic[Value]):
    """Values by number, each kept once."""

    def __init__(self) -> None:
        self._numbers: dict[Value, int] = {}
        self.values: list[Value] = []

    def number(self, value: Value) -> int:
        """The number of a value."""
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.values)
            self.values.append(value)
        return found


class Sightings:
    """All sightings of a batch, by number: parallel columns of small integers."""

    def __init__(self) -> None:
        self.names: _Interned[str] = _Interned()
        self.posts: _Interned[Post] = _Interned()
        self.texts: _Interned[str] = _Interned()
        self.actings: _Interned[str | None] = _Interned()
        self.articles: list[SourceArticle] = []
        self.aliases: defaultdict[int, set[int]] = defaultdict(set)
        self.article, self.person, self.name, self.post, self.text, self.day = (array("i") for _ in range(6))
        self.acting, self.former, self.ranked, self.percent = (array("b") for _ in range(4))
        self.people = 0

    def __len__(self) -> int:
        return len(self.post)

    def add(self, record: Record | Mapping[str, Any]) -> None:
        """Take in the posts in the state that a record gives. Raises KeyError or TypeError when it is no record."""
        data = as_data(record)
        people = [(person, [post for post in person["positions"] if post["public"]]) for person in data["officials"]]
        if not any(posts for _, posts in people):
            return
        source = data["source"]
        self.articles.append(SourceArticle(data["id"], source["url"], source["outlet"], source["path"]))
        published = data["published"]
        days = days_of(published["value"]) if published else None
        for person, posts in people:
            self._add_person(person, posts, days[0].toordinal() if days else NO_DAY)

    def _add_person(self, person: Mapping[str, Any], posts: list[Mapping[str, Any]], day: int) -> None:
        name = self.names.number(person["name"])
        for alias in person["aliases"]:
            self.aliases[name].add(self.names.number(alias))
        for post in posts:
            area = post["jurisdiction"] or {}
            held = Post(
                post["title"], post["unit"], post["organization"], area.get("code"), area.get("name"), post["level"]
            )
            self.article.append(len(self.articles) - 1)
            self.person.append(self.people)
            self.name.append(name)
            self.post.append(self.posts.number(held))
            self.text.append(self.texts.number(post["text"]))
            self.day.append(day)
            self.acting.append(self.actings.number(post["acting"]))
            self.former.append(post["former"])
            self.ranked.append(person["rank"] is not None)
            self.percent.append(round(100 * post["confidence"]))
        self.people += 1

    def sighting(self, number: int) -> Sighting:
        """A sighting in full."""
        day = self.day[number]
        return Sighting(
            *self._source(number),
            date=date.fromordinal(day).isoformat() if day else None,
            name=self.names.values[self.name[number]],
            text=self.texts.values[self.text[number]],
            acting=self.actings.values[self.acting[number]],
            former=bool(self.former[number]),
            confidence=self.percent[number] / 100,
        )

    def _source(self, number: int) -> SourceArticle:
        return self.articles[self.article[number]]
