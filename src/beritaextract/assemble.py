"""Doc -> Record: the only place that builds records."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from typing import cast

from spacy.tokens import Doc, Span

from beritaextract.components.cues import personal_pronouns
from beritaextract.components.topics import labels
from beritaextract.confidence import Scales, scales
from beritaextract.gazetteer import Gazetteer, gazetteer
from beritaextract.layers import OfficialRow, PersonFacts, PlaceRow, QuoteRow, SpeakerRow, extra, facts, full_text, read
from beritaextract.outlets import bare_host
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

Cut = tuple[str, int, int]
"""A piece of the text with its start and end."""


def assemble(doc: Doc, honest: Scales | None = None) -> Record:
    """The record of a Doc that went through the chain; layers that no component wrote are empty.

    ``honest`` makes probabilities of the components' scores: the shipped scales unless told.
    """
    honest = honest or scales()
    known = facts(doc)
    text = full_text(doc)
    people = _people(doc, text, honest)
    return Record(
        schema=SCHEMA,
        id=known.get("id") or hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()[:16],
        source=Source(
            path=known.get("path"),
            url=known.get("url"),
            outlet=_outlet(doc),
            author=known.get("author"),
        ),
        title=known.get("title") or _title(doc, text),
        published=_published(doc),
        text=text,
        segments=tuple(Segment(row["kind"], span.start_char, span.end_char) for span, row in read(doc, "segments")),
        officials=tuple(p for p in people if any(x.public for x in p.positions)),
        other_people=tuple(p for p in people if not any(x.public for x in p.positions)),
        organizations=_organizations(doc, text),
        quotes=_quotes(doc, text, honest),
        places=tuple(_place(_cut(text, span), row, gazetteer(), honest) for span, row in read(doc, "places")),
        dates=tuple(
            DateRef(*_cut(text, span), row["value"], row["grain"], row["relative"], row["conflict"], row["by"])
            for span, row in read(doc, "dates")
        ),
        topics=_topics(doc),
        keywords=tuple(Keyword(_cut(text, span)[0], round(row["score"], 3)) for span, row in read(doc, "keywords")),
        warnings=tuple(known.get("warnings", ())),
        temporals=tuple(
            Temporal(*_cut(text, span), row["type"], row["value"], row["quant"], row["freq"], row["by"])
            for span, row in read(doc, "temporals")
        ),
    )


def _outlet(doc: Doc) -> str | None:
    """The outlet that is given; where that is only the host of the page's address, what the outlets' files call it."""
    known = facts(doc)
    given = known.get("outlet")
    if given is None:
        return cast("str | None", extra(doc, "segments", "outlet"))
    if given == bare_host(known.get("url")):
        return extra(doc, "segments", "outlet_of_address") or given
    return given


def _cut(text: str, span: Span) -> Cut:
    """What stands in the text, and where: much faster than ``span.text``, which puts it together from its tokens."""
    start, end = span.start_char, span.end_char
    return text[start:end], start, end


def _title(doc: Doc, text: str) -> str | None:
    return next((_cut(text, span)[0] for span, row in read(doc, "segments") if row["kind"] == "title"), None)


def _published(doc: Doc) -> Published | None:
    known = facts(doc)
    given = known.get("published")
    if given:
        return Published(given, known.get("published_origin", "given"))
    found = extra(doc, "dates", "published")
    return Published(found, "text") if found else None


def _jurisdiction(code: str | None) -> Jurisdiction | None:
    return Jurisdiction(code, gazetteer().name(code)) if code else None


def _people(doc: Doc, text: str, honest: Scales) -> list[Person]:
    """All persons in the order of their first mention; ids p1, p2 … are over officials and others together."""
    persons: list[PersonFacts] = extra(doc, "people", "persons", [])
    mentions: dict[int, list[Mention]] = defaultdict(list)
    positions: dict[int, list[Position]] = defaultdict(list)
    for span, row in read(doc, "people"):
        mentions[row["person"]].append(Mention(*_cut(text, span), row["kind"]))
    for span, post in cast(list[tuple[Span, OfficialRow]], read(doc, "officials")):
        if post["kind"] == "mention":
            mentions[post["person"]].append(Mention(*_cut(text, span), "title"))
        else:
            positions[post["person"]].append(_position(_cut(text, span), post, honest))
    for person, mention in _pronouns(doc, text):
        mentions[person].append(mention)
    return [
        Person(
            id=f"p{i + 1}",
            name=person["name"],
            aliases=tuple(person["aliases"]),
            honorifics=tuple(person["honorifics"]),
            degrees=tuple(person["degrees"]),
            rank=person["rank"],
            positions=tuple(positions[i]),
            mentions=tuple(sorted(set(mentions[i]), key=lambda m: m.start)),
            confidence=honest.probability("people", "*", person["confidence"]),
        )
        for i, person in enumerate(persons)
    ]


def _pronouns(doc: Doc, text: str) -> Iterator[tuple[int, Mention]]:
    """The pronouns that stand for the speaker of a quote ("kata dia"), each with the person's number."""
    for span, row in read(doc, "speakers"):
        word, start, end = _cut(text, span)
        if row["person"] is not None and word.lower() in personal_pronouns():
            yield row["person"], Mention(word, start, end, "pronoun")


