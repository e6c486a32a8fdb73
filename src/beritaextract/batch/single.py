"""One article from one file, for ``beritaextract extract``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

from beritaextract.article import Article
from beritaextract.batch.columns import Columns
from beritaextract.batch.inputs import STANDARD_INPUT, Input, format_of
from beritaextract.batch.readers import read_inputs
from beritaextract.errors import ArticleError, InputError
from beritaextract.published import parse_published
from beritaextract.records import Failure


def read_article(name: str, known: Mapping[str, str | None]) -> Article:
    """The article of a text, a page or a table of one row, with what the caller knows of it.

    A file whose name does not tell is read as what its beginning looks like. Raises InputError when it is not there or
    holds several articles, ArticleError when it cannot be read.
    """
    if name != STANDARD_INPUT and not Path(name).is_file():
        raise InputError(f"{name}: is a folder; convert takes many" if Path(name).is_dir() else f"{name}: no such file")
    outcomes = list(islice(read_inputs([Input(name, format_of(name))], Columns()), 2))
    if len(outcomes) > 1:
        raise InputError(f"{name}: holds several articles; extract takes one, convert takes many")
    if not outcomes:
        raise ArticleError(f"{name}: no article in it")
    outcome = outcomes[0]
    if isinstance(outcome, Failure):
        raise ArticleError(outcome.reason)
    given = {key: value for key, value in known.items() if value is not None}
    if "published" in given:
        parse_published(given["published"])  # what is typed must be right; what stands in a row may be anything
    return replace(outcome, values={**outcome.values, **given}).article()
