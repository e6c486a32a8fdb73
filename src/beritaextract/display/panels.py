"""What stands round the article: cards of people, topics as bars, a timeline, places; the quotes below it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from beritaextract.display.article import Names, place_tip, rule, sure
from beritaextract.display.labels import Labels
from beritaextract.display.markup import escape, joined, tag
from beritaextract.records import DateRef, Person, Place, Position, Quote, Record

_CLOCK = re.compile(r"T(\d\d:\d\d)")
"""The clock time of an ISO 8601 value: "2024-06-28T15:40+08:00"."""

_CONTEXT = 36
"""So many characters on either side show where a date stands."""


def panels_html(record: Record, names: Names, words: Labels) -> str:
    """All panels beside the article that have something in them."""
    said = defaultdict(list)
    for quote in record.quotes:
        if quote.speaker is not None and quote.speaker.person_id is not None:
            said[quote.speaker.person_id].append(quote)
    people = [
        _panel(words(title), len(group), "".join(_card(p, len(said[p.id]), names, words) for p in group))
        for title, group in (("officials", record.officials), ("other_people", record.other_people))
    ]
    topics = tag("ul", *(_topic(t.name_id if words.lang == "id" else t.name, t.score, words) for t in record.topics))
    return "".join(
        [
            *people,
            _panel(words("topics"), len(record.topics), topics, open=True),
            _panel(words("timeline"), len(record.dates), _timeline(record, words)),
            _panel(words("places"), len(record.places), _places(record.places, words)),
            _panel(words("organizations"), len(record.organizations), _organizations(record)),
            _panel(words("keywords"), len(record.keywords), _keywords(record, words)),
        ]
    )


def quotes_html(record: Record, names: Names, words: Labels) -> str:
    """The quotes with their speakers, each of the speaker's colour; they stand below the article."""
    return _panel(words("quotes"), len(record.quotes), _quotes(record.quotes, names, words))


def heading(text: str, *rest: str) -> str:
    """A heading that notebooks leave out of their table of contents."""
    return tag("div", escape(text), *rest, cls="be-heading", role="heading", aria_level="4")


def _panel(title: str, count: int, body: str, *, open: bool = False) -> str:
    if not count:
        return ""
    number = "" if open else " " + tag("span", str(count), cls="be-count")
    return tag("section", heading(title, number), body, cls="be-panel")


def _card(person: Person, quotes: int, names: Names, words: Labels) -> str:
    full = joined((*person.honorifics, person.rank, person.name), " ")
    name = ", ".join([full, *person.degrees])
    counts = [words("mentioned", len(person.mentions))] if person.mentions else []
    counts += [words("says", quotes)] if quotes else []
    aliases = f"{words('also')}: {', '.join(person.aliases)}" if person.aliases else None
    return tag(
        "div",
        tag("div", escape(name), cls="be-name", title=f"{words('confidence')} {words.number(person.confidence)}"),
        *(_post(position, words) for position in person.positions),
        tag("div", escape(joined((aliases, *counts))), cls="be-soft"),
        id=names.anchor(person.id),
        cls=f"be-card {names.hue(person.id)}".strip(),
    )


def _post(position: Position, words: Labels) -> str:
    badges = [tag("span", escape(words(f"acting_{position.acting}")), cls="be-badge")] if position.acting else []
    badges += [tag("span", escape(words("former")), cls="be-badge be-former")] if position.former else []
    body = joined((position.unit, position.organization), ", ")
    area = position.jurisdiction
    where = joined((area.name, area.code, words(f"place_{position.level}") if position.level else None)) if area else ""
    lines = [body, where, "" if position.public else words("private")]
    return tag(
        "div",
        tag("span", escape(position.title), cls="be-title"),
        *(f" {badge}" for badge in badges),
        *(tag("div", escape(line), cls="be-soft") for line in lines if line),
        cls="be-position",
        title=joined((f"“{position.text}”", sure(position.confidence, position.by, words))),
    )


def _topic(name: str, score: float, words: Labels) -> str:
    share = min(max(score, 0.0), 1.0)
    bar = tag("span", tag("span", style=f"width:{share:.0%}"), cls="be-bar", aria_hidden="true")
    return tag(
        "li", tag("span", escape(name)), tag("span", words.number(score), cls="be-soft be-figure"), bar, cls="be-topic"
    )


