"""Many articles through the chain: ``extract_many``, and what it and the batch runs are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from spacy.language import Language

from beritaextract.article import Article, InputRow, as_article, many
from beritaextract.assemble import assemble
from beritaextract.batch.timelimit import time_limit
from beritaextract.batch.workers import Workers
from beritaextract.components.base import BATCH
from beritaextract.errors import BeritaExtractError
from beritaextract.pipeline import default_chain, make_doc
from beritaextract.records import Failure, Record

ARTICLES_REMEMBERED = 256
"""How many articles a long run's vocabulary covers; the words of as many first ones, which are most of the common ones, it
keeps for good, the others it forgets, so that memory stays flat."""

TOGETHER = 100_000
"""Characters of the articles that go through the chain together."""

Given = str | Article | InputRow | Mapping[str, Any] | Failure
"""What a run takes as an article; a Failure stands for one that could not even be read."""

Finished = TypeVar("Finished")


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
    above 1 that many worker processes share the work; memory stays flat, however many articles there are. Raises TypeError
    for one article, or a data frame, in place of many.
    """
    outcomes = run_many(many(articles), nlp=nlp or default_chain(), n_process=n_process, chunk_size=chunk_size)
    return _records(outcomes, on_failure)


def _records(outcomes: Iterable[Record | Failure], on_failure: Callable[[Failure], None] | None) -> Iterator[Record]:
    for outcome in outcomes:
        if isinstance(outcome, Record):
            yield outcome
        elif on_failure is None:
            raise BeritaExtractError(f"article {outcome.id}: {outcome.error}: {outcome.reason}")
        else:
            on_failure(outcome)


def _as_it_is(record: Record) -> Any:
    return record


def run_many(
    articles: Iterable[Given],
    *,
    nlp: Language,
    n_process: int = 1,
    chunk_size: int = 16,
    finish: Callable[[Record], Finished] = _as_it_is,
    timeout: float | None = None,
    forget: bool = False,
) -> Iterator[Finished | Failure]:
    """One Record or Failure an article, in order.

    ``finish`` turns each Record into what is wanted of it where it was made, in the worker process; ``Record.to_bytes``
    spares sending records about. A Failure among the articles (a row that could not be read) is passed on in its place.
    An article that takes longer than ``timeout`` seconds becomes a Failure. spaCy keeps every word it ever met; worker
    processes ``forget`` them now and then, and so does a single process when told to: then ``nlp`` must not be used for
    anything else until the run is over.
    """
    if n_process < 1:
        raise ValueError(f"n_process is {n_process}; it must be 1 or more")
    if chunk_size < 1:
        raise ValueError(f"chunk_size is {chunk_size}; it must be 1 or more")
    if n_process == 1:
        with closing(Attempt(nlp, finish, timeout, forget=forget)) as attempt:
            yield from chain.from_iterable(map(attempt.many, _chunks(articles, chunk_size)))
        return
    setup = partial(_attempts, nlp, finish, timeout)
    workers: Workers[Given, list[Finished | Failure]] = Workers(setup, lambda given: [lost(given)], n_process=n_process)
    for _, results in workers.map(_chunks(articles, chunk_size)):
        yield from chain.from_iterable(results)


def _chunks(articles: Iterable[Given], size: int) -> Iterator[list[Given]]:
    """So many articles at a time; those that came before their source failed are given before its error."""
    chunk: list[Given] = []
    try:
        for article in articles:
            chunk.append(article)
            if len(chunk) == size:
                yield chunk
                chunk = []
    except Exception:  # whatever a user's source raises
        if chunk:
            yield chunk
        raise
    if chunk:
        yield chunk


