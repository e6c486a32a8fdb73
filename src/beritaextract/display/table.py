"""Many records as one table: a row an article, what it is about, who holds which post in it and who says how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from beritaextract.display.labels import Labels, labels
from beritaextract.display.markup import escape, link, tag
from beritaextract.display.view import framed
from beritaextract.records import Person, Record

ROWS = 100
"""So many rows are shown unless told otherwise."""

_COLUMNS = ("published", "article", "officials", "quotes", "places", "topics")


def table_html(records: Sequence[Record], *, lang: str = "en", limit: int | None = ROWS) -> str:
    """The records as an HTML fragment with its style, a row each, the first ``limit`` of them (None: all).

    Raises ValueError when ``lang`` is neither "en" nor "id".
    """
    words = labels(lang)
    shown = records if limit is None else records[:limit]
    head = tag("thead", tag("tr", *(tag("th", escape(words(column)), scope="col") for column in _COLUMNS)))
    body = tag("tbody", *(_row(record, words) for record in shown))
    left = len(records) - len(shown)
    more = tag("p", escape(words("more", left)), cls="be-soft") if left else ""
    counted = words("articles", len(records))
    title = tag("div", escape(counted), cls="be-masthead", role="heading", aria_level="3")
    table = tag(
        "div",
        tag("table", head, body, cls="be-table"),
        cls="be-scroll",
        tabindex="0",
        role="region",
        aria_label=counted,
    )
    return framed(f"{title}{table}{more}", words)


def _row(record: Record, words: Labels) -> str:
    day = record.published.value[:10] if record.published else ""
    about = escape(record.source.outlet or "") + (" · " if record.source.outlet else "") + escape(record.id)
    title = tag("div", link(record.source.url, record.title or record.id), cls="be-title")
    topic = record.topics[0] if record.topics else None
    name = "" if topic is None else topic.name_id if words.lang == "id" else topic.name
    return tag(
        "tr",
        tag("td", escape(day), cls="be-day"),
        tag("td", title, tag("div", about, cls="be-soft")),
        tag("td", *(_official(person, words) for person in record.officials)),
        tag("td", *_sources(record, words)),
        tag("td", escape(", ".join(dict.fromkeys(place.name for place in record.places)))),
        tag("td", escape(name)),
    )


def _official(person: Person, words: Labels) -> str:
    posts = "; ".join(dict.fromkeys(position.text for position in person.positions))
    return tag("div", escape(person.name), " ", tag("span", escape(posts), cls="be-soft"))


def _sources(record: Record, words: Labels) -> list[str]:
    """Who says how much: "Norhidayat Asmara 2"."""
    counts = Counter(q.speaker.name if q.speaker else words("no_speaker") for q in record.quotes)
    return [
        tag("div", escape(name), " ", tag("span", escape(n), cls="be-soft be-figure")) for name, n in counts.items()
    ]
