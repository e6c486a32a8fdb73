"""What ties a post to a person: the links between them, and when two written forms are one post."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from beritaextract.components.jurisdictions import level_of
from beritaextract.components.name_tables import PostWords
from beritaextract.components.posts import Post, overlap
from beritaextract.components.wordline import BREAK, TITLE, Line
from beritaextract.layers import PersonRow, ranges

_KIN = 4
"""Words before a name in which a word for a relative is looked for."""


@dataclass(slots=True)
class Bound:
    """A post of a person: one written form of it."""

    person: int
    post: Post
    former: bool
    by: str


def is_meant(held: Post, bare: Post) -> bool:
    """May a bare title mean a post written elsewhere: the same title, nothing that differs?"""
    if held.row["title"] != bare.row["title"] or held.row["former"] != bare.row["former"]:
        return False
    if bare.row["acting"] and bare.row["acting"] != held.row["acting"]:
        return False
    if bare.areas and held.areas and not same_areas(held, bare):
        return False
    return overlap(held.organization, bare.organization) >= 0.5


def appointed(line: Line, end: int, person: int, mentions: Sequence[tuple[int, int, int]], words: PostWords) -> int:
    """Who gets a post behind a name that only names who gives it: "Budi dilantik Gubernur Siti| sebagai Bupati"."""
    if line.key[end] not in words["into"]:
        return person
    start = max((a for a, b, _ in mentions if b == end), default=end)
    for i in range(start - 1, max(-1, start - 12), -1):
        if line.gap[i + 1] == BREAK:
            break
        if line.key[i] in words["appoints"]:
            return max(((a, p) for a, b, p in mentions if b <= i and i - b < 4), default=(0, person))[1]
    return person


def is_wished(line: Line, end: int, start: int, words: PostWords) -> bool:
    """Is a post behind a name only hoped for: "Warga mendoakan Budi |menjadi| Presiden"?"""
    if line.key[end] not in words["into"]:
        return False
    for i in range(start - 1, max(-1, start - 5), -1):
        if line.gap[i + 1] == BREAK:
            return False
        if line.key[i] in words["wishes"]:
            return True
    return False


def is_relatives(line: Line, start: int, words: PostWords) -> bool:
    """Is a relative of who is named at word ``start`` spoken of: "putra sulung |Gunarto| yang kini menjabat Camat"?"""
    for i in range(start - 1, max(-1, start - _KIN), -1):
        if line.gap[i + 1] or line.shape[i] != "l":
            return False
        if line.key[i] in words["kin"]:
            return True
    return False


def pairs_of(line: Line, mentions: Sequence[tuple[int, int, int]]) -> frozenset[int]:
    """Words of names joined by a dash: a team called after candidates, "Tim Kampanye |Gunarto-Ratmini|, Suharno"."""
    ends = {b: a for a, b, _ in mentions}
    joined = [(ends[a], b) for a, b, _ in mentions if a in ends and line.gap[a] == "/"]
    return frozenset(i for a, b in joined for i in range(a, b))


def goes_on_listing(line: Line, close: int, words: PostWords) -> bool:
    """Is what ends here one of several in a list: "Sekda Budi, Kepala Bidang|, Kasi dan Staf"; not "…, Camat Curug|, berkata"?"""
    if close >= len(line) or line.gap[close] == BREAK:
        return True
    return (
        line.gap[close] != ","
        or line.cover[close] == TITLE
        or line.shape[close] != "l"
        or line.key[close] in words["joins"]
    )


def mentions_of(doc: Doc, line: Line) -> list[tuple[int, int, int]]:
    """(first word, word behind the last, person) of each mention, honorifics and degrees included."""
    found = []
    for _, _, row in ranges(doc, "people"):
        person: PersonRow = row
        first, last = person["outer"]
        inside = [line.at[t] for t in range(first, last) if t in line.at]
        if inside:
            found.append((inside[0], inside[-1] + 1, person["person"]))
    return found


class PostIndex:
    """Bound posts by where they stand, all of them or those of one title."""

    def __init__(self, bound: Iterable[Bound]) -> None:
        self._by_title: dict[str | None, list[Bound]] = {None: []}
        for one in sorted(bound, key=_start):
            self._by_title[None].append(one)
            self._by_title.setdefault(one.post.row["title"], []).append(one)

    def add(self, one: Bound) -> None:
        """One more."""
        insort(self._by_title[None], one, key=_start)
        insort(self._by_title.setdefault(one.post.row["title"], []), one, key=_start)

    def before(self, at: int, title: str | None = None) -> Iterator[Bound]:
        """Those that begin before the word ``at``, the nearest first."""
        posts = self._by_title.get(title, [])
        return (posts[i] for i in range(bisect_left(posts, at, key=_start) - 1, -1, -1))

    def behind(self, at: int, title: str | None = None) -> Iterator[Bound]:
        """Those that begin at the word ``at`` or behind it, the nearest first."""
        posts = self._by_title.get(title, [])
        return (posts[i] for i in range(bisect_left(posts, at, key=_start), len(posts)))


def _start(one: Bound) -> int:
    return one.post.start


def forms_of_posts(bound: list[Bound]) -> list[list[Bound]]:
    """The written forms of each distinct post of each person, in the order of their first."""
    groups: list[list[Bound]] = []
    of_person: dict[int, list[tuple[list[Bound], dict[Hashable, Bound]]]] = {}
    for one in bound:
        post = one.post
        form = (post.row["title"], post.row["acting"], post.organization, frozenset(r["code"] for r in post.areas))
        known = of_person.setdefault(one.person, [])
        found = next((g for g in known if all(same_post(x, one) for x in g[1].values())), None)
        if found is None:
            groups.append([one])
            known.append((groups[-1], {form: one}))
        else:
            found[0].append(one)
            found[1].setdefault(form, one)
    return groups


def same_post(a: Bound, b: Bound) -> bool:
    """Two written forms of one post: the same title, no two acting markers, organisations that do not differ."""
    x, y = a.post, b.post
    if x.row["title"] != y.row["title"]:
        return False
    if x.row["acting"] and y.row["acting"] and x.row["acting"] != y.row["acting"]:
        return False
    if x.organization and y.organization:
        shared = overlap(x.organization, y.organization)
        return shared > 0.5 or (x.organization.split()[0] == y.organization.split()[0] and same_areas(x, y))
    return not x.areas or not y.areas or same_areas(x, y)


def same_areas(x: Post, y: Post) -> bool:
    """Do both name an area, and the same one?"""
    a, b = {r["code"] for r in x.areas}, {r["code"] for r in y.areas}
    return bool(a & b)


def length(line: Line, post: Post) -> int:
    """How many words a post has, small ones not counted."""
    return sum(line.shape[i] != "l" or line.cover[i] != 0 for i in range(post.start, post.end))


def code_beside(
    one: Bound, chosen: list[tuple[Bound, list[Bound]]], facts: dict[int, tuple[bool, str | None]]
) -> str | None:
    """The area of the same person's other post, for one that names none: "Menteri X/Kepala Badan Y" both serve ID."""
    for other, _ in chosen:
        if other.person == one.person and other is not one and facts[id(other)][0]:
            if level_of(other.post) == "national":
                return "ID"
            if facts[id(other)][1]:
                return facts[id(other)][1]
    return None
