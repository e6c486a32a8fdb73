"""Find area names in tokens: longest names first, with the words before them that tell their level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from beritaextract.components.place_links import LIST_MARKS, WITHIN_MARKS, Links
from beritaextract.gazetteer import Gazetteer, kind_of, squeeze
from beritaextract.layers import Words


@dataclass(frozen=True, slots=True)
class LevelWord:
    """A row of ``level_words.tsv``: a word before an area's name that tells its level.

    ``inside``: it belongs to the place's name ("Kota Serang"); otherwise it governs the area ("Bupati Serang").
    """

    form: str
    kinds: tuple[str, ...]
    inside: bool
    example: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of ``place_cues.tsv``: a lower-case word before a name that makes it likely to be a place ("di", "warga")."""

    form: str
    example: str


@dataclass(frozen=True, slots=True)
class Stopword:
    """A row of ``place_stopwords.tsv``: an area name that is a common word or a person's name too ("Batu", "Bima").

    ``needs``: what makes it a place all the same, a cue ("di Batu") or the wider area named in the article.
    """

    form: str
    needs: Literal["cue", "parent"]
    example: str


@dataclass(frozen=True, slots=True)
class Direction:
    """A row of ``directions.tsv``: the last word of names that lists shorten ("Jakarta Pusat, Barat, dan Timur")."""

    form: str
    example: str


class Mention:
    """One area name in the text, with what its surroundings tell; the resolver adds ``code``, ``kind`` and ``taken``."""

    __slots__ = (
        "by", "code", "code_set", "codes", "comma", "cue", "cut", "dateline", "end", "glued", "governed", "inner", "key",
        "kind", "kinds", "likely", "linked", "list_kinds", "listed", "marker", "name", "name_start", "next",
        "score", "start", "stop", "taken", "tight",
    )  # fmt: skip

    def __init__(self, start: int, end: int, key: str, name: str, codes: tuple[str, ...]) -> None:
        self.start = self.name_start = start
        self.end = end
        self.key = key
        self.name = name
        self.read_as(codes)
        self.kinds: tuple[str, ...] = ()
        self.marker: str | None = None
        self.governed = False
        self.cue = False
        self.stop = ""
        self.tight = False
        self.cut = False
        self.glued = False
        self.comma = False
        self.dateline = False
        self.linked: Mention | None = None
        self.listed: Mention | None = None
        self.next: Mention | None = None
        self.inner: Mention | None = None
        self.likely: frozenset[str] = frozenset()
        self.list_kinds: Counter[str] = Counter()
        self.code: str | None = None
        self.kind = ""
        self.score = 0.0
        self.by = ""
        self.taken = False

    def read_as(self, codes: tuple[str, ...]) -> None:
        """Set the areas that the name can mean."""
        self.codes = codes
        self.code_set = frozenset(codes)


_WITHIN_MARKS = WITHIN_MARKS | frozenset("-–/\n")
_LIST_MARKS = LIST_MARKS | frozenset("-–;")
_MAX_GAP = 4
MONEY = re.compile(r"Rp\.?\d*$")
"""An amount of rupiah, whose capital letter makes it no part of a name: "Rp", "Rp171"."""

_NOT_NAMES = frozenset({".", "?", "!", ":", '"', "“", "”", "‘", "’"})


