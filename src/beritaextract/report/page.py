"""The report's one file: template, style, program, map and data put together so that nothing in the data can act."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files

import orjson

from beritaextract.display.labels import Label
from beritaextract.lexicon import packaged
from beritaextract.report.payload import CONTENT, KINDS, MARKS, Payload

PROGRAM = ("words", "data", "asking", "filters", "timeline", "rankings", "map", "list", "reader", "saving", "begin")
"""The files of ``program/`` in the order in which they make the page's one program."""

_SLOT = re.compile(r"\{\{(\w+)(?::(\w+))?\}\}")
_RISKY = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_RISKY_CHARACTER = re.compile("[<>&\u2028\u2029]")


def labels(lang: str) -> dict[str, str]:
    """The page's texts in one language by their keys; ``{n}`` and the like in them are filled in by the page."""
    rows = [row for table in ("display_labels", "report_labels") for row in packaged().rows(table, Label)]
    return {row.key: row.en if lang == "en" else row.id for row in rows}


def render(payload: Payload, *, title: str | None, in_batch: int) -> Iterator[str]:
    """The page as HTML text, a part at a time."""
    words = labels(payload.lang)
    style = _resource("page.css")
    program = "\n".join(_resource(f"program/{name}.js") for name in PROGRAM)
    index = {
        "lang": payload.lang,
        "labels": words,
        "title": title,
        "in_batch": in_batch,
        "kinds": KINDS,
        "marks": MARKS,
        "content": CONTENT,
        **payload.index(),
    }
    slots = {
        "lang": payload.lang,
        "title": html.escape(": ".join(part for part in (words["report"], title) if part)),
        "policy": _policy(style, program),
        "style": style,
        "program": program,
        "index": script_json(orjson.dumps(index)),
        "outline": script_json(_resource("outline.json").encode("utf8")),
    }
    before, after = _resource("page.html").split("{{texts}}")
    yield _filled(before, slots, words)
    for number, chunk in enumerate(payload.chunks()):
        yield f'<script type="application/json" id="texts-{number}">{script_json(chunk)}</script>\n'
    yield _filled(after, slots, words)


def script_json(packed: bytes) -> str:
    """JSON that may stand inside a script element: no character of it can end the element or a line."""
    return _RISKY_CHARACTER.sub(lambda match: _RISKY[match[0]], packed.decode("utf8"))


def _filled(template: str, slots: Mapping[str, str], words: Mapping[str, str]) -> str:
    """The template with ``{{name}}`` and ``{{label:key}}`` filled in; what is filled in is not looked at again."""
    return _SLOT.sub(lambda slot: html.escape(words[slot[2]]) if slot[1] == "label" else slots[slot[1]], template)


def _policy(style: str, program: str) -> str:
    """A content security policy: this style and this program run, and nothing is fetched from anywhere."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(program)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf8")).digest()).decode("ascii")


def _resource(name: str) -> str:
    return files("beritaextract").joinpath("report", name).read_text(encoding="utf8")
