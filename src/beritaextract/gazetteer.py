"""The administrative areas of Indonesia and the countries of the world: names, codes, chains and positions.

Codes are those of the Ministry of Home Affairs: ``36`` Banten, ``36.73`` Kota Serang, ``36.73.01`` a district,
``36.73.01.1001`` a village; ``ID`` is the Republic, other two letters are ISO 3166 countries. Source: Kepmendagri
300.2.2-2138 of 2025, see ``models/gazetteer.py``.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from beritaextract.lexicon import Lexicon, packaged

_DROPPED = str.maketrans("", "", "-'’‘`. ()/,")
_FIRST_CITY = 71
"""In a code of a regency or city, numbers from 71 on are cities."""
_VILLAGE = 13
"""Length of a village's code."""


@dataclass(frozen=True, slots=True)
class Area:
    """One administrative area, with its name as people write it ("Kota Serang", "Kecamatan Curug", "Banten")."""

    code: str
    name: str
    kind: str
    lat: float | None
    lon: float | None
    utc_offset: int | None
    population: int | None


@dataclass(frozen=True, slots=True)
class AreaWord:
    """A row of ``area_words.tsv``: the level word shown before the names of a kind within a province."""

    within: str
    kind: Literal["province", "city", "regency", "district", "village", "ward"]
    word: str
    example: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A row of ``place_aliases.tsv``: another name of areas ("Jabar", "Solo"), with the codes it can mean."""

    name: str
    codes: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class FormerCode:
    """A row of ``former_codes.tsv``: the code of a regency or city before its province was split, and today's."""

    code: str
    now: str
    example: str


@dataclass(frozen=True, slots=True)
class Country:
    """A row of ``countries.tsv``: ISO 3166 alpha-2 code, Indonesian name, other names in news, position of the capital."""

    code: str
    name: str
    variants: tuple[str, ...]
    lat: float | None
    lon: float | None
    example: str


def squeeze(name: str) -> str:
    """The key of a name: lower case without spaces, hyphens and apostrophes ("Toli-Toli", "Tolitoli" are ``tolitoli``)."""
    return name.lower().translate(_DROPPED)


def kind_of(code: str) -> str:
    """province, regency, city, district, village by the shape of the code; country for two letters."""
    if not code[:1].isdigit():
        return "country"
    if len(code) == 5:
        return "city" if int(code[3:5]) >= _FIRST_CITY else "regency"
    return "province" if len(code) == 2 else "district" if len(code) == 8 else "village"


