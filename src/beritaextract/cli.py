"""The command line: ``beritaextract extract``, ``convert``, ``report`` … Thin; the work is done elsewhere."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

import beritaextract
from beritaextract.batch.command import convert
from beritaextract.commands import FAILED, ArticleFile, Outlet, Published, Quiet, Resources, Title, faults_said, say
from beritaextract.evaluation.command import score
from beritaextract.explanation.command import explain
from beritaextract.registry.command import merge

app = typer.Typer(
    help="Indonesian news into data: officials with their posts, quotes with their speakers, places, dates and topics.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

RecordFiles = Annotated[
    list[str],
    typer.Argument(
        metavar="RECORDS...", help="Files that convert wrote: .jsonl, .gz, .zst; - for input.", show_default=False
    ),
]
ReportPage = Annotated[
    Path, typer.Option("-o", "--out", metavar="REPORT.html", help="Replaced if it is there.", show_default=False)
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
    file: ArticleFile,
    id: Annotated[str | None, typer.Option(help="Its id; otherwise a hash of source and text.")] = None,
    title: Title = None,
    published: Published = None,
    outlet: Outlet = None,
    url: Annotated[str | None, typer.Option(help="Its address.")] = None,
    resources: Resources = None,
    table: Annotated[bool, typer.Option("--table", help="Tables for people instead of JSON.")] = False,
) -> None:
    """Print the record of one article."""
    from beritaextract.batch.single import read_article
    from beritaextract.pipeline import extract as extract_record
    from beritaextract.pipeline import load

    with faults_said():
        known = {"id": id, "title": title, "published": published, "outlet": outlet, "url": url}
        article = read_article(file, known)
        record = extract_record(article, nlp=load(resources=resources))
        if table:
            from beritaextract.display.terminal import print_tables

            print_tables(record)
        else:
            sys.stdout.buffer.write(record.to_bytes(indent=True) + b"\n")
            sys.stdout.buffer.flush()


for command in (convert, explain, merge, score):
    app.command()(command)


@app.command()
def report(
    inputs: RecordFiles,
    out: ReportPage,
    lang: Annotated[str, typer.Option(help="Language of its labels: id or en.")] = "id",
    title: Annotated[str | None, typer.Option(help="Its heading; otherwise the names of the files.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="No more than so many articles, the first of the batch.")] = 20_000,
    passages: Annotated[
        bool, typer.Option("--passages", help="Only the beginnings of texts and what stands round quotes.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Make one page of a batch of records: search, filters, who is quoted most and on what, a map, a timeline.

    The page holds all it needs and opens in any browser, without the network.
    """
    from beritaextract.report import report_files

    if lang not in ("id", "en"):
        raise typer.BadParameter(f"{lang} is neither id nor en", param_hint="--lang")
    with faults_said():
        made = report_files(
            inputs, out, lang="en" if lang == "en" else "id", title=title, limit=limit, passages=passages
        )
    if made.in_batch > made.articles:
        say(f"the first {made.articles:,} articles of {made.in_batch:,}; --limit takes more, and a page slower to open")
    if not (made.whole_texts or passages):
        say("the texts are too long for one page: it holds their beginnings and the passages round quotes")
    if not quiet:
        say(f"{made.articles:,} articles, {made.quotes:,} quotes in {out} ({made.size / 1e6:.1f} MB)")


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
