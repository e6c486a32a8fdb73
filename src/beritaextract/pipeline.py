"""Compose the chain and run an article through it: ``load``, ``extract``."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_model_from_config
from thinc.api import Config

from beritaextract.article import Article, as_article
from beritaextract.assemble import assemble
from beritaextract.components.base import TableComponent
from beritaextract.components.entities import EntityFinder
from beritaextract.errors import ArticleError
from beritaextract.layers import ArticleFacts, remember_text
from beritaextract.lexicon import Lexicon
from beritaextract.model import PACKAGED, entities_of
from beritaextract.published import parse_published
from beritaextract.records import Record
from beritaextract.tokenizer import use_abbreviations

MAX_CHARACTERS = 50_000_000
"""spaCy's own limit (1,000,000) guards its parser's memory; this chain's memory is linear in the text."""


@contextmanager
def _without_collector() -> Iterator[None]:
    """Tables are many objects and none is garbage: without Python's cyclic collector they are made in two thirds of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_without_collector()
def load(
    *,
    resources: str | Path | None = None,
    model: str | Path | None = PACKAGED,
    temporals: bool = False,
    place_offsets: bool = False,
) -> Language:
    """The whole chain as a spaCy pipeline.

    ``resources`` is a folder of tables that add to or replace the packaged ones (docs/extending.md). ``model`` is the folder
    of a trained pipeline (``nlp.to_disk``) to take the entity model from; None runs on rules only. With ``temporals``
    records have durations, repeated times and lone clock times too; with ``place_offsets`` a clock time without WIB, WITA
    or WIT takes the offset of the place it is told of. Raises ResourceError on a fault in the tables, naming file, line and
    column, and ModelError on a model that is missing or made for another version.
    """
    lexicon = Lexicon.read(resources)
    config = Config().from_str(files("beritaextract").joinpath("pipeline.cfg").read_text(encoding="utf8"))
    config["components"]["dates"]["temporals"] = temporals
    nlp = load_model_from_config(config, exclude=[] if model else ["entities"], auto_fill=True)
    nlp.max_length = MAX_CHARACTERS
    if place_offsets:
        nlp.add_pipe("beritaextract_offsets", name="offsets", after="places")
    for _, component in nlp.pipeline:
        if isinstance(component, EntityFinder):
            component.use_model(entities_of(cast(str, model)))
        if isinstance(component, TableComponent):
            component.use(lexicon)
    if "abbreviations.tsv" in lexicon.overrides:
        use_abbreviations(nlp.tokenizer, lexicon)
    return nlp


def extract(
    article: str | Article | Mapping[str, Any],
    /,
    *,
    nlp: Language | None = None,
    id: str | None = None,
    title: str | None = None,
    published: str | date | None = None,
    outlet: str | None = None,
    url: str | None = None,
) -> Record:
    """The record of one article: a text, an Article, or a row as ``Article.from_row`` takes it.

    The keywords say what else you know, and go before what an Article or a row says itself. ``nlp`` is a pipeline of
    ``load()``; without it the packaged one is loaded once and kept. Raises ArticleError when there is no text, ``published``
    cannot be read, or ``article`` is none of these.
    """
    given = as_article(article, id=id, title=title, published=published, outlet=outlet, url=url)
    nlp = nlp or default_chain()
    return assemble(nlp(make_doc(nlp, given)))


def make_doc(nlp: Language, article: Article) -> Doc:
    """The tokenised Doc of an article, with what is known of it in ``doc._.article``."""
    if not article.text.strip():
        raise ArticleError("no text: the article is empty")
    article.check_characters()
    known: ArticleFacts = {
        "id": article.key,
        "path": article.path,
        "url": article.url,
        "outlet": article.outlet,
        "author": article.author,
        "title": article.title,
        "published": parse_published(article.published) if article.published else None,
        "published_origin": article.published_origin,
        "warnings": list(article.warnings),
    }
    doc = nlp.make_doc(article.text)
    remember_text(doc, article.text)
    doc._.article = known
    return doc


@lru_cache(maxsize=1)
def default_chain() -> Language:
    """The packaged chain, loaded at the first call and kept."""
    return load()
