"""``beritaextract explain``: why the record of one article is as it is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def explain(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="An article as text or as a page (.html); - for standard input.")
    ],
    only: Annotated[
        str | None, typer.Option(metavar="PART,…", help="Only these: quotes, places, officials, dates, people …")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Its headline.")] = None,
    published: Annotated[str | None, typer.Option(help='When it appeared: "2024-06-20".')] = None,
    outlet: Annotated[str | None, typer.Option(help="Where it appeared.")] = None,
    resources: Annotated[
        Path | None,
        typer.Option("--resources", metavar="DIR", help="Your own tables on top of ours (docs/extending.md)."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines.")] = False,
) -> None:
    """Tell what each stage added to one article and why: rules, candidates and scores. Put it into a bug report."""
    from beritaextract.batch.single import read_article
    from beritaextract.errors import ArticleError, BeritaExtractError
    from beritaextract.explanation.explaining import chosen_parts
    from beritaextract.explanation.explaining import explain as explain_article
    from beritaextract.explanation.terminal import show
    from beritaextract.pipeline import load

    try:
        parts = chosen_parts(only)
        article = read_article(file, {"title": title, "published": published, "outlet": outlet})
        explanation = explain_article(article, nlp=load(resources=resources), only=parts)
    except BeritaExtractError as fault:
        print(f"beritaextract: {fault}", file=sys.stderr)
        raise typer.Exit(1 if isinstance(fault, ArticleError) else 2) from None
    if as_json:
        print(explanation.to_json())
    else:
        show(explanation)
