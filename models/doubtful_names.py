"""Fit data/model_name_weights.tsv: which names that only the entity model sees are taken.

    python models/doubtful_names.py ../shared [--write]

``doubtful_names_read.tsv`` holds such names in articles of the news corpus with one reader's judgement. A logistic regression
from the evidence to the judgement, pulled towards nothing; a name counts once an article, however often it stands there. What
is printed is of articles that the fit did not see. Nothing is random: the same files give the same table.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

import beritaextract
from beritaextract.article import Article
from beritaextract.components.model_names import Doubtful
from beritaextract.components.people import PersonFinder
from beritaextract.pipeline import make_doc
from choices import write_weights
from corpus import read_rows
from logistic import logistic
from tables import table

FOLDS = 10
PULL = 1.0
"""How strongly each weight is held at 0, in observations."""

THRESHOLDS = (-0.5, 0.0, 0.3, 0.6, 0.9, 1.2, 1.5)


class Judged(NamedTuple):
    """A name in an article, its evidence, and whether it is a person's."""

    article: str
    name: str
    evidence: dict[str, float]
    right: bool


def judged(corpus: Path) -> Iterator[Judged]:
    """The judgements about names that the model still sees; SystemExit when the corpus has another text."""
    rows: dict[str, dict[tuple[int, int], bool]] = {}
    texts = {}
    for row in table("doubtful_names_read"):
        rows.setdefault(row["id"], {})[int(row["start"]), int(row["end"])] = row["right"] == "yes"
        texts[row["id"]] = row["text"]
    for article in read_rows(corpus):
        if article["id"] not in rows:
            continue
        if hashlib.sha256(article["text"].encode()).hexdigest()[:12] != texts[article["id"]]:
            raise SystemExit(f"{corpus}: {article['id']} is not the text that doubtful_names_read.tsv judges")
        here = rows[article["id"]]
        for start, end, one in doubtful({k: article.get(k) or None for k in ("text", "title", "outlet", "url")}):
            if (start, end) in here:
                yield Judged(article["id"], article["text"][start:end], one.evidence, here[start, end])


_nlp = beritaextract.load()


def doubtful(article: dict[str, str | None]) -> Iterator[tuple[int, int, Doubtful]]:
    """The names of an article that only the model sees, with where they begin and end in its text."""
    doc = make_doc(_nlp, Article(**article))  # type: ignore[arg-type]
    for _, component in _nlp.pipeline:
        if isinstance(component, PersonFinder):
            line, rest, found, again = component.by_rules(doc)
            for one in component.model_names.doubtful(doc, line, rest, [*found, *again]):
                span = doc[line.first[one.start] : line.last[one.end - 1]]
                yield span.start_char, span.end_char, one
            return
        doc = component(doc)


def fit(items: Sequence[Judged], features: Sequence[str]) -> np.ndarray:
    """Weights of the features, by Newton's method."""
    x = np.array([[item.evidence.get(feature, 0.0) for feature in features] for item in items])
    y = np.array([float(item.right) for item in items])
    often = Counter((item.article, item.name) for item in items)
    count = np.array([1 / often[item.article, item.name] for item in items])
    size = len(features)
    return logistic(x, y, start=np.zeros(size), pull=np.full(size, PULL), count=count)


def held_out(items: Sequence[Judged], features: Sequence[str]) -> dict[tuple[str, str], tuple[float, bool]]:
    """Of each name of an article the highest sum of weights fitted without that article, and whether it is right."""
    articles = sorted({item.article for item in items})
    best: dict[tuple[str, str], tuple[float, bool]] = {}
    for fold in range(FOLDS):
        out = set(articles[fold::FOLDS])
        weights = fit([item for item in items if item.article not in out], features)
        for item in items:
            if item.article in out:
                total = float(sum(w * item.evidence.get(f, 0.0) for w, f in zip(weights, features, strict=True)))
                key = item.article, item.name
                best[key] = max(best.get(key, (-np.inf, item.right)), (total, item.right))
    return best


def main() -> int:
    """Fit, measure and print; write with ``--write``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true", help="write the table")
    args = parser.parse_args()
    items = list(judged(args.shared / "corpus" / "articles.jsonl.gz"))
    finder = _nlp.get_pipe("people")
    assert isinstance(finder, PersonFinder)
    features = list(finder.model_names.weights)
    best = held_out(items, features)
    print(f"{len(best)} names, {sum(right for _, right in best.values())} right")
    for threshold in THRESHOLDS:
        taken = [right for total, right in best.values() if total > threshold]
        print(f"above {threshold:4}: {sum(taken)} of {len(taken)} right, {np.mean(taken or [0]):.3f}")
    weights = dict(zip(features, fit(items, features).tolist(), strict=True))
    print("\n".join(f"{feature}\t{weight:.2f}" for feature, weight in weights.items()))
    if args.write:
        write_weights("model_name_weights", weights)
    return 0


if __name__ == "__main__":
    sys.exit(main())