def _timeline(record: Record, words: Labels) -> str:
    """The days told of, in their order, and among them the one when the article appeared."""
    days: defaultdict[str, list[str]] = defaultdict(list)
    if record.published is not None and record.dates:
        days[record.published.value[:10]].append(tag("div", escape(words("this_article")), cls="be-soft be-here"))
    for date in sorted(record.dates, key=lambda d: d.start):
        days[date.value].append(_moment(record, date, words))
    ordered = sorted(days, key=lambda value: (value.split("/")[0], len(value)))
    return tag("ol", *(_day(value, days[value]) for value in ordered), cls="be-timeline")


def _day(value: str, moments: Iterable[str]) -> str:
    return tag("li", tag("div", escape(_CLOCK.sub(r" \1 ", value).replace("/", " – ")), cls="be-when"), *moments)


def _moment(record: Record, date: DateRef, words: Labels) -> str:
    around = (s for s in record.segments if s.start <= date.start and date.end <= s.end)
    first, last = next(((s.start, s.end) for s in around), (0, len(record.text)))
    begin, stop = max(first, date.start - _CONTEXT), min(last, date.end + _CONTEXT)
    before = _shortened(record.text[begin : date.start], begin > first, False)
    behind = _shortened(record.text[date.end : stop], False, stop < last)
    notes = [tag("span", escape(words("relative")), cls="be-badge be-former")] if date.relative else []
    notes += [tag("span", escape(words("conflict")), cls="be-badge")] if date.conflict else []
    return tag(
        "div",
        escape(before),
        tag("b", escape(date.text)),
        escape(behind),
        *(f" {note}" for note in notes),
        cls="be-moment",
        title=rule(date.by, words),
    )


def _shortened(text: str, left: bool, right: bool) -> str:
    """A stretch of text without the words that its ends cut in two, blanks as one."""
    words = " ".join(text.split())
    if left:
        words = "… " + (words.partition(" ")[2] or words)
    if right:
        words = (words.rpartition(" ")[0] or words) + " …"
    lead = " " if text[:1].isspace() else ""
    trail = " " if text[-1:].isspace() else ""
    return f"{lead if not left else ''}{words}{trail if not right else ''}"


def _quotes(quotes: Sequence[Quote], names: Names, words: Labels) -> str:
    return tag("ol", *(_said(quote, names, words) for quote in quotes), cls="be-quotes")


def _said(quote: Quote, names: Names, words: Labels) -> str:
    who = tag("b", escape(quote.speaker.name)) if quote.speaker else tag("i", escape(words("no_speaker")))
    if quote.speaker is not None and quote.speaker.person_id in names.people:
        who = tag("a", who, href=f"#{names.anchor(quote.speaker.person_id or '')}")
    about = joined((words(f"quote_{quote.kind}"), quote.cue.text if quote.cue else None))
    more = f" · {words('continues')} {quote.continues}" if quote.continues else ""
    return tag(
        "li",
        tag("div", who, " ", tag("span", escape(about + more), cls="be-soft")),
        tag("blockquote", escape(" ".join(quote.text.split()))),
        tag(
            "div",
            escape(sure(quote.confidence, quote.by, words)),
            " · ",
            tag("a", escape(words("to_text")), href=f"#{names.anchor(f'{quote.id}-text')}"),
            cls="be-soft be-fine",
        ),
        id=names.anchor(quote.id),
        cls=names.hue_of(quote) or None,
    )


def _places(places: Sequence[Place], words: Labels) -> str:
    return tag("ul", *(_place(place, words) for place in places), cls="be-plain")


def _place(place: Place, words: Labels) -> str:
    above = ", ".join(place.path[1:-1])
    about = joined((words(f"place_{place.kind}"), place.code, above))
    return tag("li", escape(place.name), " ", tag("span", escape(about), cls="be-soft"), title=place_tip(place, words))


def _organizations(record: Record) -> str:
    return tag(
        "ul",
        *(
            tag(
                "li",
                escape(o.name),
                " ",
                tag("span", escape(o.jurisdiction.name if o.jurisdiction else ""), cls="be-soft"),
            )
            for o in record.organizations
        ),
        cls="be-plain",
    )


def _keywords(record: Record, words: Labels) -> str:
    chips = (tag("span", escape(k.text), cls="be-chip", title=words.number(k.score)) for k in record.keywords)
    return tag("div", " ".join(chips))
