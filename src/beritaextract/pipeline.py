"""Compose the chain and run articles through it: ``load``, ``extract``, ``extract_many``."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_model_from_config
from thinc.api import Config

from beritaextract.article import Article
from beritaextract.assemble import assemble
from beritaextract.components.base import TableComponent
from beritaextract.errors import ArticleError, BeritaExtractError
from beritaextract.layers import ArticleFacts
from beritaextract.lexicon import Lexicon
from beritaextract.published import parse_published
from beritaextract.records import Failure, Record

MAX_CHARACTERS = 50_000_000
"""spaCy's own limit (1,000,000) guards its parser's memory; this chain's memory is linear in the text."""


def load(*, resources: str | Path | None = None) -> Language:
    """The whole chain as a spaCy pipeline.

    ``resources`` is a folder of tables that add to or replace the packaged ones (docs/extending.md). Raises ResourceError
    on a fault in them, naming file, line and column.
    """
    lexicon = Lexicon.read(resources)
    config = Config().from_str(files("beritaextract").joinpath("pipeline.cfg").read_text(encoding="utf8"))
    nlp = load_model_from_config(config, auto_fill=True)
    nlp.max_length = MAX_CHARACTERS
    for _, component in nlp.pipeline:
        if isinstance(component, TableComponent):
            component.use(lexicon)
    return nlp


def extract(
    article: str | Article,
    /,
    *,
    nlp: Language | None = None,
    id: str | None = None,
    title: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
) -> Record:
    """The record of one article.

    The keywords say what you know of a text (an Article says it itself). ``nlp`` is a pipeline of ``load()``; without it
    the packaged one is loaded once and kept. Raises ArticleError when there is no text or ``published`` cannot be read.
    """
    if isinstance(article, Article):
        given = article
    else:
        given = Article(article, id=id, title=title, published=published, outlet=outlet, url=url)
    nlp = nlp or _default()
    return assemble(nlp(make_doc(nlp, given)))


def extract_many(
    articles: Iterable[str | Article | Mapping[str, Any]],
    /,
    *,
    nlp: Language | None = None,
    n_process: int = 1,
    chunk_size: int = 16,
    on_failure: Callable[[Failure], None] | None = None,
) -> Iterator[Record]:
    """The records of many articles, in their order, one at a time.

    An article is a text, an Article or a row as ``Article.from_row`` takes it. One that cannot be processed goes to
    ``on_failure`` and the rest go on; without ``on_failure`` the first one raises BeritaExtractError. With ``n_process``
    above 1 that many worker processes share the work; memory stays flat, however many articles there are.
    """
    for outcome in run_many(articles, nlp=nlp or _default(), n_process=n_process, chunk_size=chunk_size):
        if isinstance(outcome, Record):
            yield outcome
        elif on_failure is None:
            raise BeritaExtractError(f"article {outcome.id}: {outcome.error}: {outcome.reason}")
        else:
            on_failure(outcome)


def run_many(
    articles: Iterable[str | Article | Mapping[str, Any]], *, nlp: Language, n_process: int = 1, chunk_size: int = 16
) -> Iterator[Record | Failure]:
    """One Record or Failure an article, in order."""
    if n_process < 1:
        raise ValueError(f"n_process is {n_process}; it must be 1 or more")
    if n_process == 1:
        yield from (_attempt(nlp, article) for article in articles)
        return
    chunks = _chunks(articles, chunk_size)
    with ProcessPoolExecutor(n_process, initializer=_start_worker, initargs=(nlp,)) as pool:
        waiting: deque[Future[list[Record | Failure]]] = deque()
        for chunk in islice(chunks, 2 * n_process):
            waiting.append(pool.submit(_work, chunk))
        while waiting:
            yield from waiting.popleft().result()
            for chunk in islice(chunks, 1):
                waiting.append(pool.submit(_work, chunk))


def make_doc(nlp: Language, article: Article) -> Doc:
    """The tokenised Doc of an article, with what is known of it in ``doc._.article``."""
    if not article.text.strip():
        raise ArticleError("no text: the article is empty")
    known: ArticleFacts = {
        "id": article.key,
        "path": article.path,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "published": parse_published(article.published) if article.published else None,
        "published_origin": article.published_origin,
    }
    doc = nlp.make_doc(article.text)
    doc._.article = known
    return doc


@lru_cache(maxsize=1)
def _default() -> Language:
    return load()


def _attempt(nlp: Language, given: str | Article | Mapping[str, Any]) -> Record | Failure:
    article: Article | None = None
    try:
        article = (
            given
            if isinstance(given, Article)
            else Article(given)
            if isinstance(given, str)
            else Article.from_row(given)
        )
        return extract(article, nlp=nlp)
    except Exception as fault:  # the boundary of a run: whatever one article does, it must not stop the others
        known = article or Article(
            text=str(given.get("text") or given.get("html") or "") if isinstance(given, Mapping) else "",
            id=str(given["id"]) if isinstance(given, Mapping) and given.get("id") else None,
        )
        return Failure(id=known.key, source=known.source, error=type(fault).__name__, reason=str(fault) or repr(fault))


def _as_article(given: str | Article | Mapping[str, Any]) -> Article:
    if isinstance(given, Article):
        return given
    return Article(given) if isinstance(given, str) else Article.from_row(given)


_worker_nlp: Language | None = None


def _start_worker(nlp: Language) -> None:
    global _worker_nlp
    _worker_nlp = nlp


def _work(chunk: list[str | Article | Mapping[str, Any]]) -> list[Record | Failure]:
    assert _worker_nlp is not None
    return [_attempt(_worker_nlp, article) for article in chunk]


def _chunks(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk
