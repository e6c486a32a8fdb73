"""What the commands share: exit statuses, messages, and the options that several of them have."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from beritaextract.display.markup import printable
from beritaextract.errors import ArticleError, BeritaExtractError

FAILED, MISUSED, INTERRUPTED = 1, 2, 130
"""Exit statuses: an article failed; bad usage; ended before its end."""

ArticleFile = Annotated[
    str, typer.Argument(metavar="FILE", help="An article as text or as a page (.html); - for standard input.")
]
Title = Annotated[str | None, typer.Option(help="Its headline.")]
Published = Annotated[str | None, typer.Option(help='When it appeared: "2024-06-20", "20 Juni 2024 14:05 WIB".')]
Outlet = Annotated[str | None, typer.Option(help="Where it appeared.")]
Resources = Annotated[
    Path | None, typer.Option("--resources", metavar="DIR", help="Your own tables on top of ours (docs/extending.md).")
]
Json = Annotated[bool, typer.Option("--json", help="JSON for machines.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace OUT if it is there.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")]


@contextmanager
def faults_said() -> Iterator[None]:
    """An error of ours becomes a line on standard error and an exit status."""
    try:
        yield
    except BeritaExtractError as fault:
        say(str(fault))
        raise typer.Exit(FAILED if isinstance(fault, ArticleError) else MISUSED) from None


def say(message: str) -> None:
    """A line on standard error."""
    print(f"beritaextract: {printable(message)}", file=sys.stderr)
