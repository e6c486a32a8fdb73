"""Fit the weights of data/toponym_weights.tsv on annotated articles, measured by cross-validation over articles.

    python models/toponyms.py ../shared/gold/dev.jsonl [--write]

Every area name that can mean several areas and is annotated, as a place or as the area of a post, is one choice among its
readings. The weights are a conditional logit with a pull towards the table's present values, so that evidence that the
sample rarely shows keeps the weight it was given; the floors and the margin are then searched for the best F1 of the places.
What is printed is of held-out folds; ``--write`` puts the weights fitted on all articles into the table.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

import beritaextract
from beritaextract.article import Article
from beritaextract.components.toponym_resolution import Context, Evidence, Resolver, Weight
from beritaextract.components.toponym_scan import Mention
from beritaextract.gazetteer import gazetteer
from beritaextract.layers import read
from beritaextract.lexicon import packaged
from beritaextract.pipeline import make_doc
from choices import Choice, fit, share_right, write_weights

FOLDS = 5
PULL = 1.0
STEPS = 300
LIMITS = {"floor_free": (1.0, 1.5, 2.0, 2.5), "floor_bound": (1.2, 1.7, 2.2, 2.7), "margin": (0.1, 0.25, 0.4, 0.6)}
"""What is no evidence for a reading but a bar that it has to pass, and the values that are tried."""

GAIN = 0.004
"""What a new floor or margin must gain in F1: two areas of the sample, one is chance."""

Weights = dict[str, float]


class Recorder(Resolver):
    """A resolver that keeps every choice it makes, with what it knew then."""

    def __init__(self, weights: Weights) -> None:
        super().__init__(gazetteer(), as_rows(weights))
        self.seen: list[tuple[Mention, tuple[str, ...], Evidence, Context]] = []

    def _choose(self, m: Mention, codes: tuple[str, ...], evidence: Evidence, context: Context) -> None:
        self.seen.append((m, codes, evidence, context))
        super()._choose(m, codes, evidence, context)

    def features(self, names: Sequence[str]) -> Iterator[tuple[Mention, tuple[str, ...], np.ndarray]]:
        """Of every choice the features of its readings: what the score is when one weight is 1 and the others are 0."""
        ones = [Resolver(gazetteer(), as_rows({n: float(n == name) for n in names})) for name in names]
        for m, codes, evidence, context in self.seen:
            if len(codes) > 1:
                yield m, codes, np.array([[one._score(m, c, evidence, context) for one in ones] for c in codes])


def as_rows(weights: Weights) -> list[Weight]:
    """The weights as rows of their table."""
    return [Weight(name, weight, "", "") for name, weight in weights.items()]


def answers(article: dict[str, Any]) -> dict[tuple[int, int], str]:
    """Where in the text an area is annotated, and which one: places wherever they are named, and the areas of posts."""
    text, found = article["text"], {}
    for place in article["places"]:
        at = text.find(place["mention"]) if place.get("code") else -1
        while at >= 0:
            found[at, at + len(place["mention"])] = place["code"]
            at = text.find(place["mention"], at + 1)
    for post in (post for person in article["people"] for post in person["positions"]):
        at = text.find(post["mention"])
        if at >= 0 and (post.get("jurisdiction") or "ID") != "ID":
            found[at, at + len(post["mention"])] = post["jurisdiction"]
    return found


def choices(nlp: Language, article: dict[str, Any], names: Sequence[str], weights: Weights) -> list[Choice]:
    """The annotated names of one article that can mean several areas."""
    recorder = Recorder(weights)
    use(nlp, recorder)
    doc = nlp(document(nlp, article))
    marked = answers(article)
    made = []
    for m, codes, features in recorder.features(names):
        start, end = doc[m.name_start].idx, doc[m.end - 1].idx + len(doc[m.end - 1])
        right = {code for (a, b), code in marked.items() if a <= start and end <= b and code in codes}
        if len(right) == 1:
            made.append((features, np.array([c in right for c in codes])))
    return made


def use(nlp: Language, resolver: Resolver) -> None:
    """Let the chain choose with this resolver."""
    toponyms: Any = nlp.get_pipe("toponyms")
    toponyms._resolver = resolver


def document(nlp: Language, article: dict[str, Any]) -> Any:
    """The text with what its page tells, and nothing annotated."""
    return make_doc(nlp, Article(article["text"], **{k: article[k] for k in ("title", "outlet") if article.get(k)}))


class Trial:
    """Runs the chain as far as the places with any weights and counts right, found and annotated codes."""

    def __init__(self, nlp: Language, articles: Sequence[dict[str, Any]]) -> None:
        self._nlp = nlp
        self._articles = articles

    def count(self, weights: Weights, which: Sequence[int]) -> np.ndarray:
        """Codes that are right, found and annotated in these articles."""
        use(self._nlp, Resolver(gazetteer(), as_rows(weights)))
        total = np.zeros(3)
        for n in which:
            doc = self._nlp(document(self._nlp, self._articles[n]))
            got = {row["code"] for _, row in read(doc, "places") if row["code"]}
            want = {place["code"] for place in self._articles[n]["places"] if place.get("code")}
            total += len(got & want), len(got), len(want)
        return total

    def search(self, weights: Weights, which: Sequence[int]) -> Weights:
        """The floors and the margin, each in turn at the value that gives the best F1 in these articles."""
        best, score = dict(weights), scores(self.count(weights, which))[2]
        for name, values in LIMITS.items():
            for value in values:
                tried = best | {name: value}
                reached = scores(self.count(tried, which))[2]
                if reached > score + GAIN:
                    best, score = tried, reached
        return best


def scores(counts: np.ndarray) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    right, found, annotated = counts
    return right / found, right / annotated, 2 * right / (found + annotated)


def main() -> int:
    """Fit, measure and print; write with ``--write``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true", help="put the weights into the table")
    args = parser.parse_args()
    table = {row.feature: row.weight for row in packaged().rows("toponym_weights", Weight)}
    names = [name for name in table if name not in LIMITS]
    prior = np.array([table[n] for n in names])
    articles = [json.loads(line) for line in args.gold.read_text(encoding="utf8").splitlines() if line.strip()]
    nlp = beritaextract.load()
    for name in nlp.pipe_names[nlp.pipe_names.index("places") + 1 :]:
        nlp.remove_pipe(name)
    data = [choices(nlp, article, names, table) for article in articles]
    trial = Trial(nlp, articles)

    def learn(which: Sequence[int]) -> tuple[np.ndarray, Weights]:
        weights = fit([c for n in which for c in data[n]], prior, pull=PULL, steps=STEPS, lowest=0.0)
        return weights, trial.search(table | dict(zip(names, weights, strict=True)), which)

    held, counts, shipped = [], np.zeros(3), np.zeros(3)
    for fold in range(FOLDS):
        train = [n for n in range(len(articles)) if n % FOLDS != fold]
        test = range(fold, len(articles), FOLDS)
        weights, full = learn(train)
        found = [c for n in test for c in data[n]]
        held.append((len(found), share_right(found, prior), share_right(found, weights)))
        counts += trial.count(full, test)
        shipped += trial.count(table, test)
    total = sum(n for n, _, _ in held)
    before, after = (sum(row[0] * row[k] for row in held) / total for k in (1, 2))
    print(f"{total} names with a choice; right: table {before:.3f}, fitted, held out {after:.3f}")
    print("places, table:            P {:.3f} R {:.3f} F1 {:.3f}".format(*scores(shipped)))
    print("places, fitted, held out: P {:.3f} R {:.3f} F1 {:.3f}".format(*scores(counts)))
    full = learn(range(len(articles)))[1]
    print(
        "places, fitted on all:    P {:.3f} R {:.3f} F1 {:.3f}".format(*scores(trial.count(full, range(len(articles)))))
    )
    for name, value in table.items():
        print(f"{name:16}{value:7.2f}{full[name]:7.2f}")
    if args.write:
        write_weights("toponym_weights", full)
    return 0


if __name__ == "__main__":
    sys.exit(main())
