"""The dateline: the outlet, town and day that open a report, "SERANG, KOMPAS.com –", "Jakarta (ANTARA) -", "Bogor⏎-⏎"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Range = tuple[int, int]

_LONGEST = 100
_SUFFIX = r"(?:com|co|id|net|news|tv|org|info|my\.id|or\.id|go\.id|web\.id)(?:\.id)?"
_DOMAIN = re.compile(rf"(?:[a-z0-9][\w-]*(?:\.[\w-]+){{0,3}})[.,] ?{_SUFFIX}(?![\w.])", re.I)
_DASH = re.compile(r"[ \xa0]?[\r\n]?[ \xa0]*(?:\.?--+|\.?[-–—―‒−]|:)[ \xa0\r\n]*")
_PIECE = re.compile(r"[^,()|\[\]]+")
_TOWN = re.compile(r"(?:[A-ZÀ-Þ][\w’'.]*)(?:[ /-]+(?:[A-ZÀ-Þ][\w’'.]*|di)){0,4}")
_DATE = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{2,4})?|\d{1,2} [A-Z][a-z]+(?: \d{4})?")
_AGENCY = re.compile(
    r"(?:(?:[A-Z][a-z]+ )?[A-Z]\w+|[A-Z]{3,}(?: [A-Z]{3,})?) ?\((?:ANTARA|Antara)[^()\n]{0,20}\)\s{0,3}(?:--?|[–—])[ \xa0\r\n]*"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where the dateline stands and what it says, all in character offsets; ``outlet`` as written."""

    start: int
    end: int
    outlet: str | None = None
    towns: tuple[Range, ...] = ()
    date: Range | None = None


class DatelineFinder:
    """Finds datelines.

    ``outlets`` are names that no domain gives away ("CNN Indonesia", "InfoPublik"), ``days`` the days of the week.
    """

    def __init__(self, outlets: tuple[str, ...], days: frozenset[str]) -> None:
        self._outlets = frozenset(o.lower() for o in outlets)
        self._days = days

    def at(self, text: str, start: int) -> Dateline | None:
        """The dateline that begins exactly at ``start``."""
        for dash in _DASH.finditer(text, start, min(len(text), start + _LONGEST)):
            if not _resumes(text, dash.end()):
                continue
            found = self._read(text, start, dash)
            if found is not None:
                return found
        return None

    def glued(self, text: str, start: int, end: int) -> Dateline | None:
        """A dateline of an agency behind a standfirst that lost its line break: "… tahun iniJakarta (ANTARA) - "."""
        match = _AGENCY.search(text, start, end)
        return self.at(text, match.start()) if match else None

    def _read(self, text: str, start: int, dash: re.Match[str]) -> Dateline | None:
        """The dateline ``text[start:dash.end()]``, if every piece of it is an outlet, a town or a day."""
        outlet: str | None = None
        towns: list[Range] = []
        date: Range | None = None
        for kind, begin, end in self._pieces(text, start, dash.start()):
            if kind == "outlet" and outlet is None:
                outlet = text[begin:end]
            elif kind == "town" and len(towns) < 2:
                towns.append((begin, end))
            elif kind == "date":
                date = (min(begin, date[0]), end) if date else (begin, end)
            else:
                return None
        if not (outlet or towns) or not _is_set_off(text, start, dash, signed=outlet is not None):
            return None
        return Dateline(start, dash.end(), outlet, tuple(towns), date)

    def _pieces(self, text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """Kind and place of each part between commas and brackets; kind is empty for what no dateline holds."""
        at = start
        while at < end:
            domain = _DOMAIN.match(text, at, end)
            match = domain or _PIECE.match(text, at, end)
            if match is None:
                at += 1
                continue
            begin, stop = match.span()
            at = stop
            while begin < stop and text[begin] in " \xa0\t":
                begin += 1
                if domain is None and (domain := _DOMAIN.match(text, begin, end)):
                    stop = at = domain.end()
            while stop > begin and text[stop - 1] in " \xa0\t\r\n.":
                stop -= 1
            if begin < stop:
                yield self._kind(text, begin, stop, domain is not None), begin, stop

    def _kind(self, text: str, begin: int, stop: int, is_domain: bool) -> str:
        piece = text[begin:stop]
        if is_domain or piece.lower() in self._outlets:
            return "outlet"
        if piece.lower() in self._days or _DATE.fullmatch(piece) or _DATE.fullmatch(piece.partition(" ")[2]):
            return "date"
        bracketed = text[begin - 1 : begin] == "(" and text[stop : stop + 1] == ")"
        if bracketed and stop - begin <= 40 and not any(c.isdigit() for c in piece):
            return "outlet"
        if stop - begin <= 40 and _TOWN.fullmatch(piece):
            return "town"
        return ""


def _resumes(text: str, end: int) -> bool:
    """Does a report go on behind the dash? "Jakarta - Menteri", not "Serang - anggota"."""
    return end < len(text) and (text[end].isupper() or text[end].isdigit() or text[end] in "\"“‘'«”(")


def _is_set_off(text: str, start: int, dash: re.Match[str], *, signed: bool) -> bool:
    """Is the dash one between dateline and report, not one inside a name ("TNI-Polri") or a headline ("Berita: X")?"""
    if signed:
        return True
    mark = dash.group()
    if ":" in mark or len(text[start : dash.start()]) > 50:
        return False
    place = text[start : dash.start()]
    return len(mark.strip()) < len(mark) or mark.strip() != "-" or (place.isupper() and len(place) >= 6)
