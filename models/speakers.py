"""Fit the weights of data/speaker_weights.tsv on annotated quotes, measured by cross-validation over articles.

    python models/speakers.py ../shared/gold/dev.jsonl [--write]

Every quote that the library finds is one choice among its candidates. The weights are a conditional logit with a pull
towards the table's present values, so that evidence that the sample rarely shows keeps the weight it was given. The printed
accuracies are of quotes in held-out folds; ``--write`` puts the weights of all articles into the table.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

import beritaextract
from beritaextract.components.descriptions import Candidate
from beritaextract.components.speakers import SpeakerLinker
from beritaextract.layers import extra, read
from choices import Choice, share_right, shares

FOLDS = 5
PULL = 0.05
STEPS = 400


class Recorder(SpeakerLinker):
    """A speaker stage that keeps the candidates of every quote."""

    def __init__(self) -> None:
        super().__init__("recorder")
        self.seen: list[tuple[Any, list[Candidate]]] = []

    def _speaker(self, scene: Any, quote: Any, last: Any) -> Any:
        self.seen.append((quote, scene.candidates(quote, last)[0]))
        return super()._speaker(scene, quote, last)


def words(text: str | None) -> list[str]:
    """Lower-cased words."""
    return re.findall(r"\w+", (text or "").casefold())


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Intersection over union of two spans of characters."""
    inter = min(a[1], b[1]) - max(a[0], b[0])
    return max(inter, 0) / (max(a[1], b[1]) - min(a[0], b[0]))


def choices(doc: Doc, article: dict[str, Any], recorder: Recorder, names: Sequence[str]) -> Iterator[Choice]:
    """The quotes of one article that are annotated and have a right candidate."""
    recorder.seen.clear()
    recorder.find(doc)
    forms = {p["name"]: [words(f) for f in [p["name"], *p.get("aliases", [])]] for p in article["people"]}
    persons = extra(doc, "people", "persons", [])
    gold = [
        (q["speaker"], (at, at + len(q["text"]))) for q in article["quotes"] if (at := doc.text.find(q["text"])) >= 0
    ]
    spans = [(span.start_char, span.end_char) for span, row in read(doc, "quotes") if row["link"] is None]
    for span, (_, candidates) in zip(spans, recorder.seen, strict=False):
        speaker = next((s for s, at in gold if overlap(span, at) >= 0.5), None)
        if speaker is None or len(candidates) < 2:
            continue
        wanted = forms.get(speaker, [words(speaker)])
        right = np.array([any(is_same(doc, c, persons, w) for w in wanted) for c in candidates])
        if right.any():
            yield np.array([[c.features.get(n, 0.0) for n in names] for c in candidates]), right


def is_same(doc: Doc, candidate: Candidate, persons: Sequence[dict[str, Any]], wanted: list[str]) -> bool:
    """Is this candidate the annotated speaker?"""
    if candidate.person < 0 or candidate.person >= len(persons):
        return False
    person = persons[candidate.person]
    return any(words(form) == wanted for form in [person["name"], *person["aliases"]])


def fit(data: Sequence[Choice], prior: np.ndarray) -> np.ndarray:
    """Weights by gradient ascent on the log-likelihood of the right candidates, pulled towards ``prior``."""
    weights = prior.copy()
    for _ in range(STEPS):
        gradient = -PULL * len(data) * (weights - prior) / 10
        for features, right in data:
            p = shares(features, weights)
            target = p * right
            gradient += features.T @ (target / target.sum() - p)
        weights += 0.5 * gradient / max(1, len(data))
    return weights


def main() -> int:
    """Fit, measure and print; write with ``--write``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true", help="put the weights into the table")
    args = parser.parse_args()
    recorder = Recorder()
    names = list(recorder.weights)
    prior = np.array([recorder.weights[n] for n in names])
    nlp = beritaextract.load()
    articles = [json.loads(line) for line in args.gold.read_text(encoding="utf8").splitlines() if line.strip()]
    by_article = [list(choices(nlp(a["text"]), a, recorder, names)) for a in articles]
    held = []
    for fold in range(FOLDS):
        train = [c for n, found in enumerate(by_article) if n % FOLDS != fold for c in found]
        test = [c for n, found in enumerate(by_article) if n % FOLDS == fold for c in found]
        weights = fit(train, prior)
        held.append((len(test), share_right(test, prior), share_right(test, weights)))
    total = sum(n for n, _, _ in held)
    print(
        f"{total} quotes with a choice; right: table {sum(n * a for n, a, _ in held) / total:.3f}, "
        f"fitted, held out {sum(n * b for n, _, b in held) / total:.3f}"
    )
    weights = fit([c for found in by_article for c in found], prior)
    for name, before, after in zip(names, prior, weights, strict=True):
        print(f"{name:16}{before:7.2f}{after:7.2f}")
    if args.write:
        write(dict(zip(names, weights, strict=True)))
    return 0


def write(weights: dict[str, float]) -> None:
    """Put the weights into the packaged table, everything else in it as it was."""
    path = Path(str(files("beritaextract").joinpath("data", "speaker_weights.tsv")))
    lines = []
    for line in path.read_text(encoding="utf8").splitlines():
        name, tab, rest = line.partition("\t")
        if name in weights:
            line = f"{name}{tab}{weights[name]:.2f}\t{rest.partition(chr(9))[2]}"
        lines.append(line)
    path.write_text("\n".join(lines) + "\n", encoding="utf8")


if __name__ == "__main__":
    sys.exit(main())
