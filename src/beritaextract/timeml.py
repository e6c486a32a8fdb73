"""A record as TimeML: its text with every temporal expression as a TIMEX3 element.

Dates and times are TIMEX3 of type DATE and TIME, the record's temporals DURATION, SET and TIME. A span of two ends is a
DURATION with ``beginPoint`` and ``endPoint``, as the TimeML guidelines have it. The document's creation time is
``published``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from beritaextract.records import Record

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Timex:
    start: int
    end: int
    attributes: dict[str, str]
    span: tuple[str, str] | None = None


def to_timeml(record: Record) -> str:
    """The record's text as a TimeML document (XML)."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<TimeML>", f"<DOCID>{_text(record.id)}</DOCID>"]
    if record.published is not None:
        created = {"type": "DATE", "value": record.published.value, "functionInDocument": "CREATION_TIME"}
        lines.append(f"<DCT>{_tag('t0', created)}{_text(record.published.value)}</TIMEX3></DCT>")
    if record.title:
        lines.append(f"<TITLE>{_text(record.title)}</TITLE>")
    return "\n".join([*lines, f"<TEXT>{_body(record)}</TEXT>", "</TimeML>", ""])


def _body(record: Record) -> str:
    pieces, ends, at = [], [], 0
    for number, timex in enumerate(_timexes(record), 1):
        if timex.start < at:
            continue
        attributes = dict(timex.attributes)
        if timex.span is not None:
            attributes |= {"beginPoint": f"t{number}b", "endPoint": f"t{number}e"}
            ends += [_empty(f"t{number}b", timex.span[0]), _empty(f"t{number}e", timex.span[1])]
        inside = _text(record.text[timex.start : timex.end])
        pieces.append(f"{_text(record.text[at : timex.start])}{_tag(f't{number}', attributes)}{inside}</TIMEX3>")
        at = timex.end
    return "".join([*pieces, _text(record.text[at:]), *ends])


def _timexes(record: Record) -> list[_Timex]:
    """In text order."""
    found = [_date(d.start, d.end, d.value) for d in record.dates]
    for t in record.temporals:
        more = {key: value for key, value in (("quant", t.quant), ("freq", t.freq)) if value}
        simple = (
            _date(t.start, t.end, t.value)
            if "/" in t.value
            else _Timex(t.start, t.end, {"type": t.type, "value": t.value} | more)
        )
        found.append(simple)
    return sorted(found, key=lambda t: (t.start, -t.end))


def _date(start: int, end: int, value: str) -> _Timex:
    first, _, last = value.partition("/")
    if last:
        return _Timex(start, end, {"type": "DURATION", "value": _length(first, last)}, (first, last))
    return _Timex(start, end, {"type": _type(value), "value": value})


def _type(value: str) -> str:
    return "TIME" if "T" in value else "DATE"


def _length(first: str, last: str) -> str:
    """How long a span of whole days, months or years is, both ends included: P3D, P2M, P6Y; else PX."""
    if re.fullmatch(r"\d{4}", first) and re.fullmatch(r"\d{4}", last):
        return f"P{int(last) - int(first) + 1}Y"
    if re.fullmatch(r"\d{4}-\d\d", first) and re.fullmatch(r"\d{4}-\d\d", last):
        months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1
        return f"P{months}M"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", first) and re.fullmatch(r"\d{4}-\d\d-\d\d", last):
        return f"P{(date.fromisoformat(last) - date.fromisoformat(first)).days + 1}D"
    return "PXD" if "T" not in first else "PTXH"


def _tag(name: str, attributes: dict[str, str]) -> str:
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f'<TIMEX3 tid="{name}"{written}>'


def _empty(name: str, value: str) -> str:
    return _tag(name, {"type": _type(value), "value": value})[:-1] + "/>"


def _text(text: str) -> str:
    """Escaped, without what XML cannot hold."""
    return escape(_NO_XML.sub("\ufffd", text))
