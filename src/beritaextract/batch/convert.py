"""Convert many articles to records: inputs -> readers -> the chain, in workers -> one output file."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from beritaextract.article import InputRow
from beritaextract.batch.columns import Columns
from beritaextract.batch.inputs import find_inputs
from beritaextract.batch.readers import read_inputs
from beritaextract.batch.workers import usable_cores
from beritaextract.batch.writers import Output, output_paths
from beritaextract.errors import BeritaExtractError
from beritaextract.lexicon import Lexicon
from beritaextract.records import Failure, Record

if TYPE_CHECKING:
    from spacy.language import Language

CHUNK = 16
_REASONS_KEPT = 5


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may choose; ``columns`` maps fields to the columns that hold them, ``workers`` 0 is one a core."""

    columns: dict[str, str] = field(default_factory=dict)
    format: str | None = None
    resources: Path | None = None
    workers: int = 0
    limit: int | None = None
    overwrite: bool = False


@dataclass(slots=True)
class Tally:
    """How far a run is: articles out, failures among them, bytes of the input files that are done with."""

    records: int = 0
    failures: int = 0
    bytes_read: int = 0
    bytes_in_all: int = 0
    began: float = field(default_factory=time.monotonic)
    reasons: list[str] = field(default_factory=list)

    def count(self, size: int) -> None:
        """So many bytes were read."""
        self.bytes_read += size

    @property
    def articles(self) -> int:
        """Records and failures together."""
        return self.records + self.failures

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self.began


class InterruptedRunError(BeritaExtractError):
    """A run that ended before its end; what it had done is in the ….part file."""


def convert(
    inputs: Sequence[str],
    out: Path,
    *,
    options: Options | None = None,
    nlp: Language | None = None,
    on_progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Turn every article of the inputs into a record in ``out`` or a failure in ``out``.failures.jsonl, in their order.

    ``nlp`` is a pipeline of ``load()``; without it one is loaded with ``options.resources``. Records plus failures are the
    articles read: nothing is dropped, also when two have the same id. Raises InputError before anything is done when an
    input is not there or the output cannot be written, InterruptedRunError on Ctrl-C or a full disk.
    """
    options = options or Options()
    columns = Columns(options.columns, Lexicon.read(options.resources))
    found = find_inputs(inputs, format=options.format, leave_out=output_paths(out))
    if any(one.format == "parquet" for one in found):
        importlib.import_module("beritaextract.batch.arrow")  # raises InputError without pyarrow
    tally = Tally(bytes_in_all=sum(one.size for one in found))
    rows = islice(read_inputs(found, columns, count=tally.count), options.limit)
    output = Output(out, overwrite=options.overwrite)
    try:
        with output:
            for outcome in _outcomes(rows, nlp, options):
                _put(outcome, output, tally)
                if on_progress is not None:
                    on_progress(tally)
            output.commit()
    except (KeyboardInterrupt, OSError) as fault:
        why = "interrupted" if isinstance(fault, KeyboardInterrupt) else str(fault)
        kept = f"; the {tally.records:,} records so far are in {output.part}" if tally.articles else ""
        raise InterruptedRunError(why + kept) from None
    return tally


def _outcomes(rows: Iterator[InputRow | Failure], nlp: Language | None, options: Options) -> Iterator[bytes | Failure]:
    """The chain over the rows; less than a chunk is not worth a second process."""
    from beritaextract.pipeline import load, run_many

    nlp = nlp or load(resources=options.resources)
    first = list(islice(rows, CHUNK))
    workers = 1 if len(first) < CHUNK else options.workers or usable_cores()
    yield from run_many(chain(first, rows), nlp=nlp, n_process=workers, chunk_size=CHUNK, finish=Record.to_bytes)


def _put(outcome: bytes | Failure, output: Output, tally: Tally) -> None:
    if isinstance(outcome, Failure):
        output.fail(outcome.to_bytes())
        tally.failures += 1
        if len(tally.reasons) < _REASONS_KEPT:
            tally.reasons.append(_said(outcome))
    else:
        output.write(outcome)
        tally.records += 1


def _said(failure: Failure) -> str:
    return failure.reason if failure.id in failure.reason else f"{failure.id}: {failure.reason}"
