"""Convert many articles to records: inputs -> readers -> the chain, in workers -> one output."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beritaextract.batch import zstd
from beritaextract.batch.batchinfo import Batch, moment
from beritaextract.batch.checkpoint import run_of
from beritaextract.batch.columns import Columns
from beritaextract.batch.inputs import STANDARD_INPUT, Input, find_inputs
from beritaextract.batch.interruption import Interruption
from beritaextract.batch.kinds import Kind, TableFormat, kind_of
from beritaextract.batch.machine import automatic_workers
from beritaextract.batch.readers import read_inputs
from beritaextract.batch.tally import Tally
from beritaextract.batch.workers import Workers
from beritaextract.batch.writers import Output, output_paths
from beritaextract.errors import BeritaExtractError
from beritaextract.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.language import Language

    from beritaextract.article import InputRow
    from beritaextract.batch.outcomes import Done, Item
    from beritaextract.records import Failure

__all__ = ["InterruptedRunError", "Options", "Tally", "convert"]

CHUNK = 16
_NOT_OF_THE_OUTCOME = {"workers", "overwrite", "resume", "checkpoint_every", "resources"}
"""Options that change how a run goes, not what comes out; of the resources it is their content that counts."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may choose.

    ``columns`` maps fields to the columns that hold them, ``fields`` are those of the record to write (none: all),
    ``tables`` makes the output a folder of flat tables, ``workers`` 0 is as many as the machine has cores and memory for,
    ``timeout`` are seconds an article, ``unordered`` takes records as they come, ``chunk_size`` are the articles that a
    worker gets at a time. Raises ValueError for numbers with which articles would be lost.
    """

    columns: dict[str, str] = field(default_factory=dict)
    format: str | None = None
    resources: Path | None = None
    fields: tuple[str, ...] = ()
    tables: TableFormat | None = None
    workers: int = 0
    limit: int | None = None
    timeout: float | None = 30
    unordered: bool = False
    overwrite: bool = False
    resume: bool = False
    checkpoint_every: int = 500
    chunk_size: int = CHUNK

    def __post_init__(self) -> None:
        least = {"chunk_size": 1, "workers": 0, "limit": 1, "timeout": 0}
        for name, bound in least.items():
            value = getattr(self, name)
            if value is not None and value < bound:
                raise ValueError(f"{name} is {value}; it must be {bound} or more")

    def of_the_outcome(self) -> dict[str, Any]:
        """Those that the output depends on."""
        return {name: value for name, value in asdict(self).items() if name not in _NOT_OF_THE_OUTCOME}


class InterruptedRunError(BeritaExtractError):
    """A run that ended before its end; what it had done is in the ….part file."""


def convert(
    inputs: str | Path | Sequence[str | Path],
    out: str | Path,
    *,
    options: Options | None = None,
    nlp: Language | None = None,
    on_progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Turn every article of the inputs into a record in ``out`` or a failure in ``out``.failures.jsonl.

    The inputs are files, folders and patterns, one or several. ``out`` is .jsonl, .jsonl.gz, .jsonl.zst, .parquet or .duckdb by
    its name, or with ``options.tables``, or with a / at its end, a folder. ``nlp`` is a pipeline of ``load()``; without it one
    is loaded with ``options.resources``. Records plus failures are the articles read: nothing is dropped, also when two have
    the same id. Ctrl-C (or SIGTERM) finishes what is in flight. Raises InputError before anything is done when an input is not
    there, the output cannot be written or another run writes it, InterruptedRunError on Ctrl-C or a full disk.
    """
    options = options or Options()
    if options.tables is None and str(out).endswith(("/", os.sep)):
        options = replace(options, tables="parquet")
    out = Path(out)
    lexicon = Lexicon.read(options.resources)
    kind = kind_of(out, tables=options.tables, wanted=options.fields)
    given = [inputs] if isinstance(inputs, str | Path) else inputs
    found = find_inputs([str(one) for one in given], format=options.format, leave_out=output_paths(out))
    _check_libraries(found)
    run = _Run(found, kind, options, lexicon, on_progress)
    output = Output(out, kind, overwrite=options.overwrite, resume=options.resume, run=run.name)
    tally = run.begin(output)
    try:
        with output:
            if not output.start.complete:
                run.fill(output, nlp)
            run.finish(output)
    except (KeyboardInterrupt, OSError) as fault:
        why = "interrupted" if isinstance(fault, KeyboardInterrupt) else str(fault)
        kept = f"; the {output.records:,} records so far are in {output.paths.part}" if tally.articles else ""
        raise InterruptedRunError(why + kept + ("; --resume goes on" if kept and output.run else "")) from None
    return tally


