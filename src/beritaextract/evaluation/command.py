"""``beritaextract score``: how good records are, by a user's own annotations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from beritaextract.commands import Json, Resources, faults_said


def score(
    annotations: Annotated[
        Path, typer.Argument(metavar="ANNOTATIONS", help="Annotated articles, JSON lines (docs/scoring.md).")
    ],
    records: Annotated[
        str | None,
        typer.Argument(metavar="RECORDS", help="The records to score, JSON lines; without them they are made now."),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="Every error, by article and layer.")] = False,
    resources: Resources = None,
    as_json: Json = False,
) -> None:
    """Score records on articles that you annotated: precision, recall, F1, and every error."""
    import orjson

    from beritaextract.batch.written import read_records
    from beritaextract.evaluation.annotations import read_annotations
    from beritaextract.evaluation.judging import score as score_records
    from beritaextract.pipeline import load
    from beritaextract.runs import extract_many

    with faults_said():
        annotated = read_annotations(annotations)
        if records is None:
            found = extract_many((a.article() for a in annotated), nlp=load(resources=resources))
        else:
            found = read_records(records)
        scores = score_records(found, annotated)
    if as_json:
        figures = {"layers": scores.to_dict(), "missing": scores.missing}
        print(orjson.dumps(figures).decode())  # orjson: no figure is null
    else:
        print(scores)
    if errors:
        print("\n".join(map(str, scores.errors)), file=sys.stderr if as_json else sys.stdout)
