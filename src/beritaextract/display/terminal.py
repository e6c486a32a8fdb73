"""What a person sees of a record on a terminal: tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from beritaextract.display.markup import printable
from beritaextract.records import DateRef, Person, Place, Position, Quote, Record


def print_tables(record: Record, console: Console | None = None) -> None:
    """The record's findings as tables: who holds which post, who said what, where, when, what it is about."""
    console = console or Console()
    console.print(f"[bold]{_safe(record.title or record.id)}[/bold]")
    about = [record.source.outlet, record.published.value if record.published else None, record.source.url]
    console.print(_safe(" · ".join(part for part in about if part)), style="dim")
    for title, columns, rows in _tables(record):
        if rows:
            console.print(_table(title, columns, rows))


def _tables(record: Record) -> Iterator[tuple[str, Sequence[str], list[tuple[str, ...]]]]:
    yield "Officials", ("name", "post", "area", "level"), [row for p in record.officials for row in _posts(p)]
    yield "Other people", ("name", "post", "area", "level"), [row for p in record.other_people for row in _posts(p)]
    yield "Organizations", ("name", "as written"), [(o.name, o.text) for o in record.organizations]
    yield "Quotes", ("speaker", "kind", "quote"), [_quote(q) for q in record.quotes]
    yield "Places", ("place", "kind", "code", "in"), [_place(p) for p in record.places]
    yield "Dates", ("as written", "value"), [_date(d) for d in record.dates]
    yield "Topics", ("topic", "score"), [(f"{t.name_id} ({t.name})", f"{t.score:.2f}") for t in record.topics]
    yield "Keywords", ("phrase", "score"), [(k.text, f"{k.score:.2f}") for k in record.keywords]


def _posts(person: Person) -> list[tuple[str, ...]]:
    posts = [_post(position) for position in person.positions] or [("", "", "")]
    return [(person.name if i == 0 else "", *post) for i, post in enumerate(posts)]


def _post(position: Position) -> tuple[str, str, str]:
    """ "Plh Sekda Banten", "Banten (36)", "province"."""
    area = position.jurisdiction
    where = "" if area is None else area.name if area.code is None else f"{area.name} ({area.code})"
    return position.text, where, position.level or ""


def _quote(quote: Quote) -> tuple[str, ...]:
    return (quote.speaker.name if quote.speaker else "?", quote.kind, " ".join(quote.text.split()))


def _date(date: DateRef) -> tuple[str, ...]:
    return (date.text, f"{date.value} (weekday differs)" if date.conflict else date.value)


def _place(place: Place) -> tuple[str, ...]:
    return (place.name, place.kind, place.code or "", ", ".join(place.path[1:]))


def _table(title: str, columns: Sequence[str], rows: list[tuple[str, ...]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*map(_safe, row))
    return table


def _safe(text: str) -> str:
    """Text that neither rich nor a terminal takes for an order."""
    return escape(printable(text))
