"""``beritaextract merge``: the register of officials of a batch."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def merge(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Records as convert wrote them: .jsonl, .parquet, .duckdb, folders, -.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", metavar="OUT", help=".json, .jsonl, .csv, .popolo.json or .duckdb", show_default=False
        ),
    ],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace OUT if it is there.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")] = False,
) -> None:
    """Merge the officials of many records: one row a person and post, with the times and the articles that say so."""
    from beritaextract.errors import InputError
    from beritaextract.registry.formats import check_name, write
    from beritaextract.registry.reading import read_sightings
    from beritaextract.registry.register import Register

    try:
        check_name(out)
        if out.exists() and not overwrite:
            raise InputError(f"{out}: is there already; --overwrite replaces it")
        sightings, records = read_sightings(inputs)
        made = Register(sightings)
        write(made, out)
    except InputError as fault:
        print(f"beritaextract: {fault}", file=sys.stderr)
        raise typer.Exit(2) from None
    if not quiet:
        said = (
            f"{made.people:,} people in {len(made):,} posts, from {len(sightings):,} sightings in {records:,} records"
        )
        print(f"beritaextract: {said}: {out}", file=sys.stderr)
