"""The rows of the register: one a person and post, with the times it was seen held and all that says so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from beritaextract.records import JsonRecord, Jurisdiction
from beritaextract.registry.evidence import HOLDERS
from beritaextract.registry.names import OFFICIALS, Names
from beritaextract.registry.people import Official
from beritaextract.registry.posts import Post, Posts
from beritaextract.registry.profiles import Profile
from beritaextract.registry.sightings import NO_DAY, Sighting, Sightings

PAUSE = 400
"""Days without a sighting after which an acting status begins a new period; that of a full holder goes on: news have gaps."""


@dataclass(frozen=True, slots=True)
class Period(JsonRecord):
    """A time in which somebody was seen to hold a post with one acting status (None: as its full holder)."""

    acting: str | None
    first_seen: str
    last_seen: str
    articles: int


@dataclass(frozen=True, slots=True)
class Entry(JsonRecord):
    """One person in one post.

    ``person_id`` is the person's in this register ("o17"), ``names`` the other forms of the name. ``first_seen`` and
    ``last_seen`` are days of articles that say that the post is held (None when no such article is dated), ``former_seen``
    the first day of one that calls the person its former holder. ``identity`` is the probability that all sources speak of
    one person, ``confidence`` that the post is read right, by the best of them.
    """

    person_id: str
    name: str
    names: tuple[str, ...]
    title: str
    unit: str | None
    organization: str | None
    jurisdiction: Jurisdiction | None
    level: str | None
    first_seen: str | None
    last_seen: str | None
    former_seen: str | None
    periods: tuple[Period, ...]
    articles: int
    identity: float
    confidence: float
    sources: tuple[Sighting, ...]


@dataclass(slots=True)
class Row:
    """An entry in the making: the number of the person, the profiles and what they agree on."""

    person: int
    post: Post
    profiles: list[int]
    identity: float


def rows_of(officials: Sequence[Official], profiles: Sequence[Profile], posts: Posts, names: Names) -> Iterator[Row]:
    """The rows of every person, the most seen post first."""
    for number, official in enumerate(officials, 1):
        for members in _posts_of(official, profiles):
            fullest = max((profiles[i] for i in members), key=lambda p: (len(p.body), len(p.sightings)))
            post = fullest.post
            if post.area is None:
                placed = (profiles[i].post for i in members if profiles[i].post.area)
                post = next(placed, post)
            yield Row(number, post, members, _identity(official, members, profiles, posts, names))


def _posts_of(official: Official, profiles: Sequence[Profile]) -> list[list[int]]:
    """The person's profiles by post: of one title, in areas and bodies that do not contradict each other."""
    found: list[list[int]] = []
    for i in sorted(official.profiles, key=lambda i: (-len(profiles[i].sightings), i)):
        home = next((members for members in found if all(_one_post(profiles[i], profiles[j]) for j in members)), None)
        if home is None:
            found.append([i])
        else:
            home.append(i)
    return found


def _one_post(a: Profile, b: Profile) -> bool:
    if a.post.title != b.post.title or (a.post.area and b.post.area and a.post.area != b.post.area):
        return False
    return a.body <= b.body or b.body <= a.body


def _identity(
    official: Official, members: Sequence[int], profiles: Sequence[Profile], posts: Posts, names: Names
) -> float:
    """The weakest tie between the sources of a row: of profiles with the person, and of one name inside one post."""
    sure = sorted(official.sure[i] for i in members)
    ties = sure[:-1]
    for i in members:
        profile = profiles[i]
        if len(profile.sightings) > 1:
            share = names.others(profile.words) / OFFICIALS
            ties.append(1 / (1 + share * posts.seats(profile.post) * HOLDERS))
    return round(min(ties, default=1.0), 3)


def entry_of(row: Row, profiles: Sequence[Profile], sightings: Sightings) -> Entry:
    """A row in full, its sources in the order of their dates, those without one last."""
    numbers = [n for i in row.profiles for n in profiles[i].sightings]
    numbers.sort(key=lambda n: (sightings.day[n] or date.max.toordinal(), n))
    current = [n for n in numbers if not sightings.former[n]]
    days = [sightings.day[n] for n in current if sightings.day[n] != NO_DAY]
    former = [sightings.day[n] for n in numbers if sightings.former[n] and sightings.day[n] != NO_DAY]
    name, *others = _written(sightings.names.values[sightings.name[n]] for n in numbers)
    post = row.post
    return Entry(
        person_id=f"o{row.person}",
        name=name,
        names=tuple(others),
        title=post.title,
        unit=post.unit,
        organization=post.organization,
        jurisdiction=Jurisdiction(post.area, post.area_name or post.area) if post.area else None,
        level=post.level,
        first_seen=_iso(days[0]) if days else None,
        last_seen=_iso(days[-1]) if days else None,
        former_seen=_iso(former[0]) if former else None,
        periods=tuple(periods_of(current, sightings)),
        articles=len({sightings.article[n] for n in numbers}),
        identity=row.identity,
        confidence=max(sightings.percent[n] for n in numbers) / 100,
        sources=tuple(sightings.sighting(n) for n in numbers),
    )


def periods_of(numbers: Iterable[int], sightings: Sightings) -> list[Period]:
    """The periods of sightings that are in order of their dates; those without a date make none."""
    runs: defaultdict[str | None, list[list[int]]] = defaultdict(list)
    for n in numbers:
        day = sightings.day[n]
        if day == NO_DAY:
            continue
        acting = sightings.actings.values[sightings.acting[n]]
        known = runs[acting]
        if known and (acting is None or day - sightings.day[known[-1][-1]] <= PAUSE):
            known[-1].append(n)
        else:
            known.append([n])
    found = [
        Period(
            acting,
            _iso(sightings.day[run[0]]),
            _iso(sightings.day[run[-1]]),
            len({sightings.article[n] for n in run}),
        )
        for acting, parts in runs.items()
        for run in parts
    ]
    return sorted(found, key=lambda p: (p.first_seen, p.acting or ""))


def _written(names: Iterable[str]) -> list[str]:
    """The forms of a name, the fullest of those written often first, then the others by how often."""
    counts = Counter(names)
    enough = max(counts.values()) / 4
    first = max((n for n in counts if counts[n] >= enough), key=lambda n: (len(n.split(",")[0].split()), counts[n], n))
    return [first, *(name for name, _ in counts.most_common() if name != first)]


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
