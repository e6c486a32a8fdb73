"""What else reads a text, to hold the chain against in the same run: figures of machines differ, ratios hardly do."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import dateparser.search
import spacy
import trafilatura
from spacy.training import Example

from beritaextract import dates
from beritaextract.article import Article

DATEPARSER_ARTICLES = 30  # it takes a hundred times as long as anything else here


def entity_network(articles: Sequence[Article]) -> Callable[[], object]:
    """spaCy's convolutional entity recogniser of its usual size; untrained weights compute as long as trained ones."""
    nlp = spacy.blank("id")
    recogniser = nlp.add_pipe("ner")
    for label in ("PERSON", "ORGANIZATION", "LOCATION"):
        recogniser.add_label(label)  # type: ignore[attr-defined]
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc("Bupati Serang"), {"entities": [(7, 13, "LOCATION")]})])
    return lambda: [nlp(article.text) for article in articles]


def date_search(articles: Sequence[Article]) -> tuple[float, float]:
    """Seconds an article that dateparser.search takes to find dates, and our own grammar on the same articles."""
    some = [article.text for article in articles[:DATEPARSER_ARTICLES]]
    theirs = _seconds(lambda: [dateparser.search.search_dates(text, languages=["id"]) for text in some])
    return theirs / len(some), _seconds(lambda: [dates.find(text) for text in some]) / len(some)


def pages(folder: Path) -> tuple[float, float, int] | None:
    """Seconds a page that trafilatura takes for the main text, and our own reader with it; how many pages there were."""
    files = sorted(folder.glob("*.html.gz"))
    if not files:
        return None
    held = [gzip.decompress(path.read_bytes()).decode("utf8", "replace") for path in files]
    _read(held[0])  # what both load once
    theirs = _seconds(lambda: [trafilatura.extract(page) for page in held])
    return theirs / len(held), _seconds(lambda: [_read(page) for page in held]) / len(held), len(held)


def _read(page: str) -> Any:
    try:
        return Article.from_row({"html": page})
    except ValueError:  # a front page: no article in it
        return None


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
