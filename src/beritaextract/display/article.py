"""The article with what was found in it: marks over the text, noise greyed out, behind each quote whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from beritaextract.display.labels import Labels
from beritaextract.display.markup import escape, joined, tag
from beritaextract.display.nesting import Mark, nested, render
from beritaextract.layers import CONTENT_KINDS
from beritaextract.records import Person, Place, Quote, Record, Segment

HUES = 6
"""Speakers take their colours in turn from so many."""

_INITIAL = 2
"""Words up to this length ("M.", "Dt") are no first names."""

_OPENING, _CLOSING = "\"'“‘«„", "\"'”’»“"


class Names:
    """What the parts of a view call each other by: anchors that no other view on the page has, and a colour a speaker."""

    def __init__(self, record: Record, prefix: str) -> None:
        self.prefix = prefix
        self.people = {person.id: person for person in (*record.officials, *record.other_people)}
        order = dict.fromkeys(q.speaker.person_id or q.speaker.name for q in record.quotes if q.speaker is not None)
        self._hues = {key: f"be-h{n % HUES}" for n, key in enumerate(order)}

    def anchor(self, name: str) -> str:
        """ "p1" of this view: "be-3f2a-p1"."""
        return f"{self.prefix}-{name}"

    def hue(self, key: str) -> str:
        """The class of a person's (or unnamed source's) colour; nothing for who says nothing."""
        return self._hues.get(key, "")

    def hue_of(self, quote: Quote) -> str:
        """The class of the colour of a quote's speaker."""
        return self.hue(quote.speaker.person_id or quote.speaker.name) if quote.speaker is not None else ""

    def short(self, quote: Quote) -> str:
        """How the speaker is called behind a quote: the shortest name the article uses, or a first name."""
        if quote.speaker is None:
            return "?"
        person = self.people.get(quote.speaker.person_id or "")
        if person is None:
            return quote.speaker.name
        shortest = min((person.name, *person.aliases), key=len)
        if person.aliases:
            return shortest
        return next((word for word in shortest.split() if len(word) > _INITIAL and word.isalpha()), shortest)


def article_html(record: Record, names: Names, words: Labels) -> str:
    """The text in paragraphs. What stands between two segments is shown unless it is blank."""
    marks = _marks(record, names, words)
    blocks = "".join(_block(record, block, marks, words) for block in _blocks(record))
    return tag("div", blocks, cls="be-text", lang="id", dir="auto")


def _blocks(record: Record) -> Iterator[Sequence[Segment]]:
    """Segments by paragraph: those with no line break between them stand in one ("BANJARBARU – " and what follows)."""
    pieces = list(_covering(record))
    number = 0
    numbers = []
    for i, piece in enumerate(pieces):
        before = pieces[i - 1] if i else None
        gap = record.text[before.end : piece.start] if before is not None else ""
        number += before is not None and ("\n" in gap or record.text[before.start : before.end].endswith("\n"))
        numbers.append(number)
    for _, group in groupby(zip(numbers, pieces, strict=True), key=lambda pair: pair[0]):
        yield [piece for _, piece in group]


def _covering(record: Record) -> Iterator[Segment]:
    """The segments within the text, without overlaps, and whatever words they leave out, as body."""
    at, whole = 0, len(record.text)
    for segment in sorted(record.segments, key=lambda s: (s.start, s.end)):
        start, end = max(segment.start, at), min(segment.end, whole)
        if start >= end:
            continue
        if record.text[at:start].strip():
            yield Segment("body", at, start)
        yield Segment(segment.kind, start, end)
        at = end
    if record.text[at:].strip():
        yield Segment("body", at, whole)


def _block(record: Record, block: Sequence[Segment], marks: list[Mark], words: Labels) -> str:
    """One paragraph; noise is greyed and says what it is."""
    parts = []
    for segment in block:
        pieces = nested(marks, segment.start, segment.end)
        body = render(pieces, segment.start, segment.end, text=lambda a, b: escape(record.text[a:b]), opening=_opening)
        parts.append(_dressed(segment, body, words))
    headline = len(block) == 1 and block[0].kind in ("title", "subheading")
    return tag("p", " ".join(parts), cls="be-headline" if headline else None)


