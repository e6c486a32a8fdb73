"""Choose which of the names found are places here: not in a longer name, not governed, not blocked, none twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from beritaextract.components.place_names import Found, Named, NameIndex
from beritaextract.components.toponym_scan import MONEY, LevelWord, is_cue
from beritaextract.gazetteer import Gazetteer, squeeze
from beritaextract.layers import Words, ranges

INNER = ("district", "village")
"""Kinds whose level word always begins a name of its own ("Masjid Nurul Iman Desa Sukamaju")."""

_SCORE = re.compile(r"\d{1,2}[-–]\d{1,2}(?![\d-])")
_OPENERS = frozenset({".", "?", "!", ":", ";", '"', "“", "”", "‘", "'", "•", "-", "–", "—"})


@dataclass(frozen=True, slots=True)
class Bearer:
    """A row of ``nationality_words.tsv``: a noun between which and a name a country may stand ("pelatih Jepang Hajime")."""

    form: str
    example: str


@dataclass(frozen=True, slots=True)
class Blocker:
    """A row of ``place_blockers.tsv``: a word before a name that makes it no place ("bahasa Jepang", "dolar AS")."""

    form: str
    example: str


class Surroundings:
    """What other layers say of a Doc's tokens; ``laws`` are the words before the name of a law ("tentang")."""

    def __init__(self, doc: Doc, view: Words, candidates: Collection[Found], laws: frozenset[str]) -> None:
        self.view = view
        self.owned = [False] * len(doc)
        self.persons = [False] * len(doc)
        explicit = {(p.start, p.end) for p in candidates if p.by == "explicit" and p.place.kind in INNER}
        areas = {i for p in candidates if p.place.code or p.place.kind in INNER for i in range(p.start, p.end)}
        self.starts = set(areas)
        self.known = areas | {p.start for p in candidates if p.by == "name"}
        for layer in ("organizations", "officials", "titles", "people"):
            mask = self.persons if layer == "people" else self.owned
            for start, end, _ in ranges(doc, layer):
                if (start, end) in explicit:
                    continue
                mask[start:end] = [True] * (end - start)
                if layer != "organizations":
                    self.starts.add(start)
        bodies = ranges(doc, "organizations")
        self.starts.update(start for start, _, _ in ranges(doc, "dates"))
        self.bodies = {start for start, _, _ in bodies}
        ends = [end for _, end, _ in bodies if end - 1 not in areas]
        self.heads = {*ends, *(end for _, end, _ in ranges(doc, "titles"))}
        self.names = {start for start, _, _ in ranges(doc, "people")}
        for i, word in enumerate(view.lower):
            if word in laws and i and view.text[i - 1].isdigit():
                self._own_law(i + 1)

    def _own_law(self, i: int) -> None:
        """The name of a law is no place: "Undang-Undang tentang Pembentukan Provinsi Banten"."""
        text = self.view.text
        while i < len(text) and (
            text[i][0].isupper() or (text[i].isalpha() and text[i + 1 : i + 2] and text[i + 1][0].isupper())
        ):
            self.owned[i] = True
            i += 1


