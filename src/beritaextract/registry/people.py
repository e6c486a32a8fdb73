"""Tell people apart: put profiles together that are one person's, keep homonyms asunder."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from beritaextract.registry.evidence import CERTAIN, Weigher, probability
from beritaextract.registry.names import GLUED, Likeness, Names, Words
from beritaextract.registry.profiles import Gathered, Profile

SURE = 0.8
"""Profiles are put together from this probability on: keeping one official in two rows does less harm than making one of two."""

PASSES = 3
"""Each pass may join what the one before made likelier; hardly anything changes after the second."""

WEIGHED = 40
"""Profiles of a person that are compared, the most seen ones: more add time and no evidence."""

OFTEN = 0.25
"""A fuller name than the usual one counts when it is written a quarter as often: others are glued words and slips."""

AWAY = 0.2
"""What is left of the odds that a short name means somebody who was last seen in the post a year or more away from it."""

YEAR = 366


@dataclass(slots=True)
class Official:
    """One person: the profiles that are theirs, the fullest name, and how surely each profile is theirs."""

    profiles: list[int]
    words: Words
    nicknames: set[Words] = field(default_factory=set)
    sure: dict[int, float] = field(default_factory=dict)


def tell_apart(gathered: Gathered, weigher: Weigher) -> list[Official]:
    """The people of the profiles."""
    group = _Groups(gathered, weigher)
    for a, b in gathered.together:
        group.join(a, b, CERTAIN)
    group.join_full_names()
    group.join_short_names()
    return group.officials()


class _Groups:
    """The people as they grow."""

    def __init__(self, gathered: Gathered, weigher: Weigher) -> None:
        self.profiles = profiles = gathered.profiles
        self.told_apart = gathered.told_apart
        self.weigher = weigher
        self.names: Names = weigher.names
        self.of = [Official([i], p.words, set(p.nicknames), {i: 1.0}) for i, p in enumerate(profiles)]

    def officials(self) -> list[Official]:
        """Each person once, in the order of their first profile."""
        return list({id(official): official for official in self.of}.values())

    def join(self, a: int, b: int, sure: float) -> None:
        """Make the people of two profiles one; the smaller part is as sure as the tie."""
        large, small = sorted((self.of[a], self.of[b]), key=lambda o: -len(o.profiles))
        if large is small:
            return
        large.profiles += small.profiles
        large.sure |= {i: min(sure, known) for i, known in small.sure.items()}
        large.nicknames |= small.nicknames
        for i in small.profiles:
            self.of[i] = large
        large.words = self._name(large)

    def _name(self, official: Official) -> Words:
        """The name by which a person is compared: the fullest of those that are written often."""
        seen: Counter[Words] = Counter()
        for i in official.profiles:
            seen[self.profiles[i].words] += len(self.profiles[i].sightings)
        enough = OFTEN * max(seen.values())
        return max((words for words in seen if seen[words] >= enough), key=lambda w: (_fullness(w), seen[w], w))

    def join_full_names(self) -> None:
        """Names of two words and more, the surest first."""
        candidates = sorted(self._candidates(), key=lambda c: (-c[0], c[1], c[2]))
        for _ in range(PASSES):
            joined = False
            for _, i, j in candidates:
                if self.of[i] is not self.of[j] and (sure := self._sure(self.of[i], self.of[j])) >= SURE:
                    self.join(i, j, sure)
                    joined = True
            if not joined:
                return

    def _candidates(self) -> Iterator[tuple[float, int, int]]:
        """Odds and numbers of two profiles whose names have two words in common, or that may be short forms of each other."""
        blocks: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
        for i, profile in enumerate(self.profiles):
            for key in self._keys(profile):
                blocks[key].append(i)
        seen: set[tuple[int, int]] = set()
        for block in blocks.values():
            for pair in combinations(block, 2):
                if pair not in seen and len(block) > 1:
                    seen.add(pair)
                    a, b = (self.profiles[i] for i in pair)
                    alike = self._alike(a.words, b.words)
                    if alike is not None:
                        yield self.weigher.odds([a], [b], alike), *pair

    def _keys(self, profile: Profile) -> Iterator[tuple[object, ...]]:
        """Blocks that profiles are compared in: two words of the name, or in one post one of them or how one begins or ends."""
        words = sorted({word for word in profile.words if len(word) > 1})
        if not self.names.is_short(profile.words):
            yield from combinations(words, 2)
            ends = {end for word in words if len(word) >= GLUED for end in ("^" + word[:4], word[-4:] + "$")}
            yield from ((end, profile.post.title, profile.post.area) for end in (*words, *sorted(ends)))
        else:
            yield (profile.words, profile.post.title, profile.post.area)

    def _alike(self, a: Words, b: Words) -> Likeness | None:
        return None if frozenset((a, b)) in self.told_apart else self.names.alike(a, b)

    def _sure(self, a: Official, b: Official) -> float:
        alike = self._alike(a.words, b.words)
        return probability(self.weigher.odds(self._most_seen(a), self._most_seen(b), alike)) if alike else 0.0

    def _most_seen(self, official: Official) -> list[Profile]:
        known = [self.profiles[i] for i in official.profiles]
        return known if len(known) <= WEIGHED else sorted(known, key=lambda p: -len(p.sightings))[:WEIGHED]

    def join_short_names(self) -> None:
        """Single words, initials and nicknames, each with the one fuller name of the post or the area that it fits.

        Of several who fit, the one who is seen more often is the likelier, in proportion.
        """
        by_place: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
        short = []
        for i, profile in enumerate(self.profiles):
            if self.names.is_short(self.of[i].words):
                short.append(i)
                continue
            by_place[profile.post.title, profile.post.area].append(i)
            for word in set(self.of[i].words):
                by_place[word, profile.post.area].append(i)
        for i in sorted(short, key=lambda i: -len(self.profiles[i].sightings)):
            if self.names.is_short(self.of[i].words):
                self._join_short(i, by_place)

    def _join_short(self, i: int, by_place: dict[tuple[object, ...], list[int]]) -> None:
        profile = self.profiles[i]
        post = profile.post
        places: list[tuple[object, ...]] = [(post.title, post.area), *((word, post.area) for word in profile.words)]
        near = {id(self.of[j]): j for place in places if post.area for j in by_place.get(place, ())}
        likely = {j: self._short_odds(self.of[i], self.of[j]) for j in near.values()}
        seen = {j: self._seen(self.of[j]) for j, odds in likely.items() if odds}
        odds = {j: likely[j] * count / sum(seen.values()) for j, count in seen.items()}
        best = max(odds, key=lambda j: odds[j], default=None)
        if best is not None and (sure := odds[best] / (1 + sum(odds.values()))) >= SURE:
            self.join(i, best, sure)

    def _seen(self, official: Official) -> int:
        return sum(len(self.profiles[i].sightings) for i in official.profiles)

    def _short_odds(self, short: Official, full: Official) -> float:
        """That a short name means this person; a name that the person's own articles use counts as theirs."""
        alike = self._alike(short.words, full.words)
        if alike is None and short.words in full.nicknames:
            alike = self.names.alike(short.words, short.words)
        if alike is None:
            return 0.0
        a, b = self._most_seen(short), self._most_seen(full)
        return self.weigher.odds(a, b, alike) * (AWAY if _days_between(a, b) > YEAR else 1.0)


def _fullness(words: Words) -> tuple[int, int]:
    return sum(len(word) > 1 for word in words), len(words)


def _days_between(a: Sequence[Profile], b: Sequence[Profile]) -> int:
    """The shortest time between sightings of two; 0 where one is not dated."""
    gaps = [max(x.first - y.last, y.first - x.last, 0) for x in a for y in b if x.first and y.first]
    return min(gaps, default=0)