class Attempt:
    """Makes what is wanted of each article, or the Failure that stands for it.

    With ``forget``, what spaCy learns of words after the first articles is forgotten after so many more. In a process that
    may be lost, ``deadly`` ends it over an article that ``timeout`` alone cannot stop.
    """

    def __init__(
        self,
        nlp: Language,
        finish: Callable[[Record], Any],
        timeout: float | None,
        *,
        forget: bool = False,
        deadly: bool = False,
    ) -> None:
        self.nlp = nlp
        self.finish = finish
        self.timeout = timeout
        self.forget = forget
        self.deadly = deadly
        self.count = self.since = 0
        self.memory = ExitStack()

    def close(self) -> None:
        """Forget, after the last article."""
        self.memory.close()

    def many(self, articles: Iterable[Given]) -> list[Any]:
        """The outcomes of articles, in their order.

        Short ones go through the chain together, which is faster; should one of them fail or all take longer than one may,
        each is worked on again by itself, so that the outcomes are the same.
        """
        outcomes: list[Any] = []
        for batch in _batches(articles):
            try:
                outcomes += self._together(batch) if len(batch) > 1 else map(self, batch)
            except Exception:  # the one to blame is found one by one
                outcomes += map(self, batch)
        return outcomes

    def _together(self, articles: list[Given]) -> list[Any]:
        self._remember(len(articles))
        with time_limit(self.timeout, deadly=self.deadly):
            docs = [make_doc(self.nlp, _article(given)) for given in articles if not isinstance(given, Failure)]
            made = (self.finish(assemble(doc)) for doc in self.nlp.pipe(docs))
            return [given if isinstance(given, Failure) else next(made) for given in articles]

    def __call__(self, given: Given) -> Any:
        """The outcome of one article."""
        if isinstance(given, Failure):
            return given
        self._remember(1)
        article: Article | None = None
        try:
            with time_limit(self.timeout, deadly=self.deadly):
                article = _article(given)
                return self.finish(assemble(self.nlp(make_doc(self.nlp, article))))
        except Exception as fault:  # the boundary of a run: whatever one article does, it must not stop the others
            return _failure(given, article, type(fault).__name__, str(fault) or repr(fault))

    def _remember(self, articles: int) -> None:
        """So many more articles: now and then the words of those before are forgotten."""
        if self.forget and self.count - self.since >= ARTICLES_REMEMBERED:
            self.memory.close()
            self.memory.enter_context(self.nlp.memory_zone())
            self.since = self.count
        self.count += articles


def _attempts(
    nlp: Language, finish: Callable[[Record], Any], timeout: float | None
) -> Callable[[list[Given]], list[Any]]:
    """The work of a worker process: the outcomes of a chunk of articles."""
    return Attempt(nlp, finish, timeout, forget=True, deadly=True).many


def _batches(articles: Iterable[Given]) -> Iterator[list[Given]]:
    """Articles that may be worked on together: so many that what is known of them at once stays small."""
    batch: list[Given] = []
    room = TOGETHER
    for given in articles:
        length = _length(given)
        if batch and (length > room or len(batch) == BATCH):
            yield batch
            batch, room = [], TOGETHER
        batch.append(given)
        room -= length
    if batch:
        yield batch


def _length(given: Given) -> int:
    """How many characters, or bytes, an article is given in."""
    if isinstance(given, Failure):
        return 0
    row = given.values if isinstance(given, InputRow) else given
    text = row.get("text") or row.get("html") or "" if isinstance(row, Mapping) else getattr(row, "text", row)
    return len(text) if isinstance(text, str | bytes) else 0


def _article(given: str | Article | InputRow | Mapping[str, Any]) -> Article:
    return given.article() if isinstance(given, InputRow) else as_article(given)


def lost(given: Given) -> Failure:
    """What stands for an article whose worker process died of it."""
    if isinstance(given, Failure):
        return given
    why = "the process that worked on it died (out of memory, a crash, or a loop that no time limit stops)"
    return _failure(given, None, "WorkerDied", why)


def _failure(given: Given, article: Article | None, error: str, reason: str) -> Failure:
    """Why ``given`` is no record; ``article`` is what became of it, None when it did not get so far."""
    row = given.values if isinstance(given, InputRow) else given if isinstance(given, Mapping) else {}
    path, place = (given.path, given.place) if isinstance(given, InputRow) else (None, "")
    known = article or (given if isinstance(given, Article) else None)
    if known is None:
        stated = {key: str(row[key]) for key in ("id", "url", "outlet") if row.get(key)}
        text = given if isinstance(given, str) else str(row.get("text") or row.get("html") or "")
        known = Article(
            text, id=stated.get("id") or place, url=stated.get("url"), outlet=stated.get("outlet"), path=path
        )
    return Failure(known.key, known.source, error, f"{place}: {reason}" if place else reason)