class _Run:
    """One call of ``convert``."""

    def __init__(
        self,
        inputs: Sequence[Input],
        kind: Kind,
        options: Options,
        lexicon: Lexicon,
        on_progress: Callable[[Tally], None] | None,
    ) -> None:
        self.inputs = inputs
        self.kind = kind
        self.options = options
        self.on_progress = on_progress or _nothing
        self.name = _run_name(inputs, options, lexicon)
        self.tally = Tally(bytes_in_all=sum(one.size for one in inputs), limit=options.limit)
        self._columns = Columns(options.columns, lexicon)

    def begin(self, output: Output) -> Tally:
        """The tally, from where an earlier run has come to."""
        self.tally.records, self.tally.failures = output.records, output.failures
        self.tally.done_before = self.tally.articles
        self.tally.reasons = output.reasons
        return self.tally

    def fill(self, output: Output, nlp: Language | None) -> None:
        """Write all outcomes, with a checkpoint every so often. Raises KeyboardInterrupt when it was asked to stop."""
        noted = self.tally.articles
        with Interruption() as stop:
            rows = stop.guard(
                islice(read_inputs(self.inputs, self._columns, count=self.tally.count), self.options.limit)
            )
            with closing(self._outcomes(rows, output, nlp, stop)) as outcomes:
                for chunk, results in outcomes:
                    output.write(chunk, results)
                    self.tally.follow(output.records, output.failures, output.reasons)
                    if output.run and self.tally.articles - noted >= self.options.checkpoint_every:
                        output.checkpoint()
                        noted = self.tally.articles
                    self.on_progress(self.tally)
            if stop.wanted:
                output.checkpoint()
                raise KeyboardInterrupt

    def finish(self, output: Output) -> None:
        """Make the product."""
        self.tally.building = True
        self.on_progress(self.tally)
        shown = {
            name: value for name, value in self.options.of_the_outcome().items() if value not in (None, (), {}, False)
        }
        output.commit(
            Batch(
                articles=output.records + output.failures,
                records=output.records,
                failures=output.failures,
                began=output.began,
                finished=moment(),
                inputs=tuple(one.name for one in self.inputs),
                options=shown,
            )
        )

    def _outcomes(
        self, rows: Iterator[InputRow | Failure], output: Output, nlp: Language | None, stop: Interruption
    ) -> Generator[tuple[list[Item], list[Done]], None, None]:
        """The chain over the rows that are not done; less than a chunk is not worth a second process."""
        from beritaextract.batch.chunks import ChunkWork, chunks, lost_item
        from beritaextract.pipeline import load

        size = self.options.chunk_size
        source = chunks(rows, size, start=output.done, skip=frozenset(output.ahead), stopped=lambda: stop.wanted)
        first = next(source, None)
        if first is None:
            return
        nlp = nlp or load(resources=self.options.resources)
        workers = Workers(
            partial(ChunkWork, nlp, self.kind.encoder, self.options.timeout),
            lost_item,
            n_process=1 if len(first) < size else self.options.workers or automatic_workers(),
        )
        yield from workers.map(chain([first], source), in_order=not self.options.unordered)


def _run_name(inputs: Sequence[Input], options: Options, lexicon: Lexicon) -> str:
    """What tells this run from one with another outcome; empty where a run cannot be taken up again."""
    if any(one.name == STANDARD_INPUT for one in inputs) and not options.resume:
        return ""
    return run_of(inputs, options.of_the_outcome() | {"lexicon": lexicon.overrides})


def _check_libraries(inputs: Sequence[Input]) -> None:
    """Raise InputError at once for an input whose library is missing, not for each of its rows."""
    if any(one.format == "parquet" for one in inputs):
        importlib.import_module("beritaextract.batch.arrow")
    if any(one.name.lower().endswith(".zst") for one in inputs):
        zstd.zstandard()


def _nothing(tally: Tally) -> None:
    """Nobody wants to know."""