def _position(at: Cut, row: OfficialRow, honest: Scales) -> Position:
    text, start, end = at
    return Position(
        text=text,
        start=start,
        end=end,
        acting=row["acting"],
        former=row["former"],
        title=row["title"],
        unit=row["unit"],
        organization=row["organization"],
        jurisdiction=_jurisdiction(row["code"]),
        level=row["level"],
        public=row["public"],
        confidence=honest.probability("positions", "*", row["confidence"]),
        by=row["by"],
    )


def _organizations(doc: Doc, text: str) -> tuple[Organization, ...]:
    """One entry an organisation, at its first mention."""
    seen: dict[str, Organization] = {}
    for span, row in read(doc, "organizations"):
        if row["name"] not in seen:
            seen[row["name"]] = Organization(row["name"], *_cut(text, span), _jurisdiction(row["code"]))
    return tuple(seen.values())


def _quotes(doc: Doc, text: str, honest: Scales) -> tuple[Quote, ...]:
    speakers = {row["quote"]: (span, row) for span, row in read(doc, "speakers")}
    return tuple(
        _quote(i, span, row, speakers.get(i), text, honest) for i, (span, row) in enumerate(read(doc, "quotes"))
    )


def _quote(i: int, span: Span, row: QuoteRow, said: tuple[Span, SpeakerRow] | None, text: str, honest: Scales) -> Quote:
    speaker = cue = None
    if said is not None:
        at, who = said
        person = None if who["person"] is None else f"p{who['person'] + 1}"
        speaker = Speaker(who["name"], person, *_cut(text, at))
    if row["cue"] is not None:
        begin, stop = row["cue"]
        word = text[begin:stop]
        cue = Cue(word, row["lemma"] or word.lower(), begin, stop)
    score = row["confidence"] * (said[1]["confidence"] if said is not None else 1.0)
    by = row["by"] if said is None else f"{row['by']} {said[1]['by']}"
    words, start, end = _cut(text, span)
    return Quote(
        id=f"q{i + 1}",
        kind=row["kind"],
        text=words,
        start=start,
        end=end,
        speaker=speaker,
        cue=cue,
        confidence=honest.probability("quotes", row["kind"], score),
        by=by,
        continues=None if row["link"] is None else f"q{row['link'] + 1}",
    )


def _place(at: Cut, row: PlaceRow, areas: Gazetteer, honest: Scales) -> Place:
    text, start, end = at
    lat, lon = areas.position(row["code"])
    within = None if row["code"] else row.get("within")
    path = (row["name"], *areas.path(within)) if within else areas.path(row["code"])
    return Place(
        text=text,
        start=start,
        end=end,
        kind=row["kind"],
        name=row["name"],
        code=row["code"],
        path=path,
        country=areas.country(row["code"] or within),
        lat=lat,
        lon=lon,
        role=row["role"],
        confidence=honest.probability("places", "*", row["confidence"]),
        by=row["by"],
    )


def _topics(doc: Doc) -> tuple[Topic, ...]:
    names = labels()
    ranked = sorted(doc.cats.items(), key=lambda item: -item[1])
    return tuple(Topic(code, *names[code], round(score, 3)) for code, score in ranked if code in names)
