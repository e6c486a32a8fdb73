"""Fit data/confidence.tsv: what makes probabilities of the scores, layer by layer and kind by kind.

    python models/calibration.py ../shared [--write]

Every finding in an annotated article is one observation: its raw score, and whether it is right. Two more sources keep the
rates of articles nobody had read from being overstated, since gold was read while the rules were written: the quotes of
``quotes_read.tsv``, and the counts of ``rates_read.tsv``, which stand at the mean score of their layer. Each row of the table
is a logistic regression on the score's log-odds (Platt), pulled towards leaving the score as it is. What is printed is of
articles that the fit did not see.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

import beritaextract
from beritaextract.article import Article
from beritaextract.assemble import assemble
from beritaextract.confidence import Scale, Scales, log_odds
from beritaextract.pipeline import make_doc
from corpus import read_rows
from logistic import logistic
from reliability import LAYERS, Judged, expected_error, judge, read_lines
from tables import table

FOLDS = 5
PULL = (5.0, 1.0)
"""How strongly slope and intercept are held at 1 and 0, in observations."""

KINDS = {"people": ("*",), "positions": ("*",), "places": ("*",), "quotes": ("direct", "indirect", "mixed")}
TOGETHER = {"mixed": "indirect"}
"""Kinds too rare to be fitted alone, and the kind whose row they share."""

HEAD = """\
# What turns scores into probabilities, by layer and kind (slope and intercept in log-odds). Fitted by models/calibration.py on
# annotated articles and on judgements about articles nobody had read: a number proves itself on many findings, so no examples.
layer	kind	slope	intercept
"""


def raw_records(articles: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The records of articles with the scores as the components give them, by id."""
    nlp = beritaextract.load()
    found = {}
    for article in articles:
        known = {k: article[k] for k in ("id", "title", "published", "outlet", "url") if article.get(k)}
        doc = nlp(make_doc(nlp, Article(article["text"], **known)))
        found[article["id"]] = assemble(doc, Scales(())).to_dict()
    return found


def quotes_read(corpus: Path) -> list[Judged]:
    """The judgements of ``quotes_read.tsv`` about quotes that are still found; SystemExit when the corpus has another text."""
    rows: dict[str, dict[tuple[int, int], bool]] = {}
    texts = {}
    for row in table("quotes_read"):
        rows.setdefault(row["id"], {})[int(row["start"]), int(row["end"])] = row["right"] == "yes"
        texts[row["id"]] = row["text"]
    articles = [a for a in read_rows(corpus) if a["id"] in rows]
    for article in articles:
        if hashlib.sha256(article["text"].encode()).hexdigest()[:12] != texts[article["id"]]:
            raise SystemExit(f"{corpus}: {article['id']} is not the text that quotes_read.tsv judges")
    return [
        Judged(name, "quotes", q["kind"], q["confidence"], rows[name][q["start"], q["end"]])
        for name, record in raw_records(articles).items()
        for q in record["quotes"]
        if (q["start"], q["end"]) in rows[name]
    ]


def rates_read(items: Sequence[Judged]) -> list[Judged]:
    """The counts of ``rates_read.tsv`` as findings at the mean score of their layer."""
    found = []
    for row in table("rates_read"):
        mean = float(np.mean([x.confidence for x in items if x.layer == row["layer"]]))
        found += [Judged("", row["layer"], "*", mean, n < int(row["right"])) for n in range(int(row["judged"]))]
    return found


def platt(items: Sequence[Judged]) -> tuple[float, float]:
    """Slope and intercept of the logistic regression of being right on the score's log-odds, by Newton's method."""
    x = np.array([[log_odds(item.confidence), 1.0] for item in items])
    y = np.array([float(item.right) for item in items])
    theta = logistic(x, y, start=np.array([1.0, 0.0]), pull=np.array(PULL, dtype=float))
    return float(theta[0]), float(theta[1])


def fit(items: Sequence[Judged]) -> list[Scale]:
    """The rows of the table."""
    rows = []
    for layer, kinds in KINDS.items():
        for kind in kinds:
            like = TOGETHER.get(kind, kind)
            here = [x for x in items if x.layer == layer and TOGETHER.get(x.kind, x.kind) == like]
            slope, intercept = platt(here)
            rows.append(Scale(layer, kind, round(slope, 3), round(intercept, 3)))
    return rows


def scaled(items: Iterable[Judged], rows: Iterable[Scale]) -> list[Judged]:
    """The findings with what the rows make of their scores."""
    scales = Scales(rows)
    return [x._replace(confidence=scales.probability(x.layer, x.kind, x.confidence)) for x in items]


def held_out(items: Sequence[Judged], more: Sequence[Judged]) -> list[Judged]:
    """The findings, each with the probability that a fit without its article gives it; ``more`` is in every fit."""
    names = sorted({x.article for x in items})
    found = []
    for fold in range(FOLDS):
        out = set(names[fold::FOLDS])
        rows = fit([*(x for x in items if x.article not in out), *more])
        found += scaled([x for x in items if x.article in out], rows)
    return found


def evidence(shared: Path) -> tuple[list[Judged], list[Judged], list[Judged]]:
    """The raw findings of the annotated articles, those of the quotes read, and the counts."""
    annotated = shared / "gold" / "dev.jsonl"
    gold = judge(annotated, raw_records(read_lines(annotated)))
    return gold, quotes_read(shared / "corpus" / "articles.jsonl.gz"), rates_read(gold)


def report(gold: Sequence[Judged], unread: Sequence[Judged], counted: Sequence[Judged]) -> dict[str, float]:
    """Print the calibration errors, raw and of articles that the fit did not see; the latter of the annotated ones by layer."""
    print(f"{'expected calibration error':28}{'raw':>7}{'held out':>10}")
    errors = {}
    for name, items, honest in (
        ("annotated", gold, held_out(gold, [*unread, *counted])),
        ("not read before", unread, held_out(unread, [*gold, *counted])),
    ):
        for layer in LAYERS:
            here, then = ([x for x in found if x.layer == layer] for found in (items, honest))
            if here:
                raw, held = expected_error(here), expected_error(then)
                print(f"{layer + ', ' + name:28}{raw:7.3f}{held:10.3f}  of {len(here)}")
                errors.setdefault(layer, held)
    return errors


def main() -> int:
    """Fit, measure and print; write with ``--write``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true", help="write the table")
    args = parser.parse_args()
    gold, unread, counted = evidence(args.shared)
    report(gold, unread, counted)
    rows = fit([*gold, *unread, *counted])
    lines = "".join(f"{r.layer}\t{r.kind}\t{r.slope:.3f}\t{r.intercept:.3f}\n" for r in rows)
    print(lines, end="")
    if args.write:
        Path(str(files("beritaextract").joinpath("data", "confidence.tsv"))).write_text(HEAD + lines, encoding="utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
