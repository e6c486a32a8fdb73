"""Records as flat tables, one row an item: what the batch writes as Parquet, CSV and DuckDB, and data frames are made of.

``TABLES`` is the one description of them (names, types, meanings, keys); ``flatten`` makes their rows. Every row begins with
``article_no``, the number of the article in its batch, and ``article_id``, the id of its record. Numbers are unique; ids are
the caller's and may repeat, so tables are joined by ``article_no``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from beritaextract.dates import values
from beritaextract.records import Record, as_data
from beritaextract.tabledefs import TABLES, Column, Kind, Table

__all__ = [
    "LIST_MARK",
    "PATH_MARK",
    "TABLES",
    "Cell",
    "Column",
    "Kind",
    "Row",
    "Table",
    "days_of",
    "flatten",
    "table_rows",
]

Cell = str | int | float | bool | date | None
Row = dict[str, Cell]

LIST_MARK = "; "
"""Between the parts of a cell that holds several: aliases, degrees, warnings."""

PATH_MARK = " > "
"""Between the names of a place's path."""

_POINT = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d)(?:T\S+)?)?|W(\d\d)|Q([1-4])|H([12])))?")

_REGENCY = 5
"""Length of the code of a regency or city: 36.73."""


def flatten(record: Record | Mapping[str, Any], *, article_no: int = 1) -> dict[str, list[Row]]:
    """The rows of all tables for one record, given as a Record or as what its JSON reads as.

    Every table is there, also when it has no row; a row has all columns of its table, in their order.
    """
    data = as_data(record)
    article: Row = {"article_no": article_no, "article_id": data["id"]}
    items: dict[str, Iterable[Row]] = {
        "articles": [_article(data)],
        "people": _people(data),
        "officials": _posts(data),
        "quotes": map(_quote, data["quotes"]),
        "places": (_place(number, place) for number, place in enumerate(data["places"], 1)),
        "dates": (_date(number, found) for number, found in enumerate(data["dates"], 1)),
        "topics": ({"topic_no": number, **topic} for number, topic in enumerate(data["topics"], 1)),
        "organizations": (_organization(number, found) for number, found in enumerate(data["organizations"], 1)),
        "keywords": ({"keyword_no": number, **phrase} for number, phrase in enumerate(data["keywords"], 1)),
    }
    return {name: [article | row for row in rows] for name, rows in items.items()}


def table_rows(records: Iterable[Record | Mapping[str, Any]], table: str) -> Iterator[Row]:
    """The rows of one table over many records, numbered from 1. Raises KeyError when there is no such table."""
    TABLES[table]
    for number, record in enumerate(records, 1):
        yield from flatten(record, article_no=number)[table]


def days_of(value: str) -> tuple[date, date] | None:
    """The first and last day of an ISO 8601 value as records have them: "2024-Q2" -> 2024-04-01, 2024-06-30.

    None for what is no such value.
    """
    start, _, end = value.partition("/")
    try:
        return _period(start).first, _period(end if "/" in value else start).last
    except ValueError:
        return None


def _period(point: str) -> values.Value:
    """A day, minute, month, year, week, quarter or half. Raises ValueError for anything else."""
    match = _POINT.fullmatch(point)
    if match is None:
        raise ValueError(point)
    year, month, day, week, quarter, half = (int(part) if part else None for part in match.groups())
    assert year is not None
    if month is not None:
        return values.day(date(year, month, day)) if day is not None else values.month(year, month)
    if week is not None:
        return values.week(date.fromisocalendar(year, week, 1))
    kind, number = ("quarter", quarter) if quarter is not None else ("half", half)
    return values.year(year) if number is None else values.part(kind, number, year) or values.year(year)


