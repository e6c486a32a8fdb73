"""Find the area in which a place without a code lies: "Gedung Pancasila, Kota Serang", "Gunung Karang di Pandeglang"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from spacy.tokens import Span

from beritaextract.components.place_links import LIST_MARKS, WITHIN_MARKS, Links
from beritaextract.components.place_names import Found
from beritaextract.layers import ToponymRow, Words

_CHAINED = frozenset({"venue", "natural", "district", "village"})
"""Kinds of place that lie in the area named behind them."""

_WIDTH = {"village": 1, "district": 2, "regency": 3, "city": 3, "province": 4, "country": 5}

_HYPHENS = frozenset("-–/")
_MAX_GAP = 3


def areas_around(
    view: Words, places: Sequence[Found], toponyms: Iterable[tuple[Span, ToponymRow]], links: Links
) -> list[str | None]:
    """For each place the code of the area or country that it lies in; None for those with a code and those that nothing ties.

    It is the area right behind ("Stadion Kencana, Kota Serang, Banten", "Aula Wijaya, Hotel Melati, Cilegon"), or else the one
    that closes the name and whose province the article names outside it too ("Pasar Baru Cilegon").
    """
    inner = {span.end: (span, row) for span, row in toponyms if row["code"]}
    provinces = Counter(str(row["code"])[:2] for _, row in inner.values())
    found: list[str | None] = [place.place.within for place in places]
    for i in range(len(places) - 1, -1, -1):
        place = places[i]
        if place.place.code or place.place.kind not in _CHAINED:
            continue
        tied = i + 1 < len(places) and _tied(view, place, places[i + 1], links)
        if tied and not _listed(view, places, i + 1, links):
            found[i] = places[i + 1].place.code or found[i + 1]
        if found[i] is None and place.inner and place.end in inner:
            found[i] = _closing(view, place, *inner[place.end], provinces)
    return found


def _tied(view: Words, place: Found, area: Found, links: Links) -> bool:
    """Is the next place a wider one with nothing but a comma, a bracket or "di wilayah" before it?"""
    if _WIDTH.get(place.place.kind, 0) >= _WIDTH.get(area.place.kind, 1):
        return False
    gap = view.lower[place.end : area.start]
    within = links.within | WITHIN_MARKS
    return len(gap) <= _MAX_GAP and all(word in within or (word.isspace() and "\n" not in word) for word in gap)


def _listed(view: Words, places: Sequence[Found], i: int, links: Links) -> bool:
    """Is an area one of a list rather than where the place before lies ("Selat Sunda, Lampung, dan Banten")?"""
    if i + 1 >= len(places) or places[i + 1].place.kind not in _WIDTH or places[i].place.kind not in _WIDTH:
        return False
    area, wider = places[i].place, places[i + 1].place
    gap = view.lower[places[i].end : places[i + 1].start]
    listing = links.listing | LIST_MARKS
    contains = _WIDTH[wider.kind] > _WIDTH[area.kind]
    if area.code and wider.code and wider.kind != "country":
        contains = area.code.startswith(wider.code)
    return 0 < len(gap) <= _MAX_GAP and not contains and all(word in listing for word in gap)


def _closing(view: Words, place: Found, span: Span, row: ToponymRow, provinces: Counter[str]) -> str | None:
    """The area at the end of a place's name, behind at least one word of its own, no end of a road ("Tol Jakarta-Merak")."""
    start = span.start
    if start <= place.inner or view.text[start - 1] in _HYPHENS:
        return None
    return row["code"] if row["marker"] or provinces[str(row["code"])[:2]] > 1 else None
