"""The command line: ``beritaextract extract``, ``convert``, ``report`` … Thin; the work is done elsewhere."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

import beritaextract
from beritaextract.errors import ArticleError, BeritaExtractError
from beritaextract.evaluation.command import score
from beritaextract.explanation.command import explain
from beritaextract.registry.command import merge

if TYPE_CHECKING:
    from beritaextract.batch.convert import Tally

FAILED, MISUSED, INTERRUPTED = 1, 2, 130
"""Exit statuses: an article failed; bad usage; ended before its end."""

app = typer.Typer(
    help="Indonesian news into data: officials with their posts, quotes with their speakers, places, dates and topics.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Resources = Annotated[
    Path | None, typer.Option("--resources", metavar="DIR", help="Your own tables on top of ours (docs/extending.md).")
]


def main() -> NoReturn:
    """What the console script runs."""
    try:
        app()
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    sys.exit(0)


@app.callback()
def common(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=lambda wanted: _version(wanted), help="Say which version."),
    ] = False,
) -> None:
    """Options before the command."""


@app.command()
def extract(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="An article as text or as a page (.html); - for standard input.")
    ],
    id: Annotated[str | None, typer.Option(help="Its id; otherwise a hash of source and text.")] = None,
    title: Annotated[str | None, typer.Option(help="Its headline.")] = None,
    published: Annotated[
        str | None, typer.Option(help='When it appeared: "2024-06-20", "20 Juni 2024 14:05 WIB".')
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Where it appeared.")] = None,
    url: Annotated[str | None, typer.Option(help="Its address.")] = None,
    resources: Resources = None,
    table: Annotated[bool, typer.Option("--table", help="Tables for people instead of JSON.")] = False,
) -> None:
    """Print the record of one article."""
    from beritaextract.batch.single import read_article
    from beritaextract.pipeline import extract as extract_record
    from beritaextract.pipeline import load

    with _faults_said():
        known = {"id": id, "title": title, "published": published, "outlet": outlet, "url": url}
        article = read_article(file, known)
        record = extract_record(article, nlp=load(resources=resources))
        if table:
            from beritaextract.display.terminal import print_tables

            print_tables(record)
        else:
            sys.stdout.buffer.write(record.to_bytes(indent=True) + b"\n")
            sys.stdout.buffer.flush()


@app.command()
def convert(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...", help="Files, folders or patterns; - for standard input.", show_default=False
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            "-o",
            "--out",
            metavar="OUT",
            help=".jsonl, .jsonl.gz, .jsonl.zst, .parquet, .duckdb, or a folder of tables: OUT/",
            show_default=False,
        ),
    ],
    tables: Annotated[
        str | None,
        typer.Option(metavar="parquet|csv", help="OUT is a folder of flat tables: Parquet (as OUT/) or CSV."),
    ] = None,
    fields: Annotated[
        str | None, typer.Option(metavar="NAME,…", help="Only these fields of the record; schema and id always.")
    ] = None,
    workers: Annotated[
        str, typer.Option(metavar="N|auto", help="Processes; auto is one a core, fewer where memory is short.")
    ] = "auto",
    unordered: Annotated[bool, typer.Option("--unordered", help="Write records as they come.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="No more than so many articles.")] = None,
    timeout: Annotated[
        float, typer.Option(min=0, help="Seconds after which an article is given up as a failure; 0 is never.")
    ] = 30,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace OUT if it is there.")] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run that did not finish, or begin if there is none.")
    ] = False,
    format: Annotated[
        str | None,
        typer.Option(help="What the inputs are, whatever their names: txt, html, jsonl, json, csv, tsv, parquet."),
    ] = None,
    id_column: Annotated[str | None, typer.Option(help="The column of the id.")] = None,
    text_column: Annotated[str | None, typer.Option(help="The column of the text.")] = None,
    html_column: Annotated[str | None, typer.Option(help="The column of the page.")] = None,
    title_column: Annotated[str | None, typer.Option(help="The column of the headline.")] = None,
    published_column: Annotated[str | None, typer.Option(help="The column of the date.")] = None,
    outlet_column: Annotated[str | None, typer.Option(help="The column of the outlet.")] = None,
    url_column: Annotated[str | None, typer.Option(help="The column of the address.")] = None,
    resources: Resources = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")] = False,
) -> None:
    """Turn many articles into records: every one becomes a record in OUT or a failure in OUT.failures.jsonl.

    Reads .txt .html .htm .jsonl .ndjson .json .csv .tsv .parquet, .gz and .zst of these, folders and patterns.
    """
    from beritaextract.batch.convert import InterruptedRunError, Options
    from beritaextract.batch.convert import convert as convert_all
    from beritaextract.batch.inputs import FORMATS

    if overwrite and resume:
        raise typer.BadParameter("either --overwrite or --resume")
    if format is not None and format not in FORMATS:
        raise typer.BadParameter(f"{format} is none of {', '.join(FORMATS)}", param_hint="--format")
    named = {
        "id": id_column,
        "text": text_column,
        "html": html_column,
        "title": title_column,
        "published": published_column,
        "outlet": outlet_column,
        "url": url_column,
    }
    options = Options(
        columns={field: column for field, column in named.items() if column},
        format=format,
        resources=resources,
        fields=tuple(name.strip() for name in fields.split(",") if name.strip()) if fields else (),
        tables=_tables(out, tables),
        workers=_workers(workers),
        unordered=unordered,
        limit=limit,
        timeout=timeout or None,
        overwrite=overwrite,
        resume=resume,
    )
    with _faults_said(), _progress(quiet) as on_progress:
        try:
            tally = convert_all(inputs, Path(out), options=options, on_progress=on_progress)
        except InterruptedRunError as fault:
            _say(str(fault))
            raise typer.Exit(INTERRUPTED if str(fault).startswith("interrupted") else FAILED) from None
    _say_tally(tally, Path(out), quiet)
    if tally.failures:
        raise typer.Exit(FAILED)


app.command()(explain)
app.command()(merge)
app.command()(score)


@app.command()
def report(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="RECORDS...", help="Files that convert wrote: .jsonl, .gz, .zst; - for input.", show_default=False
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("-o", "--out", metavar="REPORT.html", help="Replaced if it is there.", show_default=False),
    ],
    lang: Annotated[str, typer.Option(help="Language of its labels: id or en.")] = "id",
    title: Annotated[str | None, typer.Option(help="Its heading; otherwise the names of the files.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="No more than so many articles, the first of the batch.")] = 20_000,
    passages: Annotated[
        bool, typer.Option("--passages", help="Only the beginnings of texts and what stands round quotes.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")] = False,
) -> None:
    """Make one page of a batch of records: search, filters, who is quoted most and on what, a map, a timeline.

    The page holds all it needs and opens in any browser, without the network.
    """
    from beritaextract.report import report_files

    if lang not in ("id", "en"):
        raise typer.BadParameter(f"{lang} is neither id nor en", param_hint="--lang")
    with _faults_said():
        made = report_files(
            inputs, out, lang="en" if lang == "en" else "id", title=title, limit=limit, passages=passages
        )
    if made.in_batch > made.articles:
        _say(
            f"the first {made.articles:,} articles of {made.in_batch:,}; --limit takes more, and a page slower to open"
        )
    if not (made.whole_texts or passages):
        _say("the texts are too long for one page: it holds their beginnings and the passages round quotes")
    if not quiet:
        _say(f"{made.articles:,} articles, {made.quotes:,} quotes in {out} ({made.size / 1e6:.1f} MB)")


@app.command()
def schema() -> None:
    """Print the JSON Schema of the record."""
    from beritaextract.schema import schema_text

    sys.stdout.write(schema_text())


@app.command()
def examples(
    pages: Annotated[bool, typer.Option("--pages", help="The two saved pages too.")] = False,
) -> None:
    """Print the example articles as JSON lines, for convert to try."""
    from beritaextract.example_articles import example_rows

    for row in example_rows(pages=pages):
        print(json.dumps(row, ensure_ascii=False))


def _version(wanted: bool) -> None:
    if wanted:
        print(f"beritaextract {beritaextract.__version__}")
        raise typer.Exit


@contextmanager
def _faults_said() -> Iterator[None]:
    """An error of ours becomes a line on standard error and an exit status."""
    try:
        yield
    except ArticleError as fault:
        _say(str(fault))
        raise typer.Exit(FAILED) from None
    except BeritaExtractError as fault:
        _say(str(fault))
        raise typer.Exit(MISUSED) from None


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[Tally], None] | None]:
    """A bar on a terminal, a line a minute in a pipe."""
    if quiet:
        yield None
        return
    from beritaextract.batch.progress import progress_bar, progress_log

    with progress_bar() if sys.stderr.isatty() else progress_log() as update:
        yield update


def _tables(out: str, tables: str | None) -> Literal["parquet", "csv"] | None:
    """The format of the tables, None where OUT is no folder."""
    if tables is None:
        return "parquet" if out.endswith(("/", os.sep)) else None
    if tables == "parquet":
        return "parquet"
    if tables == "csv":
        return "csv"
    raise typer.BadParameter(f"{tables} is neither parquet nor csv", param_hint="--tables")


def _workers(given: str) -> int:
    """The number; 0 for auto."""
    if given == "auto":
        return 0
    if not given.isdecimal():
        raise typer.BadParameter(f"{given} is neither a number nor auto", param_hint="--workers")
    return int(given)


def _say_tally(tally: Tally, out: Path, quiet: bool) -> None:
    if not quiet:
        _say(f"{tally.records:,} records in {out} ({tally.seconds:.1f} s, {tally.rate:.0f} articles/s)")
    if tally.failures:
        _say(f"{tally.failures:,} failures in {out}.failures.jsonl:")
        for reason in tally.reasons:
            print(f"  {reason}", file=sys.stderr)
        if tally.failures > len(tally.reasons):
            print("  …", file=sys.stderr)


def _say(message: str) -> None:
    print(f"beritaextract: {message}", file=sys.stderr)