def _dressed(segment: Segment, body: str, words: Labels) -> str:
    if segment.kind == "body":
        return body
    name = words(f"segment_{segment.kind}")
    if segment.kind in CONTENT_KINDS:
        return tag("span", body, title=name, cls=f"be-{segment.kind}" if segment.kind == "caption" else None)
    tip = joined((name, words("noise")))
    return tag("span", tag("small", escape(name), cls="be-kind"), " ", body, cls="be-noise", title=tip)


def _opening(mark: Mark) -> str:
    return f'<mark class="{escape(mark.cls)}" title="{escape(mark.tip)}">'


def _marks(record: Record, names: Names, words: Labels) -> list[Mark]:
    """All that is marked, outer kinds before inner ones where two cover the same words."""
    found = [_quote(quote, record.text, names, words) for quote in record.quotes]
    for organization in record.organizations:
        tip = joined((words("organization"), organization.name))
        found.append(Mark(organization.start, organization.end, "be-organization", tip))
    officials = {person.id for person in record.officials}
    for person in (*record.officials, *record.other_people):
        found += _person(person, person.id in officials, names, words)
    found += [Mark(p.start, p.end, "be-place", place_tip(p, words)) for p in record.places]
    for date in record.dates:
        tip = joined((words("date"), date.value, words("conflict") if date.conflict else None, rule(date.by, words)))
        found.append(Mark(date.start, date.end, "be-date", tip))
    for temporal in record.temporals:
        tip = joined((words("duration"), temporal.value, rule(temporal.by, words)))
        found.append(Mark(temporal.start, temporal.end, "be-date", tip))
    for quote in record.quotes:
        if quote.cue is not None:
            found.append(Mark(quote.cue.start, quote.cue.end, "be-cue", joined((words("cue"), quote.cue.lemma))))
    return found


def _quote(quote: Quote, text: str, names: Names, words: Labels) -> Mark:
    """The words of a quote with the marks round them."""
    opened = quote.kind == "direct" and text[max(quote.start - 1, 0) : quote.start] in tuple(_OPENING)
    closed = quote.kind == "direct" and text[quote.end : quote.end + 1] in tuple(_CLOSING)
    said = quote.speaker.name if quote.speaker is not None else words("no_speaker")
    tip = joined((words("quote"), words(f"quote_{quote.kind}"), said, sure(quote.confidence, quote.by, words)))
    person = quote.speaker.person_id if quote.speaker is not None else None
    label = escape(names.short(quote))
    target = names.anchor(person) if person in names.people and person is not None else names.anchor(quote.id)
    note = tag("a", label, cls=f"be-who {names.hue_of(quote)}".strip(), href=f"#{target}", title=tip)
    anchor = tag("span", id=names.anchor(f"{quote.id}-text"))
    cls = f"be-quote {names.hue_of(quote)}".strip()
    return Mark(quote.start - opened, quote.end + closed, cls, tip, f"{anchor}{note}")


def _person(person: Person, official: bool, names: Names, words: Labels) -> Iterator[Mark]:
    kind = "official" if official else "person"
    posts = "; ".join(position.text for position in person.positions)
    confidence = f"{words('confidence')} {words.number(person.confidence)}"
    tip = joined((words(kind), person.name, posts, confidence))
    for position in person.positions:
        about = joined((words("post"), position.title, sure(position.confidence, position.by, words)))
        yield Mark(position.start, position.end, "be-post", about)
    hue = names.hue(person.id)
    for mention in person.mentions:
        yield Mark(mention.start, mention.end, f"be-{kind} {hue}".strip(), tip)


def place_tip(place: Place, words: Labels) -> str:
    """What a place is: "city · Kota Serang, Banten, Indonesia · 36.73 · confidence 0.95 · rule places.explicit"."""
    role = words("role_dateline") if place.role == "dateline" else None
    kind = words(f"place_{place.kind}")
    where = ", ".join(place.path) or place.name
    return joined((kind, where, place.code, role, sure(place.confidence, place.by, words)))


def sure(confidence: float, by: str, words: Labels) -> str:
    """How sure it is and what made it: "confidence 0.98 · rule officials.title_before_name"."""
    return f"{words('confidence')} {words.number(confidence)} · {rule(by, words)}"


def rule(by: str, words: Labels) -> str:
    """What made it: "rule dates.weekday_numeric"."""
    return f"{words('by')} {by}"
