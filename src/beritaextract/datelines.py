"""The dateline: the outlet, town and day that open a report, "SERANG, KOMPAS.com –", "Jakarta (ANTARA) -", "Bogor⏎-⏎"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

Range = tuple[int, int]

_LONGEST = 100
_ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\ufeff"
_SUFFIX = r"(?:com|co|id|net|news|tv|org|info|my\.id|or\.id|go\.id|web\.id)(?:\.id)?"
_DOMAIN = re.compile(rf"(?:[a-z0-9][\w-]*(?:\.[\w-]+){{0,3}})(?:\. ?|,){_SUFFIX}(?![\w.])", re.I)
_DASH = re.compile(
    rf"[ \xa0]{{0,50}}[\r\n]?[ \xa0]{{0,50}}(?:\.?--+|\.?[-–—―‒−](?:[ \xa0]?[–—-])?|:)[ \xa0\r\n{_ZERO_WIDTH}]*"
)
_ORPHAN = re.compile(r"[-–—]+[ \xa0\r\n]+(?=[A-ZÀ-Þ\"“])")
_JUNK = re.compile(rf"[\s*\[\]'{_ZERO_WIDTH}]*")
_PIECE = re.compile(r"[^,()|\[\]]+")
_TOWN = re.compile(r"(?:[A-ZÀ-Þ][\w’'.]*)(?:[ /-]+(?:[A-ZÀ-Þd][\w’'.]*)){0,4}")
_GLUED_WORDS = re.compile(r"[a-z][A-Z][a-z]")
_DATE = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{2,4})?|\d{1,2} [A-Z][A-Za-z]+(?: \d{4})?")
_TITLED = r"(?:[A-Z][a-z]+(?: [A-Z][a-z]+)?, ?)?(?:[A-Z][a-z]+ ){0,2}[A-Z][a-z]+"
_CAPITALS = r"[A-Z]{3,}(?: [A-Z]{3,})?"
_TOWN_BEHIND = re.compile(r"([A-Z]{4,}(?:[ /][A-Z]{3,}){0,2})(?:\. |\s?[-–—]+ )[ \xa0]*(?=[A-Z“\"])")
_FIRST_WORD = re.compile(r",? ?([A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][a-zà-ÿ]+)?)")


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

    ``outlets`` are names that no domain gives away ("CNN Indonesia", "InfoPublik"), ``dashless`` those that sign without a
    dash too ("Liputan6.com, Jakarta Gempa …"), ``days`` the days of the week and ``towns`` towns of two words, lower-case.
    """

    def __init__(
        self,
        outlets: Collection[str],
        days: Collection[str] = (),
        towns: Collection[str] = (),
        dashless: Collection[str] = (),
    ) -> None:
        self._outlets = frozenset(o.lower() for o in outlets)
        names = "|".join(re.escape(o) for o in sorted(outlets, key=len, reverse=True)) or "(?!)"
        self._bracketed = re.compile(rf"(?:{_TITLED}|{_CAPITALS}) ?\((?:{names})[^()\n]{{0,20}}\)\s{{0,3}}(?:--?|[–—])")
        self._dashless = frozenset(o.lower() for o in dashless)
        self._days = frozenset(days)
        self._towns = frozenset(towns)

    def at(self, text: str, start: int) -> Dateline | None:
        """The dateline that begins at ``start``, or behind what a scraper left there ("['KOMPAS.com - ")."""
        begin = _JUNK.match(text, start).end()  # type: ignore[union-attr]
        stop = min(len(text), begin + _LONGEST)
        domain = _DOMAIN.match(text, begin, stop)  # its own hyphens are no dashes: "TRIBUN-MEDAN.com"
        for dash in _DASH.finditer(text, domain.end() if domain else begin, stop):
            found = self._read(text, begin, dash)
            if found is not None:
                return replace(_with_town_behind(text, found), start=start)
        return self._without_dash(text, begin)

    def signed_at(self, text: str, start: int) -> Dateline | None:
        """A dateline at ``start`` that a known outlet or a domain signs."""
        found = self.at(text, start)
        if found is None or found.outlet is None:
            return None
        known = found.outlet.lower() in self._outlets or _DOMAIN.fullmatch(found.outlet)
        return found if known else None

    def orphan(self, text: str, start: int) -> Dateline | None:
        """The dash of a dateline that lost its town: "-⏎Pemprov DKI memastikan …"."""
        match = _ORPHAN.match(text, start)
        return Dateline(start, match.end()) if match else None

    def glued(self, text: str, start: int, end: int) -> Dateline | None:
        """A dateline of an agency behind a standfirst that lost its line break: "… tahun iniJakarta (ANTARA) - "."""
        match = self._bracketed.search(text, start, end)
        return self.at(text, match.start()) if match else None

    def _read(self, text: str, start: int, dash: re.Match[str]) -> Dateline | None:
        """The dateline ``text[start:dash.end()]``, if every piece of it is an outlet, a town or a day."""
        outlet: str | None = None
        towns: list[Range] = []
        date: Range | None = None
        for kind, begin, end in self._pieces(text, start, dash.start()):
            if kind == "outlet" and outlet is None:
                outlet = text[begin:end]
            elif kind == "outlet" and text[begin - 1 : begin] == "(":
                continue
            elif kind == "town" and len(towns) < 2:
                towns.append((begin, end))
            elif kind == "date":
                date = (min(begin, date[0]), end) if date else (begin, end)
            else:
                return None
        if not (outlet or towns) or not _is_set_off(text, start, dash, towns, signed=outlet is not None):
            return None
        if outlet is not None and towns and outlet.lower() in self._dashless and self._runs_on(text, towns[-1]):
            return None
        return Dateline(start, dash.end(), outlet, tuple(towns), date)

    def _without_dash(self, text: str, start: int) -> Dateline | None:
        """A dateline that ends with its town: "Liputan6.com, Jakarta Gempa …", "Liputan6.com, JakartaGempa …"."""
        domain = _DOMAIN.match(text, start, min(len(text), start + _LONGEST))
        if domain is None or domain.group().lower() not in self._dashless:
            return None
        word = _FIRST_WORD.match(text, domain.end())
        if word is None:
            return None
        end = word.end() if word.group(1).lower() in self._towns else word.start(1) + len(word.group(1).split()[0])
        stop = end
        while stop < len(text) and text[stop] in " \xa0-":
            stop += 1
        return Dateline(start, stop, domain.group(), ((word.start(1), end),))

    def _runs_on(self, text: str, town: Range) -> bool:
        """Is the town of a dateline without a dash already sentence: "Jakarta Alien - film …", "JakartaCocobi - "?"""
        name = text[slice(*town)]
        return bool(_GLUED_WORDS.search(name)) or (
            " " in name and not name.isupper() and name.lower() not in self._towns
        )

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
            while begin < stop and text[begin].isspace():
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
            return "" if _is_acronym(piece, text[max(0, begin - 60) : begin - 1]) else "outlet"
        if stop - begin <= 40 and _TOWN.fullmatch(piece):
            return "town"
        return ""


