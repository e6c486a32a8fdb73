"""``beritaextract explain``: why the record of one article is as it is."""

from __future__ import annotations

from typing import Annotated

import typer

from beritaextract.commands import ArticleFile, Json, Outlet, Published, Resources, Title, faults_said


def explain(
    file: ArticleFile,
    only: Annotated[
        str | None, typer.Option(metavar="PART,…", help="Only these: quotes, places, officials, dates, people …")
    ] = None,
    title: Title = None,
    published: Published = None,
    outlet: Outlet = None,
    resources: Resources = None,
    as_json: Json = False,
) -> None:
    """Tell what each stage added to one article and why: rules, candidates and scores. Put it into a bug report."""
    from beritaextract.batch.single import read_article
    from beritaextract.explanation.explaining import chosen_parts
    from beritaextract.explanation.explaining import explain as explain_article
    from beritaextract.explanation.terminal import show
    from beritaextract.pipeline import load

    with faults_said():
        parts = chosen_parts(only)
        article = read_article(file, {"title": title, "published": published, "outlet": outlet})
        explanation = explain_article(article, nlp=load(resources=resources), only=parts)
    if as_json:
        print(explanation.to_json())
    else:
        show(explanation)