class Gazetteer:
    """Areas by code and by name; one instance a process, never changed after it is made."""

    def __init__(self, lexicon: Lexicon) -> None:
        lines = _packaged_lines()
        cells = [line.split("\t", 2) for line in lines]
        codes = [c[0] for c in cells]
        self._names: dict[str, str] = {c[0]: c[1] for c in cells}
        self._rest: dict[str, str] = {c[0]: c[2] for c in cells if len(c) > 2}
        self._areas: dict[str, str | tuple[str, ...]] = {}
        _index(self._areas, zip(codes, squeeze_all(self._names.values()), strict=True))
        self._starts = _longest_by_first_word(self._names.values())
        for name in [c[1] for c in cells if len(c[0]) < _VILLAGE and c[1].count(" ") > 1]:
            first, second, *rest = name.split(" ")
            self._starts.setdefault(squeeze(first + second), len(rest) + 1)
        self._words: dict[tuple[str, str], str] = {
            (r.within, r.kind): r.word for r in lexicon.rows("area_words", AreaWord, key=lambda r: (r.within, r.kind))
        }
        self._countries = {c.code: c for c in lexicon.rows("countries", Country)}
        self._former = {r.code: r.now for r in lexicon.rows("former_codes", FormerCode)}
        self.seats: dict[str, str] = {}
        self._add_aliases(lexicon)
        self._add_seats(codes)

    def __iter__(self) -> Iterator[str]:
        """The codes of all areas, in the order of the official list."""
        return iter(self._names)

    def _add_aliases(self, lexicon: Lexicon) -> None:
        for alias in lexicon.rows("place_aliases", Alias):
            self._add(alias.name, alias.codes)

    def _add_seats(self, codes: Iterable[str]) -> None:
        """Seats of regencies: the district or village of that name, or else the regency itself ("Purwokerto")."""
        for code in codes:
            seat = self._cell(code, 4) if len(code) == 5 else None
            if not seat:
                continue
            known = [c for c in self.codes(squeeze(seat)) if c.startswith(code)]
            own = min(known, key=len, default=None)
            if own is None:
                self._add(seat, (code,))
            self.seats[code] = own or code

    def _add(self, name: str, codes: tuple[str, ...]) -> None:
        key = squeeze(name)
        known = self.codes(key)
        self._areas[key] = known + tuple(c for c in codes if c not in known)
        for first, length in _longest_by_first_word([name]).items():
            self._starts[first] = max(length, self._starts.get(first, 0))

    def codes(self, key: str) -> tuple[str, ...]:
        """Codes of all areas whose squeezed name is ``key``."""
        found = self._areas.get(key, ())
        return (found,) if isinstance(found, str) else found

    def longest(self, first: str) -> int:
        """How many words the longest name has that begins with the squeezed word ``first``; 0 when none does."""
        return self._starts.get(first) or (1 if first in self._areas else 0)

    def lookup(self, name: str, within: str | None = None) -> tuple[Area, ...]:
        """Areas of that name, the widest first: "Serang", "Kota Serang", "Kec. Curug", "Jabar".

        ``within`` is a code: only areas inside it ("36" Banten).
        """
        found = self.codes(squeeze(name))
        level, _, rest = name.strip().partition(" ")
        kinds = _LEVELS.get(level.lower().rstrip("."))
        if kinds and rest:
            found += tuple(c for c in self.codes(squeeze(rest)) if kind_of(c) in kinds and c not in found)
        inside = [c for c in found if within is None or within == "ID" or c == within or c.startswith(within + ".")]
        return tuple(self.area(c) for c in sorted(inside, key=lambda c: (len(c), c)))

    def today(self, code: str) -> str:
        """Today's code for one from before a province was split: "91.01" (Merauke, then Papua) is "93.01"."""
        return self._former.get(code[:5], code[:5]) + code[5:]

    def area(self, code: str) -> Area:
        """The area of a code. Raises KeyError when there is none."""
        if code not in self._names:
            raise KeyError(code)
        lat, lon = self.position(code)
        return Area(code, self.name(code), kind_of(code), lat, lon, self.utc_offset(code), self.population(code))

    def chain(self, code: str) -> tuple[Area, ...]:
        """The area and all areas it lies in, the narrowest first: Kecamatan Curug, Kota Serang, Banten."""
        return tuple(self.area(c) for c in _codes_above(code))

    def parent(self, code: str) -> str | None:
        """The code one level up; ``ID`` for a province, None for a country."""
        if not code[:1].isdigit():
            return None
        return code.rpartition(".")[0] or "ID"

    def bare_name(self, code: str) -> str:
        """The name without level word ("Serang"); the code itself when unknown."""
        return self._names.get(code) or self.name(code)

    def name(self, code: str) -> str:
        """The name as people write it ("Kota Serang", "Kabupaten Serang", "Kecamatan Curug", "Banten", "Jepang")."""
        name = self._names.get(code)
        if name is None:
            country = self._countries.get(code)
            return country.name if country else code
        kind = kind_of(code)
        if kind == "village" and code[9:10] == "1":
            kind = "ward"
        word = self._words.get((code[:2], kind), self._words.get(("", kind), ""))
        return f"{word} {name}" if word else name

    def path(self, code: str | None) -> tuple[str, ...]:
        """Names from the area up to the country: ("Kota Serang", "Banten", "Indonesia"); empty when unknown."""
        if code in self._names:
            return (*(self.name(c) for c in _codes_above(code)), self.name("ID"))
        return (self.name(code),) if code in self._countries else ()

    def country(self, code: str | None) -> str | None:
        """ISO 3166 code of the country."""
        if code in self._names:
            return "ID"
        return code if code in self._countries else None

    def position(self, code: str | None) -> tuple[float | None, float | None]:
        """Latitude and longitude: an area's centroid, a country's capital."""
        if code in self._countries:
            return self._countries[code].lat, self._countries[code].lon
        if code not in self._names:
            return None, None
        lat, lon = self._cell(code, 0), self._cell(code, 1)
        return (float(lat), float(lon)) if lat and lon else (None, None)

    def utc_offset(self, code: str) -> int | None:
        """Hours before UTC: 7 WIB, 8 WITA, 9 WIT."""
        cell = self._cell(code[:5], 2) or self._cell(code[:2], 2)
        return int(cell) if cell else None

    def population(self, code: str) -> int | None:
        """Inhabitants of a province, regency or city."""
        cell = self._cell(code, 3)
        return int(cell) if cell else None

    def countries(self) -> tuple[Country, ...]:
        """All rows of ``countries.tsv``."""
        return tuple(self._countries.values())

    def _cell(self, code: str, column: int) -> str | None:
        cells = self._rest.get(code, "").split("\t")
        return cells[column] if column < len(cells) else None


