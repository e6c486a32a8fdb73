"""Find places by their head words: "Gedung Pancasila", "Jalan Ahmad Yani No. 5", "Gunung Lawu", "perairan Bawean"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from beritaextract.components.place_links import Links
from beritaextract.components.place_names import Found, Named
from beritaextract.components.toponym_scan import MONEY
from beritaextract.layers import Words


@dataclass(frozen=True, slots=True)
class VenueHead:
    """A row of ``venues.tsv``: the head word of buildings, roads, rooms and sites; ``lower``: it may be written small."""

    form: str
    lower: bool
    example: str


@dataclass(frozen=True, slots=True)
class NaturalHead:
    """A row of ``natural_heads.tsv``: the head word of mountains, waters, islands and reserves; ``lower`` as above."""

    form: str
    lower: bool
    example: str


_MAX_WORDS = 12


class HeadFinder:
    """Finds head words with the capitalised words behind them.

    ``kinds`` says what kind of place each head word makes, ``small`` which ones may be written small; of ``links`` are the
    words before a number ("nomor") and those that name nothing alone ("Pasar Murah").
    """

    def __init__(self, kinds: Mapping[str, str], small: frozenset[str], links: Links) -> None:
        self._kinds = dict(kinds)
        self._small = small
        self._numbered = links.number
        self._common = links.common
        self._longest: dict[str, int] = {}
        for form in self._kinds:
            first = form.split()[0]
            self._longest[first] = max(self._longest.get(first, 0), len(form.split()))

    def scan(
        self,
        view: Words,
        usable: Sequence[bool],
        areas: frozenset[int],
        inner: frozenset[int],
        explicit: frozenset[int],
    ) -> Iterator[Found]:
        """Places in text order.

        A head word that begins the name of an area (``areas``: "Sungai Penuh") is none; where a district or village begins
        (``inner``), the name of the venue ends ("Masjid Al Ikhlas Desa Sukamaju"), that of a district or village where any
        area with its level word does (``explicit``: "Kecamatan Wonokatresnan Kabupaten Serang").
        """
        i, end = 0, len(view)
        while i < end:
            known = view.lower[i] in self._longest and usable[i] and i not in areas
            length = self._head(view, i) if known else 0
            kind = self._kinds[" ".join(view.lower[i : i + length])] if length else ""
            stops = explicit if kind in ("district", "village") else inner
            last = self._tail(view, usable, i + length, stops) if length else i
            if length and last > i + length and self._names(view, i + length, last):
                yield Found(i, last, Named(kind, surface(view, i, last), None), "head", i + length)
                i = last
            else:
                i += 1

    def _head(self, view: Words, i: int) -> int:
        """How many tokens the head word at token ``i`` has; 0 when there is none."""
        for length in range(min(self._longest[view.lower[i]], len(view) - i), 0, -1):
            form = " ".join(view.lower[i : i + length])
            if form in self._kinds and (view.text[i][0].isupper() or form in self._small):
                return length
        return 0

    def _names(self, view: Words, i: int, last: int) -> bool:
        """Can these words behind a head word name it? "Pancasila", "A.", "PKK"; not "Rp", "/", "8", not "Murah" alone."""
        alone = i + 1 == last and view.lower[i] in self._common
        return view.text[i][0].isupper() and not MONEY.match(view.text[i]) and not alone

    def _tail(self, view: Words, usable: Sequence[bool], i: int, stops: frozenset[int]) -> int:
        """Index behind the name that follows a head word: capitalised words and what joins them."""
        start, last = i, i
        while i < len(view) and i < start + _MAX_WORDS and usable[i] and i not in stops:
            text = view.text[i]
            if text == "(" and _is_short_form(view, i):
                i += 2
            elif text[0].isupper() or (text[0].isdigit() and (last > start or i == start)):
                last = i + 1
            elif view.lower[i] not in self._numbered and not (text in "/-–" and last == i):
                break
            i += 1
        return last


def _is_short_form(view: Words, i: int) -> bool:
    """Does a short form in brackets stand inside a name ("Gedung Satuan Kerja (SKPD) Terpadu")?"""
    return (
        i + 3 < len(view) and view.text[i + 2] == ")" and view.text[i + 1].isupper() and view.text[i + 3][0].isupper()
    )


def surface(view: Words, start: int, end: int) -> str:
    """The words as written, any run of blanks as one."""
    parts = [view.text[start]]
    for i in range(start + 1, end):
        parts += [" " if view.start[i] > view.end[i - 1] else "", view.text[i]]
    return " ".join("".join(parts).split())
