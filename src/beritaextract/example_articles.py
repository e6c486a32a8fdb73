"""The example batch: short articles of our own that every guide, notebook and test can run on without the network.

Outlets, people and events are made up, the places are real. Sixteen articles are one month of one province (Kalimantan
Selatan, June 2024), in which officials come and go; the others spread over the country, the topics and the ways of writing:
press release, wire, portal with its links and advertisements, local daily, weekly. Two more are saved pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from beritaextract.article import Article


def examples(*, pages: bool = False) -> list[Article]:
    """The articles of the example batch, those of the month in Kalimantan Selatan ("kalsel-01" …) first.

    With ``pages`` the two saved pages follow, read as ``Article.from_row`` reads a page; that needs the extra ``html``,
    and raises InputError where it is not installed.
    """
    return [Article.from_row(row) for row in example_rows(pages=pages)]


def example_rows(*, pages: bool = False) -> Iterator[dict[str, Any]]:
    """The same as input rows: id, outlet, url, published, title and text; of a page its id and html."""
    folder = files("beritaextract").joinpath("data", "examples")
    with folder.joinpath("articles.jsonl").open(encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)
    if pages:
        for page in sorted(folder.joinpath("pages").iterdir(), key=lambda p: p.name):
            yield {"id": page.name.removesuffix(".html"), "html": page.read_text(encoding="utf8")}