_LEVELS = {
    "provinsi": ("province",),
    "kota": ("city",),
    "kabupaten": ("regency",),
    "kab": ("regency",),
    "kecamatan": ("district",),
    "kec": ("district",),
    "distrik": ("district",),
    "desa": ("village",),
    "kelurahan": ("village",),
}


def squeeze_all(names: Iterable[str]) -> list[str]:
    """The keys of many names, in one pass over their joined text."""
    return "\n".join(names).lower().translate(_DROPPED).split("\n")


def _codes_above(code: str) -> list[str]:
    """The code itself, then the codes of the areas it lies in."""
    return [code[:length] for length in (13, 8, 5, 2) if len(code) >= length]


def _index(areas: dict[str, str | tuple[str, ...]], pairs: Iterable[tuple[str, str]]) -> None:
    """Add (code, key) pairs: a single code as it is, several as a tuple."""
    for code, key in pairs:
        known = areas.get(key)
        areas[key] = code if known is None else (known, code) if isinstance(known, str) else (*known, code)


def _longest_by_first_word(names: Iterable[str]) -> dict[str, int]:
    """For the first word of all names of several words: how many tokens the longest one has, a hyphen counting as one."""
    longest: dict[str, int] = {}
    for name in names:
        breaks = name.count(" ") + 2 * name.count("-")
        if breaks:
            first = squeeze(name.replace("-", " ").split(" ", 1)[0])
            if longest.get(first, 0) <= breaks:
                longest[first] = breaks + 1
    return longest


def _packaged_lines() -> list[str]:
    packed = files("beritaextract").joinpath("data", "gazetteer.tsv.gz").read_bytes()
    return gzip.decompress(packed).decode("utf8").splitlines()


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The packaged gazetteer, read once a process."""
    return Gazetteer(packaged())


def gazetteer_with(lexicon: Lexicon) -> Gazetteer:
    """The packaged gazetteer, or one of its own for a user's changes to the tables of names."""
    changed = {"place_aliases.tsv", "area_words.tsv", "countries.tsv"} & lexicon.overrides.keys()
    return Gazetteer(lexicon) if changed else gazetteer()


def lookup(name: str, within: str | None = None) -> tuple[Area, ...]:
    """Areas of that name, the widest first; see ``Gazetteer.lookup``."""
    return gazetteer().lookup(name, within)


def chain(code: str) -> tuple[Area, ...]:
    """The area and all areas it lies in, the narrowest first."""
    return gazetteer().chain(code)
