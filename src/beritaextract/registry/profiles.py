"""Sightings of one name in one post, put together before people are told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from beritaextract.registry.names import Names, Words
from beritaextract.registry.posts import Body, Post, Posts
from beritaextract.registry.sightings import NO_DAY, Sightings


@dataclass(slots=True)
class Profile:
    """A name in a post: the numbers of its sightings, and the first and last day on which it was held (0: none is known);
    ``ranked`` are the sightings with a police or military rank."""

    words: Words
    post: Post
    body: Body
    sightings: list[int] = field(default_factory=list)
    first: int = NO_DAY
    last: int = NO_DAY
    ranked: int = 0
    nicknames: set[Words] = field(default_factory=set)

    def see(self, number: int, day: int, former: bool) -> None:
        """Take in a sighting."""
        self.sightings.append(number)
        if day != NO_DAY and not former:
            self.first = min(self.first or day, day)
            self.last = max(self.last, day)


@dataclass(slots=True)
class Gathered:
    """The profiles of a batch; which two of them one article gives to one person; which two names one article tells apart."""

    profiles: list[Profile]
    together: list[tuple[int, int]]
    told_apart: set[frozenset[Words]]


def gather(sightings: Sightings, names: Names, posts: Posts) -> Gathered:
    """Put sightings together.

    A post that says where is one profile for each name; a post that does not ("Kepala Desa") is one for each article.
    """
    words = [names.words(name) for name in sightings.names.values]
    bodies = [posts.body(post) for post in sightings.posts.values]
    found: dict[tuple[object, ...], int] = {}
    profiles: list[Profile] = []
    by_person: defaultdict[int, list[int]] = defaultdict(list)
    for i in range(len(sightings)):
        name, number = words[sightings.name[i]], sightings.post[i]
        if not name:  # nothing but signs
            continue
        post = sightings.posts.values[number]
        key = (name, post.title, post.area, bodies[number], None if post.is_placed else sightings.person[i])
        at = found.get(key)
        if at is None:
            at = found[key] = len(profiles)
            profiles.append(Profile(name, post, bodies[number]))
        profiles[at].ranked += sightings.ranked[i]
        profiles[at].see(i, sightings.day[i], bool(sightings.former[i]))
        profiles[at].nicknames.update(_nicknames(name, words, sightings.aliases.get(sightings.name[i], ())))
        by_person[sightings.person[i]].append(at)
    together = {(min(held[0], other), max(held[0], other)) for held in by_person.values() for other in held[1:]}
    return Gathered(profiles, sorted(pair for pair in together if pair[0] != pair[1]), _told_apart(sightings, words))


def _nicknames(name: Words, words: list[Words], aliases: Iterable[int]) -> Iterator[Words]:
    """Other names that are no part of the name: "Jokowi"."""
    for alias in aliases:
        if words[alias] and not set(words[alias]) <= set(name):
            yield words[alias]


def _told_apart(sightings: Sightings, words: list[Words]) -> set[frozenset[Words]]:
    """Names with a word in common that one article gives to two people: "Ratmini Gunarto Salim" and "Gunarto Salim".

    Names of one word are left out: an article that has "Ratmini" beside "Ratmini Lestari" hardly means two.
    """
    found: set[frozenset[Words]] = set()
    start = 0
    for i in range(1, len(sightings) + 1):
        if i < len(sightings) and sightings.article[i] == sightings.article[start]:
            continue
        names = {name for k in range(start, i) if len(name := words[sightings.name[k]]) > 1}
        found.update(frozenset(pair) for pair in combinations(names, 2) if not set(pair[0]).isdisjoint(pair[1]))
        start = i
    return found
