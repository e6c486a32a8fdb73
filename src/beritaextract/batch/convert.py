"""Convert many articles to records: inputs -> readers -> the chain, in workers -> one output file."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from beritaextract.article import InputRow
from beritaextract.batch.checkpoint import Checkpoint, run_of
from beritaextract.batch.columns import Columns
from beritaextract.batch.inputs import STANDARD_INPUT, Input, find_inputs
from beritaextract.batch.readers import read_inputs
from beritaextract.batch.workers import usable_cores
from beritaextract.batch.writers import Output, output_paths
from beritaextract.errors import BeritaExtractError, InputError
from beritaextract.lexicon import Lexicon
from beritaextract.records import Failure, Record

if TYPE_CHECKING:
    from spacy.language import Language

CHUNK = 16
_REASONS_KEPT = 5


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may choose.

    ``columns`` maps fields to the columns that hold them, ``workers`` 0 is one a core, ``timeout`` are seconds an article.
    """

    columns: dict[str, str] = field(default_factory=dict)
    format: str | None = None
    resources: Path | None = None
    workers: int = 0
    limit: int | None = None
    timeout: float | None = 30
    overwrite: bool = False
    resume: bool = False
    checkpoint_every: int = 500


@dataclass(slots=True)
class Tally:
    """How far a run is: articles out, failures among them, bytes of the input files that are done with."""

    records: int = 0
    failures: int = 0
    bytes_read: int = 0
    bytes_in_all: int = 0
    done_before: int = 0
    began: float = field(default_factory=time.monotonic)
    reasons: list[str] = field(default_factory=list)

    def resume_at(self, start: Checkpoint) -> None:
        """So much was done by an earlier run."""
        self.records, self.failures, self.done_before = start.records, start.failures, start.articles

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

    @property
    def rate(self) -> float:
        """Articles a second, of this run."""
        return (self.articles - self.done_before) / max(self.seconds, 0.001)


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
    lexicon = Lexicon.read(options.resources)
    found = find_inputs(inputs, format=options.format, leave_out=output_paths(out))
    if any(one.format == "parquet" for one in found):
        importlib.import_module("beritaextract.batch.arrow")  # raises InputError without pyarrow
    tally = Tally(bytes_in_all=sum(one.size for one in found))
    rows = islice(read_inputs(found, Columns(options.columns, lexicon), count=tally.count), options.limit)
    output = Output(out, overwrite=options.overwrite, resume=options.resume, run=_run(found, out, options, lexicon))
    tally.resume_at(output.start)
    try:
        with output:
            _fill(
                output, _outcomes(islice(rows, output.start.articles, None), nlp, options), tally, options, on_progress
            )
            output.commit()
    except (KeyboardInterrupt, OSError) as fault:
        why = "interrupted" if isinstance(fault, KeyboardInterrupt) else str(fault)
        kept = f"; the {tally.records:,} records so far are in {output.paths.part}" if tally.articles else ""
        raise InterruptedRunError(why + kept + ("; --resume goes on" if kept and output.run else "")) from None
    return tally


def _run(found: Sequence[Input], out: Path, options: Options, lexicon: Lexicon) -> str:
    """What tells this run from one with another outcome; empty where a run cannot be taken up again."""
    if out.suffix == ".parquet":
        if options.resume:
            raise InputError(f"{out}: a Parquet file cannot be gone on with; --resume needs .jsonl or .jsonl.gz")
        return ""
    if any(one.name == STANDARD_INPUT for one in found) and not options.resume:
        return ""
    settings = {
        "columns": options.columns,
        "format": options.format,
        "limit": options.limit,
        "tables": lexicon.overrides,
    }
    return run_of(found, settings)


def _fill(
    output: Output,
    outcomes: Iterator[bytes | Failure],
    tally: Tally,
    options: Options,
    on_progress: Callable[[Tally], None] | None,
) -> None:
    """Write all outcomes, with a checkpoint every so often."""
    for outcome in outcomes:
        _put(outcome, output, tally)
        if output.run and tally.articles % options.checkpoint_every == 0:
            output.checkpoint()
        if on_progress is not None:
            on_progress(tally)


def _outcomes(
    rows: Iterator[InputRow | Failure], nlp: Language | None, options: Options
) -> Generator[bytes | Failure, None, None]:
    """The chain over the rows; less than a chunk is not worth a second process."""
    from beritaextract.pipeline import load, run_many

    nlp = nlp or load(resources=options.resources)
    first = list(islice(rows, CHUNK))
    workers = 1 if len(first) < CHUNK else options.workers or usable_cores()
    yield from run_many(
        chain(first, rows),
        nlp=nlp,
        n_process=workers,
        chunk_size=CHUNK,
        finish=Record.to_bytes,
        timeout=options.timeout,
        forget=True,
    )


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
