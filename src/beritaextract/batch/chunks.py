"""The rows of a run in chunks, and what workers make of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from beritaextract.article import InputRow
from beritaextract.batch.kinds import Encoder
from beritaextract.batch.outcomes import REASONS_KEPT, Done, Item
from beritaextract.records import Failure
from beritaextract.runs import Attempt, lost

if TYPE_CHECKING:
    from spacy.language import Language


class ChunkWork:
    """What a worker does: articles through the chain, records through the encoder."""

    def __init__(self, nlp: Language, encoder: Encoder, timeout: float | None) -> None:
        self.encoder = encoder
        self.attempt = Attempt(nlp, encoder.one, timeout, forget=True, deadly=True)

    def __call__(self, items: list[Item]) -> Done:
        """The outcome of a chunk."""
        records, failures = [], []
        outcomes = self.attempt.many(row for _, row in items)
        for (number, _), outcome in zip(items, outcomes, strict=True):
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                records.append((number + 1, outcome))
        return _done(len(records), self.encoder.many(records), failures)


def lost_item(item: Item) -> Done:
    """What stands for a row whose worker died of it."""
    return _done(0, b"", [lost(item[1])])


def chunks(
    rows: Iterator[InputRow | Failure],
    size: int,
    *,
    start: int = 0,
    skip: Collection[int] = (),
    stopped: Callable[[], bool] = bool,
) -> Iterator[list[Item]]:
    """Numbered rows, so many at a time, from row ``start`` on without the chunks that begin at ``skip``.

    Ends when ``stopped()`` says so.
    """
    at = start
    rows = islice(rows, start, None)
    while not stopped() and (chunk := list(enumerate(islice(rows, size), at))):
        if at not in skip:
            yield chunk
        at += size


def _done(records: int, record_bytes: bytes, failures: list[Failure]) -> Done:
    lines = b"".join(failure.to_bytes() + b"\n" for failure in failures)
    return Done(records, len(failures), record_bytes, lines, tuple(map(_said, failures[:REASONS_KEPT])))


def _said(failure: Failure) -> str:
    return failure.reason if failure.id in failure.reason else f"{failure.id}: {failure.reason}"
