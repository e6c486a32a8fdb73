"""Doc -> Record: the only place that builds records."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import cast

from spacy.tokens import Doc, Span

from beritaextract.components.topics import labels
from beritaextract.gazetteer import Gazetteer, gazetteer
from beritaextract.layers import OfficialRow, PersonFacts, PlaceRow, QuoteRow, SpeakerRow, extra, facts, read
from beritaextract.records import (
    SCHEMA,
    Cue,
    DateRef,
    Jurisdiction,
    Keyword,
    Mention,
    Organization,
    Person,
    Place,
    Position,
    Published,
    Quote,
    Record,
    Segment,
    Source,
    Speaker,
    Temporal,
    Topic,
)


def assemble(doc: Doc) -> Record:
    """The record of a Doc that went through the chain; layers that no component wrote are empty."""
    known = facts(doc)
    people = _people(doc)
    return Record(
        schema=SCHEMA,
        id=known.get("id") or hashlib.sha256(doc.text.encode("utf8", "surrogatepass")).hexdigest()[:16],
        source=Source(
            path=known.get("path"), url=known.get("url"), outlet=known.get("outlet") or extra(doc, "segments", "outlet")
        ),
        title=known.get("title") or _title(doc),
        published=_published(doc),
        text=doc.text,
        segments=tuple(Segment(row["kind"], span.start_char, span.end_char) for span, row in read(doc, "segments")),
        officials=tuple(p for p in people if any(x.public for x in p.positions)),
        other_people=tuple(p for p in people if not any(x.public for x in p.positions)),
        organizations=_organizations(doc),
        quotes=_quotes(doc),
        places=tuple(_place(span, row, gazetteer()) for span, row in read(doc, "places")),
        dates=tuple(
            DateRef(
                span.text,
                span.start_char,
                span.end_char,
                row["value"],
                row["grain"],
                row["relative"],
                row["conflict"],
                row["by"],
            )
            for span, row in read(doc, "dates")
        ),
        topics=_topics(doc),
        keywords=tuple(Keyword(span.text, round(row["score"], 3)) for span, row in read(doc, "keywords")),
        warnings=tuple(known.get("warnings", ())),
        temporals=tuple(
            Temporal(span.text, span.start_char, span.end_char, row["type"], row["value"], row["quant"], row["freq"], row["by"])
            for span, row in read(doc, "temporals")
        ),
    )


def _title(doc: Doc) -> str | None:
    return next((span.text for span, row in read(doc, "segments") if row["kind"] == "title"), None)


def _published(doc: Doc) -> Published | None:
    known = facts(doc)
    given = known.get("published")
    if given:
        return Published(given, known.get("published_origin", "given"))
    found = extra(doc, "dates", "published")
    return Published(found, "text") if found else None


def _jurisdiction(code: str | None) -> Jurisdiction | None:
    return Jurisdiction(code, gazetteer().name(code)) if code else None


def _people(doc: Doc) -> list[Person]:
    """All persons in the order of their first mention; ids p1, p2 … are over officials and others together."""
    persons: list[PersonFacts] = extra(doc, "people", "persons", [])
    mentions: dict[int, list[Mention]] = defaultdict(list)
    positions: dict[int, list[Position]] = defaultdict(list)
    for span, row in read(doc, "people"):
        mentions[row["person"]].append(Mention(span.text, span.start_char, span.end_char, row["kind"]))
    for span, post in cast(list[tuple[Span, OfficialRow]], read(doc, "officials")):
        if post["kind"] == "mention":
            mentions[post["person"]].append(Mention(span.text, span.start_char, span.end_char, "title"))
        else:
            positions[post["person"]].append(_position(span, post))
    return [
        Person(
            id=f"p{i + 1}",
            name=person["name"],
            aliases=tuple(person["aliases"]),
            honorifics=tuple(person["honorifics"]),
            degrees=tuple(person["degrees"]),
            rank=person["rank"],
            positions=tuple(positions[i]),
            mentions=tuple(sorted(mentions[i], key=lambda m: m.start)),
            confidence=round(person["confidence"], 3),
        )
        for i, person in enumerate(persons)
    ]


def _position(span: Span, row: OfficialRow) -> Position:
    return Position(
        text=span.text,
        start=span.start_char,
        end=span.end_char,
        acting=row["acting"],
        former=row["former"],
        title=row["title"],
        unit=row["unit"],
        organization=row["organization"],
        jurisdiction=_jurisdiction(row["code"]),
        level=row["level"],
        public=row["public"],
        confidence=round(row["confidence"], 3),
        by=row["by"],
    )


def _organizations(doc: Doc) -> tuple[Organization, ...]:
    """One entry an organisation, at its first mention."""
    seen: dict[str, Organization] = {}
    for span, row in read(doc, "organizations"):
        if row["name"] not in seen:
            found = Organization(row["name"], span.text, span.start_char, span.end_char, _jurisdiction(row["code"]))
            seen[row["name"]] = found
    return tuple(seen.values())


def _quotes(doc: Doc) -> tuple[Quote, ...]:
    speakers = {row["quote"]: (span, row) for span, row in read(doc, "speakers")}
    text = doc.text  # spaCy puts it together anew at every call
    return tuple(_quote(i, span, row, speakers.get(i), text) for i, (span, row) in enumerate(read(doc, "quotes")))


def _quote(i: int, span: Span, row: QuoteRow, said: tuple[Span, SpeakerRow] | None, text: str) -> Quote:
    speaker = cue = None
    if said is not None:
        at, who = said
        person = None if who["person"] is None else f"p{who['person'] + 1}"
        speaker = Speaker(who["name"], person, at.text, at.start_char, at.end_char)
    if row["cue"] is not None:
        start, end = row["cue"]
        word = text[start:end]
        cue = Cue(word, row["lemma"] or word.lower(), start, end)
    confidence = row["confidence"] * (said[1]["confidence"] if said is not None else 1.0)
    by = row["by"] if said is None else f"{row['by']} {said[1]['by']}"
    return Quote(
        id=f"q{i + 1}",
        kind=row["kind"],
        text=span.text,
        start=span.start_char,
        end=span.end_char,
        speaker=speaker,
        cue=cue,
        confidence=round(confidence, 3),
        by=by,
        continues=None if row["link"] is None else f"q{row['link'] + 1}",
    )


def _place(span: Span, row: PlaceRow, areas: Gazetteer) -> Place:
    lat, lon = areas.position(row["code"])
    within = None if row["code"] else row.get("within")
    path = (row["name"], *areas.path(within)) if within else areas.path(row["code"])
    return Place(
        text=span.text,
        start=span.start_char,
        end=span.end_char,
        kind=row["kind"],
        name=row["name"],
        code=row["code"],
        path=path,
        country=areas.country(row["code"] or within),
        lat=lat,
        lon=lon,
        role=row["role"],
        confidence=round(row["confidence"], 3),
        by=row["by"],
    )


def _topics(doc: Doc) -> tuple[Topic, ...]:
    names = labels()
    ranked = sorted(doc.cats.items(), key=lambda item: -item[1])
    return tuple(Topic(code, *names[code], round(score, 3)) for code, score in ranked if code in names)