class Selector:
    """Goes through candidates in text order; the words that speak for and against a place are tables."""

    def __init__(
        self,
        areas: Gazetteer,
        names: NameIndex,
        levels: Mapping[str, LevelWord],
        cues: frozenset[str],
        blockers: frozenset[str],
        bearers: frozenset[str],
    ) -> None:
        self._areas = areas
        self._names = names
        self._levels = levels
        self._cues = cues
        self._blockers = blockers
        self._bearers = bearers

    def select(self, around: Surroundings, candidates: Iterable[Found]) -> Iterator[Found]:
        """The candidates that are places, the longest of those that overlap."""
        dropped: dict[int, str | None] = {}
        end = 0
        for place in sorted(candidates, key=lambda p: (p.start, -p.end)):
            if place.start < end:
                continue
            if self._repeats(around.view, place, dropped) or not self._stands(around, place):
                dropped[place.end] = place.place.code
                end = place.end if place.by != "head" else end
            else:
                end = place.end
                yield from self._pair(around.view, place)
                yield place

    def _repeats(self, view: Words, place: Found, dropped: Mapping[int, str | None]) -> bool:
        """Is it the short form, in brackets, of an area that was none: "Gubernur Sumatera Selatan (Sumsel)"?"""
        before = place.start - 1
        return before > 0 and view.text[before] == "(" and before in dropped and dropped[before] == place.place.code

    def _stands(self, around: Surroundings, place: Found) -> bool:
        """Is the name a place here?"""
        if place.by == "head":
            return self._head_stands(around, place)
        if place.by == "governed" or any(around.owned[place.start : place.end]):
            return False
        explicit = place.by == "explicit"
        before = place.start - 1
        if before >= 0 and view_level(around.view, before, self._levels):
            before -= 1
        if {before + 1, place.start} & around.heads and around.view.text[place.start][:3] != "se-":
            return False
        cue = is_cue(around.view, before, self._cues)
        leads = place.place.kind == "country" and (
            (cue and place.start in around.names) or (before >= 0 and around.view.text[before] in self._bearers)
        )
        if any(around.persons[place.start : place.end]) and not explicit and not leads:
            return False
        if self._blocked(around.view, before, place, cue=cue):
            return False
        touches = _touches_left(around, before) and not cue and not (explicit and place.place.kind in INNER)
        if place.by == "name" and place.end not in around.starts and _plays(around.view, before, place.end):
            return False
        if place.by == "name" and place.place.kind == "country" and _compounded(around, place.end):
            return False
        return not touches and (leads or not _touches_right(around, place))

    def _head_stands(self, around: Surroundings, place: Found) -> bool:
        """A venue may hold the name of a body ("Kantor KPU"), or be one where a cue says so ("dirawat di RSUD Kencana")."""
        cue = is_cue(around.view, place.start - 1, self._cues)
        if around.persons[place.start] or (around.owned[place.start] and not (cue and place.start in around.bodies)):
            return False
        return cue or not _touches_left(around, place.start - 1)

    def _blocked(self, view: Words, before: int, place: Found, *, cue: bool) -> bool:
        """Does the word before make it no place, or does a name that is a common word too lack its cue?"""
        word = view.lower[before] if before >= 0 else ""
        if word in self._blockers or (before > 0 and f"{view.lower[before - 1]} {word}" in self._blockers):
            return True
        return place.by == "name" and not cue and bool(self._names.needs(squeeze(place.place.name)))

    def _pair(self, view: Words, place: Found) -> Iterator[Found]:
        """The other area of "Kelurahan/Kecamatan Mayangan"."""
        at, code = place.start - 2, place.place.code
        row = self._levels.get(view.lower[at]) if at >= 0 and view.text[at + 1] == "/" else None
        if row is None or code is None or not row.inside:
            return
        near = [a for a in self._areas.lookup(self._areas.bare_name(code)) if a.kind in row.kinds]
        pair = [a for a in near if a.code.startswith(code) or code.startswith(a.code)]
        if len(pair) == 1:
            yield Found(at, place.end, Named(pair[0].kind, pair[0].name, pair[0].code), place.by)


def view_level(view: Words, i: int, levels: Mapping[str, LevelWord]) -> bool:
    """Is token ``i`` a level word that belongs to the name behind it ("Provinsi" of "Provinsi Banten")?"""
    row = levels.get(view.lower[i])
    return row is not None and row.inside


def _touches_left(around: Surroundings, before: int) -> bool:
    """Is the word before capitalised, no area itself and not the first of a sentence?"""
    view = around.view
    if before > 2 and view.text[before] == ")" and view.text[before - 2] == "(" and view.text[before - 1].isupper():
        before -= 3  # "Operasi Mantap (OM) Krakatau" is one name
    if before < 0 or before in around.starts or not _is_name_word(view.text[before]):
        return False
    opens = before == 0 or view.text[before - 1] in _OPENERS or view.text[before - 1].isspace()
    return not (opens and view.text[before][1:].islower())


def _touches_right(around: Surroundings, place: Found) -> bool:
    """Does a capitalised word stand right behind that begins nothing of its own ("Jawa Timur Park")?"""
    view, after = around.view, place.end
    return after < len(view) and after not in around.starts and _is_name_word(view.text[after])


def _compounded(around: Surroundings, end: int) -> bool:
    """Does a hyphen tie a name to it that is no place: "Swiss-Belhotel", but not "Malaysia-Batam"?"""
    view = around.view
    if end + 1 >= len(view) or view.text[end] != "-" or view.start[end + 1] != view.end[end - 1] + 1:
        return False
    return _is_name_word(view.text[end + 1]) and end + 1 not in around.known


def _plays(view: Words, before: int, end: int) -> bool:
    """Is the name a team, with a score behind it ("menekuk Newcastle 2-0") or an opponent beside it ("Milan vs PSG")?"""
    if view.lower[end : end + 1] == ["vs"] or (before >= 0 and view.lower[before] == "vs"):
        return True
    return _SCORE.match("".join(view.text[end : end + 3])) is not None


def _is_name_word(text: str) -> bool:
    """Is it a capitalised word or a number with letters ("76ers"), but no amount of money?"""
    return len(text) > 1 and not MONEY.match(text) and (text[0].isupper() or (text[0].isdigit() and text[-1].isalpha()))
