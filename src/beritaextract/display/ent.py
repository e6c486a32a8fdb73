"""A record as displaCy shows entities: the HTML of spaCy's own visualiser, with the names of ``Record`` for labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beritaextract.display.markup import clean, escape
from beritaextract.records import Record

COLORS = {
    "OFFICIAL": "#a9cbfa",
    "PERSON": "#cfc9f2",
    "POST": "#dfe9f9",
    "ORGANIZATION": "#e3e5ea",
    "PLACE": "#a8e2b8",
    "DATE": "#f6d98f",
}
"""The colour of each label, as displaCy's option ``colors`` takes them."""


def displacy_input(record: Record) -> dict[str, Any]:
    """What ``spacy.displacy.render(…, style="ent", manual=True)`` takes: text, title and spans that do not overlap.

    Of two that overlap the one that begins first stays, of these the longer one. Quotes are left out: they hold most of the
    others, and displaCy shows no span within another.
    """
    chosen: list[dict[str, Any]] = []
    for start, end, label in sorted(_spans(record), key=lambda s: (s[0], -s[1])):
        if 0 <= start < end <= len(record.text) and (not chosen or chosen[-1]["end"] <= start):
            chosen.append({"start": start, "end": end, "label": label})
    return {"text": clean(record.text), "ents": chosen, "title": escape(record.title) if record.title else None}


def ent_html(record: Record) -> str:
    """The article as displaCy's HTML, in its own colours for our labels."""
    from spacy import displacy

    return displacy.render(displacy_input(record), style="ent", manual=True, jupyter=False, options={"colors": COLORS})


def _spans(record: Record) -> Iterator[tuple[int, int, str]]:
    for label, people in (("OFFICIAL", record.officials), ("PERSON", record.other_people)):
        for person in people:
            yield from ((p.start, p.end, "POST") for p in person.positions)
            yield from ((m.start, m.end, label) for m in person.mentions)
    yield from ((o.start, o.end, "ORGANIZATION") for o in record.organizations)
    yield from ((p.start, p.end, "PLACE") for p in record.places)
    yield from ((d.start, d.end, "DATE") for d in record.dates)
