"""Read the news corpus that the statistics are learnt from, as words."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beritaextract import load
from beritaextract.article import Article
from beritaextract.layers import words
from beritaextract.pipeline import make_doc
from tables import table

HOUSES = {row["word"]: row["held_out"] == "yes" for row in table("outlet_houses")}
"""The houses by a word that gives them away, and whether the topic model is measured without them."""


@dataclass(frozen=True, slots=True)
class Words:
    """One article: its content words and its title's, lower-cased, and what its outlet says of it."""

    text: list[str]
    title: list[str]
    url: str
    category: str
    house: str


def read_words(rows: Iterable[dict[str, Any]]) -> Iterator[Words]:
    """The content words of articles, each as the chain's segments see it."""
    nlp = load()
    segments = nlp.get_pipe("segments")
    for row in rows:
        known = {name: row.get(name) or None for name in ("title", "outlet", "url")}
        view = words(segments(make_doc(nlp, Article(row["text"], **known))))
        text = [word for word, content in zip(view.lower, view.content, strict=True) if content]
        yield Words(text, title_words(row), row.get("url") or "", row.get("category") or "", house(row))


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a JSON Lines file, gzipped or not, that have a text."""
    with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
        yield from (row for row in map(json.loads, lines) if row["text"].strip())


def title_words(row: dict[str, Any]) -> list[str]:
    """The lower-cased words of a row's title."""
    return re.findall(r"[^\W\d_][\w-]*", (row.get("title") or "").lower())


def house(row: dict[str, Any]) -> str:
    """The house behind a row: ``news.detik.com`` and ``detikNews`` are detik; else the collection it came from."""
    told = f"{row.get('url') or ''} {row.get('outlet') or ''}".lower()
    return next((name for name in HOUSES if name in told), str(row["id"]).rsplit("-", 1)[0])
