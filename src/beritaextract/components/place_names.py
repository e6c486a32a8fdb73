"""Find places by fixed names: countries, foreign towns, regions, mountains and seas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from beritaextract.components.toponym_scan import Stopword
from beritaextract.gazetteer import Country, squeeze
from beritaextract.layers import Words


@dataclass(frozen=True, slots=True)
class ForeignPlace:
    """A row of ``foreign_places.tsv``: a town or region abroad and its country."""

    name: str
    country: str
    example: str


@dataclass(frozen=True, slots=True)
class Region:
    """A row of ``regions.tsv``: a region without a code ("Jabodetabek", "Sulawesi", "Eropa")."""

    name: str
    kind: Literal["region", "foreign", "city"]
    example: str


@dataclass(frozen=True, slots=True)
class NaturalName:
    """A row of ``natural.tsv``: a mountain, sea or island known without a head word ("Semeru")."""

    name: str
    example: str


class Named(NamedTuple):
    """A place: the kind, the name to show, the code of an area or country, and the country of a town abroad."""

    kind: str
    name: str
    code: str | None
    within: str | None = None


class Found(NamedTuple):
    """A place in tokens ``start`` to ``end``; behind a head word its own name begins at ``inner``."""

    start: int
    end: int
    place: Named
    by: str
    inner: int = 0


class NameIndex:
    """Fixed names by their first word."""

    def __init__(self, stops: Iterable[Stopword]) -> None:
        self._names: dict[str, Named] = {}
        self._longest: dict[str, int] = {}
        self._capitals: set[str] = set()
        self._stops = {squeeze(row.form): row.needs for row in stops}

    def add(self, name: str, place: Named) -> None:
        """Know a name; one of capitals only ("AS", "UEA") is found in capitals only."""
        key = squeeze(name)
        self._names.setdefault(key, place)
        first, *rest = name.replace("-", " - ").split()
        self._longest[squeeze(first)] = max(self._longest.get(squeeze(first), 0), len(rest) + 1)
        if name.isupper():
            self._capitals.add(key)

    def scan(self, view: Words, usable: Sequence[bool]) -> Iterator[Found]:
        """The longest name at each capitalised token."""
        i, end = 0, len(view)
        while i < end:
            text = view.text[i]
            found = self._match(view, usable, i) if usable[i] and (text[0].isupper() or text[:3] == "se-") else None
            if found is not None:
                yield found
            i = found.end if found is not None else i + 1

    def needs(self, key: str) -> str:
        """What a name that is a common word too needs: "cue", "parent" or nothing."""
        return self._stops.get(key, "")

    def _match(self, view: Words, usable: Sequence[bool], i: int) -> Found | None:
        first = view.lower[i]
        key = first if first.isalpha() else squeeze(first.removeprefix("se-"))
        longest = self._longest.get(key, 0)
        keys = [key] if longest else []
        j = i + 1
        while (
            len(keys) < longest and j < len(view) and usable[j] and (view.text[j][0].isalnum() or view.text[j] == "-")
        ):
            keys.append(keys[-1] + squeeze(view.lower[j]))
            j += 1
        for length in range(len(keys), 0, -1):
            place = self._names.get(keys[length - 1])
            if place is None or (keys[length - 1] in self._capitals and not view.text[i].isupper()):
                continue
            if view.text[i + length - 1].removeprefix("se-")[0].isupper():
                return Found(i, i + length, place, "name")
        return None


def build_index(
    countries: Iterable[Country],
    foreign: Iterable[ForeignPlace],
    regions: Iterable[Region],
    natural: Iterable[NaturalName],
    stops: Iterable[Stopword],
) -> NameIndex:
    """The index over all tables of names; a country goes before a region, that before a foreign town of the same name."""
    index = NameIndex(stops)
    for country in countries:
        for name in (country.name, *country.variants):
            index.add(name, Named("country", country.name, country.code))
    for region in regions:
        index.add(region.name, Named(region.kind, region.name, None))
    for place in foreign:
        index.add(place.name, Named("foreign", place.name, None, place.country))
    for named in natural:
        index.add(named.name, Named("natural", named.name, None))
    return index
