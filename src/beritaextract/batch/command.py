"""``beritaextract convert``: many articles into many records."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beritaextract.commands import FAILED, INTERRUPTED, Overwrite, Quiet, Resources, faults_said, say
from beritaextract.display.markup import printable

if TYPE_CHECKING:
    from beritaextract.batch.convert import Options, Tally
    from beritaextract.batch.kinds import TableFormat


def _column(of: str) -> Any:
    return typer.Option(help=f"The column of the {of}.")


Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT...", help="Files, folders or patterns; - for standard input.", show_default=False),
]
Out = Annotated[
    str,
    typer.Option(
        "-o",
        "--out",
        metavar="OUT",
        help=".jsonl, .jsonl.gz, .jsonl.zst, .parquet, .duckdb, or a folder of tables: OUT/",
        show_default=False,
    ),
]
Tables = Annotated[
    str | None,
    typer.Option(metavar="parquet|csv", help="OUT is a folder of flat tables: Parquet (as OUT/) or CSV."),
]
Fields = Annotated[
    str | None, typer.Option(metavar="NAME,…", help="Only these fields of the record; schema and id always.")
]
Workers = Annotated[
    str, typer.Option(metavar="N|auto", help="Processes; auto is one a core, fewer where memory is short.")
]
Unordered = Annotated[bool, typer.Option("--unordered", help="Write records as they come.")]
Limit = Annotated[int | None, typer.Option(min=1, help="No more than so many articles.")]
Timeout = Annotated[
    float, typer.Option(min=0, help="Seconds after which an article is given up as a failure; 0 is never.")
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on with a run that did not finish, or begin if there is none.")
]
Format = Annotated[
    str | None,
    typer.Option(help="What the inputs are, whatever their names: txt, html, jsonl, json, csv, tsv, parquet."),
]


def convert(
    inputs: Inputs,
    out: Out,
    tables: Tables = None,
    fields: Fields = None,
    workers: Workers = "auto",
    unordered: Unordered = False,
    limit: Limit = None,
    timeout: Timeout = 30,
    overwrite: Overwrite = False,
    resume: Resume = False,
    format: Format = None,
    id_column: Annotated[str | None, _column("id")] = None,
    text_column: Annotated[str | None, _column("text")] = None,
    html_column: Annotated[str | None, _column("page")] = None,
    title_column: Annotated[str | None, _column("headline")] = None,
    published_column: Annotated[str | None, _column("date")] = None,
    outlet_column: Annotated[str | None, _column("outlet")] = None,
    url_column: Annotated[str | None, _column("address")] = None,
    resources: Resources = None,
    quiet: Quiet = False,
) -> None:
    """Turn many articles into records: every one becomes a record in OUT or a failure in OUT.failures.jsonl.

    Reads .txt .html .htm .jsonl .ndjson .json .csv .tsv .parquet, .gz and .zst of these, folders and patterns.
    """
    from beritaextract.batch.columns import FIELDS
    from beritaextract.batch.convert import Options

    if overwrite and resume:
        raise typer.BadParameter("either --overwrite or --resume")
    columns = (id_column, text_column, html_column, title_column, published_column, outlet_column, url_column)
    options = Options(
        columns={field: column for field, column in zip(FIELDS, columns, strict=True) if column},
        format=_format(format),
        resources=resources,
        fields=tuple(name.strip() for name in fields.split(",") if name.strip()) if fields else (),
        tables=_tables(tables),
        workers=_workers(workers),
        unordered=unordered,
        limit=limit,
        timeout=timeout or None,
        overwrite=overwrite,
        resume=resume,
    )
    _run(inputs, out, options, quiet)


def _run(inputs: list[str], out: str, options: Options, quiet: bool) -> None:
    """Convert, and say what came of it."""
    from beritaextract.batch.convert import InterruptedRunError
    from beritaextract.batch.convert import convert as convert_all

    with faults_said(), _progress(quiet) as on_progress:
        try:
            tally = convert_all(inputs, out, options=options, on_progress=on_progress)
        except InterruptedRunError as fault:
            say(str(fault))
            raise typer.Exit(INTERRUPTED if str(fault).startswith("interrupted") else FAILED) from None
    _say_tally(tally, Path(out), quiet)
    if tally.failures:
        raise typer.Exit(FAILED)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[Tally], None] | None]:
    """A bar on a terminal, a line a minute in a pipe."""
    if quiet:
        yield None
        return
    from beritaextract.batch.progress import progress_bar, progress_log

    with progress_bar() if sys.stderr.isatty() else progress_log() as update:
        yield update


def _say_tally(tally: Tally, out: Path, quiet: bool) -> None:
    if not quiet:
        say(f"{tally.records:,} records in {out} ({tally.seconds:.1f} s, {tally.rate:.0f} articles/s)")
    if tally.failures:
        say(f"{tally.failures:,} failures in {out}.failures.jsonl:")
        for reason in tally.reasons:
            print(f"  {printable(reason)}", file=sys.stderr)
        if tally.failures > len(tally.reasons):
            print("  …", file=sys.stderr)


def _format(given: str | None) -> str | None:
    from beritaextract.batch.inputs import FORMATS

    if given is not None and given not in FORMATS:
        raise typer.BadParameter(f"{given} is none of {', '.join(FORMATS)}", param_hint="--format")
    return given


def _tables(given: str | None) -> TableFormat | None:
    """The format of the tables; None where it is not said."""
    if given is None or given == "parquet" or given == "csv":
        return given  # type: ignore[return-value]
    raise typer.BadParameter(f"{given} is neither parquet nor csv", param_hint="--tables")


def _workers(given: str) -> int:
    """The number; 0 for auto."""
    if given == "auto":
        return 0
    if not given.isdecimal():
        raise typer.BadParameter(f"{given} is neither a number nor auto", param_hint="--workers")
    return int(given)
