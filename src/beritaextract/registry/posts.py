"""Posts across articles: whether two are one post, how two stand to each other, how many people hold one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from beritaextract.components.organization_forms import TailWord, organs
from beritaextract.components.title_forms import Head, title_heads
from beritaextract.components.toponym_scan import LevelWord
from beritaextract.gazetteer import gazetteer_with, squeeze
from beritaextract.lexicon import Lexicon

Relation = Literal["post", "body", "area", "within", "nation", "above", "open", "apart"]
Body = frozenset[str]

REPUBLIC = "ID"
UNSAID = 30
"""Seats of a post that needs a body and names none: a regency has about thirty offices whose head is a Kepala Dinas."""

EVERYWHERE = 3
"""In so many areas a body of one name is not one body."""

_TOKEN = re.compile(r"[^\W_]+(?:[-/&.][^\W_]+)*")
_BRACKET = re.compile(r"\s*\(([^()]*)\)?")


@dataclass(frozen=True, slots=True)
class SharedPost:
    """A row of ``shared_posts.tsv``: a post that several people hold in one body, and how many."""

    title: str
    seats: int
    example: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post as articles give it."""

    title: str
    unit: str | None
    organization: str | None
    area: str | None
    area_name: str | None
    level: str | None

    @property
    def is_placed(self) -> bool:
        """Does it say where: an area, or a body with a name of its own?"""
        return self.area is not None or (self.organization is not None and " " in self.organization)


class Posts:
    """Reads and compares posts; ``learn`` takes in what a whole batch tells of bodies."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._forms = {row.form.lower(): tuple(_TOKEN.findall(row.name.lower())) for row in organs(lexicon)}
        self._longest = max(len(form.split()) for form in self._forms)
        tails = lexicon.rows("organization_tails", TailWord)
        self._small = frozenset(row.form.lower() for row in tails if row.kind in ("nation", "and", "of", "before"))
        self._small |= {word for form in self._small for word in form.split()}
        self._seats = {row.title: row.seats for row in lexicon.rows("shared_posts", SharedPost)}
        self._levels = frozenset(row.form for row in lexicon.rows("level_words", LevelWord) if " " not in row.form)
        self._whole = frozenset(head.title for _, head in title_heads(lexicon) if _says_all(head))
        self._areas = gazetteer_with(lexicon)
        self._said: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
        self._learnt: dict[str, tuple[str, ...]] = {}
        self._everywhere: frozenset[Body] = frozenset()

    def learn(self, posts: Iterable[Post]) -> None:
        """Note what brackets explain ("Badan Gizi Nasional (BGN)"), and which bodies every area has one of ("RSUD")."""
        known = list(posts)
        for post in known:
            text = post.organization or ""
            match = _BRACKET.search(text)
            if match is not None:
                words = tuple(_TOKEN.findall(text[: match.start()].lower()))
                short = match[1].strip().lower()
                if len(words) > 1 and short not in self._forms and _abbreviates(short, words):
                    self._said[short][words] += 1
        self._learnt = {short: seen.most_common(1)[0][0] for short, seen in self._said.items()}
        areas: defaultdict[Body, set[str]] = defaultdict(set)
        for post in known:
            if post.area:
                areas[self.body(post)].add(post.area)
        self._everywhere = frozenset(body for body, found in areas.items() if len(found) >= EVERYWHERE)

    def body(self, post: Post) -> Body:
        """The words that tell the bodies and units of one area apart: "Dishub (Kota) Serang" -> {"dinas", "perhubungan"}."""
        above = self._codes_above(post.area)
        parts = (post.unit, post.organization)
        words = {word for part in parts if part for word in self._spelt_out(part)} - self._small - self._levels
        known = {word for code in above for word in _TOKEN.findall(self._areas.bare_name(code).lower())}
        return frozenset(word for word in words - known if above.isdisjoint(self._areas.codes(squeeze(word))))

    def seats(self, post: Post) -> int:
        """How many people hold the post at a time, as it is written."""
        seats = self._seats.get(post.title, 1)
        return seats if post.organization or post.title in self._whole else max(seats, UNSAID)

    def relation(self, a: Post, body_a: Body, b: Post, body_b: Body) -> Relation:
        """How two posts stand to each other."""
        if a.area is None or b.area is None:
            shared = body_a & body_b
            if len(shared) < 2 or shared in self._everywhere or not _fit(body_a, body_b):
                return "open"
            return "post" if a.title == b.title else "body"
        if a.area == b.area:
            if _fit(body_a, body_b):
                if a.title == b.title:
                    return "post"
                if body_a and body_b:
                    return "body"
            return "nation" if a.area == REPUBLIC else "area"
        if REPUBLIC in (a.area, b.area):
            return "above"
        return "within" if _nested(a.area, b.area) else "apart"

    def _codes_above(self, code: str | None) -> frozenset[str]:
        """The codes of an area inside the country and of those it lies in."""
        parts = code.split(".") if code and code[0].isdigit() else []
        return frozenset(".".join(parts[: i + 1]) for i in range(len(parts)))

    def _spelt_out(self, text: str) -> list[str]:
        """The words of a body with its abbreviations written out; what stands in brackets says it twice."""
        words = [word.strip(".") for word in _TOKEN.findall(_BRACKET.sub(" ", text).lower())]
        found: list[str] = []
        i = 0
        while i < len(words):
            for size in range(min(self._longest, len(words) - i), 0, -1):
                form = " ".join(words[i : i + size])
                name = self._forms.get(form) or (self._learnt.get(form) if size == 1 else None)
                if name is not None:
                    break
            else:
                size, name = 1, (words[i],)
            found += name
            i += size
        return found


def _says_all(head: Head) -> bool:
    """Does a title say with its area which post it is: Bupati, Menteri Sosial, Kepala Kepolisian Resor; not Kepala Dinas?"""
    if head.takes == "area":
        body = head.organization
        return body is None or (" " in body and head.title.endswith(body))
    return head.takes == "none"


def _fit(a: Body, b: Body) -> bool:
    """May two bodies be one? One says no more than the other."""
    return a <= b or b <= a


def _nested(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return long.startswith(short + ".")


def _abbreviates(short: str, words: tuple[str, ...]) -> bool:
    """Are the letters of one word those of the words in their order, from the first on? "bgn": badan gizi nasional."""
    letters = iter("".join(words))
    return short.isalnum() and short[0] == words[0][0] and all(letter in letters for letter in short)