def _with_town_behind(text: str, found: Dateline) -> Dateline:
    """The dateline with the town that follows the outlet's dash: "KONTAN.CO.ID - JAKARTA. ", "KONTAN.CO.ID - LONDON - "."""
    match = _TOWN_BEHIND.match(text, found.end) if found.outlet and not found.towns else None
    if match is None:
        return found
    return replace(found, end=match.end(), towns=(match.span(1),))


def _is_acronym(letters: str, before: str) -> bool:
    """Does the bracket only abbreviate the words before it: "Tim Kampanye Nasional (TKN)"?"""
    words = before.split()
    initials = "".join(w[0] for w in words if w[0].isupper())
    return len(words) > 1 and (initials.endswith(letters.upper()) or letters[:2].lower() == words[-1][:2].lower())


def _is_set_off(text: str, start: int, dash: re.Match[str], towns: list[Range], *, signed: bool) -> bool:
    """Is the dash one between dateline and report, not one inside a name ("TNI-Polri") or a headline ("Berita: X")?"""
    mark, place, end = dash.group(), text[start : dash.start()], dash.end()
    if end >= len(text):
        return False
    spaced = mark[-1:] in " \xa0\n\r" + _ZERO_WIDTH
    following = text[end]
    opens = (
        following.isupper()
        or following in "\"“‘'«”("
        or (spaced and (following.isdigit() or signed or place.isupper()))
    )
    if not opens or (
        not signed and (":" in mark or place[-1:].isspace() or ("\n" in mark[:-1] and place.count(" ") > 2))
    ):
        return False
    if mark.strip() == "-" == mark:
        last = place.split(",")[-1].split()
        return (signed and (len(last) < 2 or not towns)) or (place.isupper() and len(place) >= 6)
    return signed or len(place) <= 50
