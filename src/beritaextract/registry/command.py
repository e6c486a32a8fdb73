"""``beritaextract merge``: the register of officials of a batch."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from beritaextract.commands import Overwrite, Quiet, faults_said, say


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
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Merge the officials of many records: one row a person and post, with the times and the articles that say so."""
    from beritaextract.errors import InputError
    from beritaextract.registry.formats import check_name, write
    from beritaextract.registry.reading import read_sightings
    from beritaextract.registry.register import Register

    with faults_said():
        check_name(out)
        if out.exists() and not overwrite:
            raise InputError(f"{out}: is there already; --overwrite replaces it")
        sightings, records = read_sightings(inputs)
        made = Register(sightings)
        write(made, out)
    if not quiet:
        found = f"{made.people:,} people in {len(made):,} posts"
        say(f"{found}, from {len(sightings):,} sightings in {records:,} records: {out}")
