"""Places: every area name with its readings, what stands in the record and what does not, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.confidence import scales
from beritaextract.explanation.readings import Reading, readings
from beritaextract.explanation.rules import why
from beritaextract.explanation.structure import Choice, Finding
from beritaextract.gazetteer import gazetteer
from beritaextract.layers import PlaceRow, full_text, read

_HOLDERS = {
    "officials": "a post",
    "organizations": "an organisation's name",
    "people": "a person's name",
    "titles": "a post",
}


_NAMED = ("places.head", "places.name")
"""Rules of places that are no area names of the toponyms stage."""


def places(nlp: Language, doc: Doc) -> tuple[list[Finding], dict[str, Any]]:
    """Places and area names together, in text order; and the common words among the names that nothing makes areas here."""
    rows: list[tuple[Span, PlaceRow]] = read(doc, "places")
    kept = {span.end_char: row for span, row in rows if row["by"] not in _NAMED}
    known = {row["code"] for row in kept.values() if row["code"]}
    seen = readings(nlp, doc)
    found = [_area(doc, reading, kept, known) for reading in seen if not _is_idle(reading)]
    ends = {finding.end for finding in found if finding.kept}
    found += [_other(doc, span, row) for span, row in rows if span.end_char not in ends]
    idle = list(dict.fromkeys(reading.mention.name for reading in seen if _is_idle(reading)))
    return sorted(found, key=lambda f: (f.start or 0, f.end or 0)), {"words that are areas elsewhere": idle}


def _is_idle(reading: Reading) -> bool:
    """Does nothing at all speak for an area: "Data", "Pada", names of villages that are common words?"""
    m = reading.mention
    return not m.taken and m.marker is None and not any(option.score >= reading.floor / 2 for option in reading.options)


def _area(doc: Doc, reading: Reading, kept: Mapping[int, PlaceRow], known: set[str]) -> Finding:
    """An area name: which area, and whether it is a place of the record."""
    m = reading.mention
    first, last = doc[m.start], doc[m.end - 1]
    start, end = first.idx, last.idx + len(last)
    place = kept.get(end)
    beside = None if place is not None or not m.taken else _beside(doc, m.start, m.end)
    by = f"toponyms.{m.by}" if m.by else None
    facts = {name: value for name, value in {**_evidence(reading), "beside": beside}.items() if value}
    return Finding(
        text=full_text(doc)[start:end],
        start=start,
        end=end,
        says=_says(doc, reading, place, known),
        by=place["by"] if place is not None else None,
        why=why(place["by"]) if place is not None else None,
        facts=facts if place is None else {"role": place["role"], "confidence": _sure(place), **facts},
        choices=(Choice(_meaning(reading), by, why(by) if by else None, reading.options),),
        kept=place is not None,
    )


def _says(doc: Doc, reading: Reading, place: PlaceRow | None, known: set[str]) -> str:
    """What the places stage made of the name."""
    m = reading.mention
    if place is not None:
        return f"{place['kind']}, place of the record"
    if not m.taken:
        return "no area here"
    if m.governed:
        return "no place: the word before it governs the area"
    holder = next((name for layer, name in _HOLDERS.items() if _covers(doc, layer, m.name_start)), None)
    if holder is not None:
        return f"no place: it stands in {holder}"
    if m.code in known:
        return "this place again; the record has its first mention"
    return "no place: a longer name, a capitalised word beside it, or a blocking word (place_blockers.tsv)"


def _beside(doc: Doc, start: int, end: int) -> str:
    """The words on either side of a name: "Masjid Agung … Raya"."""
    text = full_text(doc)
    before = text[doc[max(start - 2, 0)].idx : doc[start].idx].strip()
    behind = doc[end].text if end < len(doc) else ""
    return f"{before} … {behind}".strip()


def _covers(doc: Doc, layer: str, token: int) -> bool:
    return any(span.start <= token < span.end for span, _ in read(doc, layer))


def _meaning(reading: Reading) -> str:
    """The area chosen, or why none was."""
    m = reading.mention
    if m.taken and m.code:
        lead = f", ahead by {reading.lead:.2f}" if reading.lead is not None else ""
        return f"{gazetteer().name(m.code)} ({m.code}){lead}"
    if m.taken:
        return f"undecided: the best is not ahead by {reading.margin:.2f}, or lies where the article does not"
    if not reading.options:
        return "no area of the level that the word before it says"
    if m.cut:
        return "not taken: a direction behind it makes it another name"
    if reading.options[0].score < reading.floor:
        return f"not taken: the best reaches no {reading.floor:.2f}"
    if m.stop:
        return f"not taken: a common word too, which needs a {m.stop} (place_stopwords.tsv)"
    return "not taken: nothing near it says that it is an area"


def _evidence(reading: Reading) -> dict[str, str | bool | None]:
    """What stands round the name."""
    m = reading.mention
    return {
        "level word": m.marker,
        "cue": m.cue,
        "dateline": m.dateline,
        "in": m.linked.name if m.linked is not None and m.linked.taken else None,
        "listed with": m.listed.name if m.listed is not None and m.listed.taken else None,
        "touches a capitalised word": m.tight,
    }


def _other(doc: Doc, span: Span, row: PlaceRow) -> Finding:
    """A country, town abroad, venue or natural feature."""
    start, end = span.start_char, span.end_char
    code = f" ({row['code']})" if row["code"] else ""
    within = row.get("within")
    facts = {"role": row["role"], "confidence": _sure(row)}
    return Finding(
        text=full_text(doc)[start:end],
        start=start,
        end=end,
        says=f"{row['kind']}, place of the record: {row['name']}{code}",
        by=row["by"],
        why=why(row["by"]),
        facts=facts | ({"lies in": f"{gazetteer().name(within)} ({within})"} if within else {}),
    )


def _sure(row: PlaceRow) -> float:
    """The confidence that the record gives."""
    return scales().probability("places", "*", row["confidence"])