def _article(data: Mapping[str, Any]) -> Row:
    source, published = data["source"], data["published"] or {}
    topic = data["topics"][0] if data["topics"] else {}
    days = days_of(published["value"]) if published else None
    return {
        **{name: source[name] for name in ("path", "url", "outlet", "author")},
        "title": data["title"],
        "published": published.get("value"),
        "published_on": days[0] if days else None,
        "published_origin": published.get("origin"),
        "topic_code": topic.get("code"),
        "topic": topic.get("name_id"),
        "officials": len(data["officials"]),
        "people": len(data["officials"]) + len(data["other_people"]),
        "quotes": len(data["quotes"]),
        "places": len(data["places"]),
        "warnings": _listed(data["warnings"]),
        "text": data["text"],
    }


def _people(data: Mapping[str, Any]) -> Iterator[Row]:
    for official, people in ((True, data["officials"]), (False, data["other_people"])):
        for person in people:
            yield {
                "person_id": person["id"],
                "name": person["name"],
                "official": official,
                **{name: _listed(person[name]) for name in ("aliases", "honorifics", "degrees")},
                "rank": person["rank"],
                "mentions": len(person["mentions"]),
                "confidence": person["confidence"],
            }


def _posts(data: Mapping[str, Any]) -> Iterator[Row]:
    number = 0
    for person in (*data["officials"], *data["other_people"]):
        for post in person["positions"]:
            number += 1
            yield {
                "post_no": number,
                "person_id": person["id"],
                "name": person["name"],
                **{name: post[name] for name in ("acting", "title", "unit", "organization")},
                **_area(post["jurisdiction"]),
                **{name: post[name] for name in ("level", "public", "former", "text")},
                **_span(post),
                **_sure(post),
            }


def _quote(quote: Mapping[str, Any]) -> Row:
    speaker, cue = quote["speaker"] or {}, quote["cue"] or {}
    return {
        "quote_id": quote["id"],
        "kind": quote["kind"],
        "text": quote["text"],
        "speaker": speaker.get("name"),
        "person_id": speaker.get("person_id"),
        "speaker_text": speaker.get("text"),
        "cue": cue.get("text"),
        "cue_lemma": cue.get("lemma"),
        "continues": quote["continues"],
        **_span(quote),
        **_sure(quote),
    }


def _place(number: int, place: Mapping[str, Any]) -> Row:
    return {
        "place_no": number,
        **{name: place[name] for name in ("name", "text", "kind", "code")},
        **_parents(place["code"]),
        "path": PATH_MARK.join(place["path"]) or None,
        **{name: place[name] for name in ("country", "lat", "lon", "role")},
        **_span(place),
        **_sure(place),
    }


def _date(number: int, found: Mapping[str, Any]) -> Row:
    first, last = days_of(found["value"]) or (None, None)
    return {
        "date_no": number,
        "text": found["text"],
        "value": found["value"],
        "first_day": first,
        "last_day": last,
        **{name: found[name] for name in ("grain", "relative", "conflict")},
        **_span(found),
        "rule": found["by"],
    }


def _organization(number: int, found: Mapping[str, Any]) -> Row:
    return {
        "organization_no": number,
        "name": found["name"],
        "text": found["text"],
        **_area(found["jurisdiction"]),
        **_span(found),
    }


def _area(jurisdiction: Mapping[str, Any] | None) -> Row:
    code, name = (jurisdiction["code"], jurisdiction["name"]) if jurisdiction else (None, None)
    return {"area_code": code, "area": name, **_parents(code)}


def _parents(code: str | None) -> Row:
    """Of an area inside the country the codes of its province and its regency or city."""
    inside = code is not None and code[0].isdigit()
    return {
        "province_code": code[:2] if inside and code else None,
        "regency_code": code[:_REGENCY] if inside and code and len(code) >= _REGENCY else None,
    }


def _span(item: Mapping[str, Any]) -> Row:
    return {"start_char": item["start"], "end_char": item["end"]}


def _sure(item: Mapping[str, Any]) -> Row:
    return {"confidence": item["confidence"], "rule": item["by"]}


def _listed(parts: Iterable[str]) -> str | None:
    return LIST_MARK.join(parts) or None