class Scanner:
    """Finds mentions; knows the gazetteer's names by their first word."""

    def __init__(
        self,
        areas: Gazetteer,
        levels: Iterable[LevelWord],
        cues: Iterable[Cue],
        stops: Iterable[Stopword],
        directions: Iterable[Direction],
        links: Links,
    ) -> None:
        self._areas = areas
        self._levels = {row.form: row for row in levels}
        self._governing = {
            tuple(r.form.split()): r for r in self._levels.values() if not r.inside and len(r.kinds) == 1
        }
        self._cues = frozenset(row.form for row in cues)
        self._stops = {squeeze(row.form): row.needs for row in stops}
        self._directions = frozenset(row.form for row in directions)
        self._within = links.within | _WITHIN_MARKS
        self._listing = links.listing | _LIST_MARKS
        self._inner = links.inner

    def scan(self, view: Words, usable: Sequence[bool], titles: Mapping[int, str]) -> list[Mention]:
        """Mentions in text order. ``titles`` gives the level of the title that ends before a token."""
        found: list[Mention] = []
        i, end = 0, len(view)
        while i < end:
            text = view.text[i]
            mention = self._match(view, usable, i) if usable[i] and (text[0].isupper() or text[:3] == "se-") else None
            if mention is None:
                i += 1
                continue
            self._look_back(view, mention, titles)
            mention.tight = _is_tight(view, mention)
            self._look_ahead(view, mention)
            found.append(mention)
            i = mention.end
            while (shortened := self._shortened(view, usable, found[-1])) is not None:
                found.append(shortened)
                i = shortened.end
        for one, two in pairwise(found):
            self._link(view, one, two)
        return found

    def _match(self, view: Words, usable: Sequence[bool], i: int) -> Mention | None:
        """The longest known name that begins at token ``i``; a level word there leaves the name to the next token."""
        first = view.lower[i].removeprefix("se-") if view.text[i][:3] == "se-" else view.lower[i]
        key = first if first.isalpha() else squeeze(first)
        longest = self._areas.longest(key) if key else 0
        if not longest:
            return None
        keys = [key]
        j = i + 1
        while len(keys) < longest and j < len(view) and usable[j] and self._continues(view, j):
            keys.append(keys[-1] + squeeze(view.lower[j]))
            j += 1
        for length in range(len(keys), 0, -1):
            codes = self._areas.codes(keys[length - 1]) if view.text[i + length - 1] != "-" else ()
            if codes and not self._is_level(view, i, length, keys[length - 1], codes):
                name = " ".join(view.text[i : i + length]).removeprefix("se-").replace(" - ", "-")
                return Mention(i, i + length, keys[length - 1], name, codes)
        return None

    def _is_level(self, view: Words, i: int, length: int, key: str, codes: tuple[str, ...]) -> bool:
        """Is token ``i`` a level word here? "Kota Serang" is the city rather than a village called Kota Serang."""
        row = self._levels.get(view.lower[i])
        if row is None or (length > 1 and not row.inside):
            return False
        if length == 1:
            before = self._levels.get(view.lower[i - 1]) if i else None
            return before is None or bool(set(before.kinds) & set(row.kinds))  # "Bupati Kabupaten Kendal", "Desa Kota"
        inner = self._areas.codes(key.removeprefix(squeeze(view.lower[i])))
        return any(kind_of(c) in row.kinds for c in inner) and all(len(c) > 5 for c in codes)

    def _shortened(self, view: Words, usable: Sequence[bool], m: Mention) -> Mention | None:
        """The "Barat" of "Jakarta Pusat, Barat, dan Timur" as a mention of Jakarta Barat."""
        direction = next((d for d in self._directions if m.key.endswith(d)), None)
        j = m.end
        while j < len(view) and view.lower[j] in self._listing and j < m.end + 2:
            j += 1
        if direction is None or j == m.end or j >= len(view) or not usable[j] or view.lower[j] not in self._directions:
            return None
        key = m.key.removesuffix(direction) + view.lower[j]
        codes = tuple(c for c in self._areas.codes(key) if len(c) <= 5)
        if not codes or not view.text[j][0].isupper() or (j + 1 < len(view) and _is_name_word(view.text[j + 1])):
            return None
        made = Mention(j, j + 1, key, self._areas.bare_name(codes[0]), codes)
        made.kinds = m.kinds
        return made

    def _look_back(self, view: Words, m: Mention, titles: Mapping[int, str]) -> None:
        """Level words, titles and cues before the name; "se-Jawa Barat" has none."""
        m.stop = self._stops.get(m.key, "")
        m.cue = view.text[m.start][:3] == "se-"
        if m.cue:
            return
        i = m.start - 1
        while i >= 0 and (view.text[i].isspace() or (i > m.start - 4 and _is_unit_number(view.text[i]))):
            i -= 1
        if i > 2 and view.text[i] == ")" and view.text[i - 2] == "(" and view.lower[i - 1] in self._levels:
            i -= 1
        row, width = self._level_before(view, i)
        level = titles.get(i + 1)
        if level and (row is None or not row.inside):
            m.kinds, m.governed, m.marker = (level,), True, None
        elif row is not None:
            m.kinds, m.governed = row.kinds, not row.inside
            m.marker = " ".join(view.text[i - width + 1 : i + 1])
            if row.inside and i == m.start - 1:
                m.start = i - width + 1
        before = m.start - 1
        while before >= 0 and view.text[before].isspace():
            before -= 1
        m.cue = is_cue(view, before, self._cues)

    def _level_before(self, view: Words, i: int) -> tuple[LevelWord | None, int]:
        """The level word that ends with token ``i`` and how many tokens it has: "Kec.", "Kab" ".", "Wali Kota"."""
        for width in range(min(3, i + 1), 0, -1):
            form = " ".join(view.lower[i - width + 1 : i + 1]).replace(" .", ".")
            if form in self._levels:
                return self._levels[form], width
        return None, 0

    def _look_ahead(self, view: Words, m: Mention) -> None:
        """A direction behind the name makes it another one ("Krui Utara"); "Kota" behind a police post is the city's."""
        after = view.text[m.end] if m.end < len(view) else ""
        if after == "-" and m.end + 1 < len(view) and view.start[m.end + 1] == view.end[m.end - 1] + 1:
            m.glued = view.text[m.end + 1][0].isupper()
        if not after[:1].isupper():
            return
        m.cut = after.lower() in self._directions
        if m.governed and "city" in m.kinds and after.lower() == "kota":
            m.kinds = ("city",)

    def _continues(self, view: Words, j: int) -> bool:
        """Can token ``j`` go on a name? Capitalised, a number, a hyphen, or the "dan" of "Pangkajene dan Kepulauan"."""
        text = view.text[j]
        hyphen = text == "-" and view.end[j - 1] == view.start[j]
        return text[0].isupper() or text[0].isdigit() or text in self._inner or hyphen

    def _link(self, view: Words, one: Mention, two: Mention) -> None:
        """Note whether ``two`` follows as the wider area ("Curug, Kota Serang") or as the next of a list ("Bogor dan Depok")."""
        gap = view.lower[one.end : two.start]
        if len(gap) > _MAX_GAP or any(word in _NOT_NAMES for word in gap):
            return
        if all(word in self._within or word.isspace() for word in gap):
            one.linked, two.inner, one.comma = two, one, gap == [","]
        if gap and all(word in self._listing or word.isspace() for word in gap):
            two.listed, one.next = one, two

    def levels_used(self, view: Words) -> frozenset[str]:
        """Which of regency and city the article's governing words speak of: "Bupati", "Pemkot"."""
        used = set(view.lower)
        rows = [row for form, row in self._governing.items() if used.issuperset(form)]
        return frozenset(row.kinds[0] for row in rows)

    def areas_in(self, outlet: str | None) -> tuple[str, ...]:
        """Provinces, regencies and cities in an outlet's name: "Radar Lampung", "tribun-jogja.com"."""
        if not outlet:
            return ()
        parts = outlet.lower().replace(".", " ").replace("-", " ").split()
        pairs = [a + b for a, b in pairwise(parts)]
        return tuple(c for part in pairs + parts for c in self._areas.codes(squeeze(part)) if len(c) <= 5)


def is_cue(view: Words, i: int, cues: frozenset[str]) -> bool:
    """Is token ``i`` a cue: lower-case ("di Serang") or the first capitalised word ("Warga Serang", not "Bank Negara")?"""
    if i < 0 or view.lower[i] not in cues:
        return False
    return not view.text[i][0].isupper() or i == 0 or not view.text[i - 1][0].isupper()


def _is_unit_number(text: str) -> bool:
    """The number of a military unit between its name and its area: "Kodim 0417/Kerinci"."""
    return text == "/" or (text[0] == "0" and text[:4].isdigit())


def _is_tight(view: Words, m: Mention) -> bool:
    """Does a capitalised word touch the name that is not part of it ("Ahmad Ciomas", "Ciomas Indah")?"""
    before, after = m.start - 1, m.end
    left = before >= 0 and _is_name_word(view.text[before]) and m.start == m.name_start and not m.cue
    right = after < len(view) and _is_name_word(view.text[after])
    return left or right


def _is_name_word(text: str) -> bool:
    return text[0].isupper() and any(c.islower() for c in text[1:]) and not MONEY.match(text)
