"""Clock times without a zone take the offset of the place they are told of; asked for with ``load(place_offsets=True)``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.gazetteer import gazetteer
from beritaextract.layers import PlaceRow, read

Places = Sequence[tuple[Span, PlaceRow]]

_BARE = re.compile(r"(T\d\d:\d\d)(?![+:\d])")
_WRITTEN = re.compile(r"T\d\d:\d\d\+(\d\d)")


@Language.component("beritaextract_offsets", assigns=["doc.spans"], requires=["doc.spans"])
def complete_offsets(doc: Doc) -> Doc:
    """Completes the layers ``dates`` and ``temporals``: "Senin (24/6/2024) pukul 19.00" in Ambon is T19:00+09:00.

    The place is the nearest one of the sentence, else the dateline's town, else any area of the article when all lie in
    one zone. A place abroad or without a code leaves the time as it is. ``by`` says that a value owes its offset to a place.
    """
    timed = [row for layer in ("dates", "temporals") for _, row in read(doc, layer)]
    if any(_BARE.search(row["value"]) for row in timed):
        places = read(doc, "places")
        starts = [sentence.start for sentence in doc.sents] if doc.has_annotation("SENT_START") else [0]
        fallback = _dateline_offset(places) or _common_offset(doc, [row["value"] for row in timed])
        for layer in ("dates", "temporals"):
            for span, row in read(doc, layer):
                if _BARE.search(row["value"]):
                    _complete(row, _offset(span, places, starts, fallback))
    return doc


def _complete(row: dict[str, str], offset: int | None) -> None:
    if offset is not None:
        row["value"] = _BARE.sub(rf"\g<1>+{offset:02}:00", row["value"])
        row["by"] += "+place_offset"


def _offset(time: Span, places: Places, starts: list[int], fallback: int | None) -> int | None:
    """Hours before UTC of a clock time: of the nearest place of its sentence, ``fallback`` when there is none."""
    sentence = bisect_right(starts, time.start)
    beside = [pair for pair in places if bisect_right(starts, pair[0].start) == sentence]
    if not beside:
        return fallback
    _, nearest = min(beside, key=lambda pair: max(time.start - pair[0].end, pair[0].start - time.end))
    return _hours(nearest["code"] or nearest.get("within"))


def _dateline_offset(places: Places) -> int | None:
    return next((_hours(row["code"]) for _, row in places if row["role"] == "dateline"), None)


def _common_offset(doc: Doc, values: list[str]) -> int | None:
    """The one offset of all areas that the article names or speaks for, and of all zones that it writes."""
    codes = {row["code"] for layer in ("places", "organizations", "officials") for _, row in read(doc, layer)}
    hours = {_hours(code) for code in codes} | {int(found) for value in values for found in _WRITTEN.findall(value)}
    hours.discard(None)
    return hours.pop() if len(hours) == 1 else None


def _hours(code: str | None) -> int | None:
    """7, 8 or 9 hours before UTC in an area of Indonesia; the Republic has three zones, other countries are not known."""
    return gazetteer().utc_offset(code) if code and code[0].isdigit() else None
