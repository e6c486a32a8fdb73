"""Train the topic model: a softmax over words, from the outlets' own sections and from the table of telling words.

    python models/topics.py ../shared src/beritaextract/data/topic_model.json.gz

A label is what ``topic_sections.tsv`` says of the article's section, or, where that says nothing, the topic that the words
of ``data/topic_words.tsv`` in its first 150 words clearly speak for. Two numbers that turn scores into probabilities are
fitted on the gold articles, which the model itself never sees. Plain numpy, a fixed seed, about six minutes on one core.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson

from beritaextract.components.topics import Phrases, broader, count, labels, log_shares, read_model, topic_words
from beritaextract.lexicon import packaged
from corpus import HOUSES, Words, read_rows, read_words
from tables import table

CODES = tuple(code for code in labels() if code not in broader())
TERMS = 6000
WORDS_SAY = 0.4
THRESHOLD = 0.4


@dataclass(frozen=True)
class Rows:
    """A sparse matrix: the terms of article i are ``terms[start[i]:start[i + 1]]``, with their values."""

    start: np.ndarray
    terms: np.ndarray
    values: np.ndarray

    def take(self, rows: np.ndarray) -> Rows:
        """Some of the rows."""
        lengths = self.start[rows + 1] - self.start[rows]
        at = np.concatenate([np.arange(self.start[r], self.start[r + 1]) for r in rows])
        return Rows(np.concatenate([[0], np.cumsum(lengths)]), self.terms[at], self.values[at])

    def dot(self, weights: np.ndarray) -> np.ndarray:
        """Scores of the rows, one column a topic."""
        sums = np.cumsum(weights[self.terms] * self.values[:, None], axis=0, dtype=np.float64)
        sums = np.vstack([np.zeros((1, weights.shape[1])), sums])
        return np.asarray(sums[self.start[1:]] - sums[self.start[:-1]])


def sections() -> dict[tuple[str, str], list[str]]:
    """(kind, value) -> topic codes, from ``topic_sections.tsv``."""
    rows = table("topic_sections")
    return {(r["kind"], r["value"]): [f"medtop:{t}000000" for t in r["topics"].split("|")] for r in rows}


def section_label(article: Words, labels: dict[tuple[str, str], list[str]]) -> list[str]:
    """Topics of an article's section; categories like "F. Konstruksi, O. Pemerintahan" name several."""
    address = re.match(r"https?://([^/]+)/([^/]*)", article.url)
    if address:
        host, folder = address.groups()
        for told in (("host", host), ("section", f"{host}/{folder}")):
            if told in labels:
                return labels[told]
    parts = re.split(r", (?=[A-Z]+\. )", article.category)
    return sorted({code for part in parts for code in labels.get(("category", part.strip().lower()), ())})


def weak_label(evidence: np.ndarray) -> int | None:
    """The topic that the telling words clearly speak for, or None."""
    first, second = np.argsort(-evidence, kind="stable")[:2]
    return int(first) if evidence[first] >= 1.5 and evidence[first] >= 1.3 * evidence[second] else None


def vocabulary(counts: list[dict[str, float]], houses: list[str]) -> tuple[dict[str, int], np.ndarray]:
    """The most widespread words and their idf; a word must be used by six houses, so that no house's habits count."""
    spread: dict[str, set[str]] = {}
    seen: Counter[str] = Counter()
    for words, house in zip(counts, houses, strict=True):
        seen.update(words)
        for word in words:
            spread.setdefault(word, set()).add(house)
    terms = sorted(
        (t for t, n in seen.items() if n >= 8 and len(t) > 2 and len(spread[t]) >= 6), key=lambda t: (-seen[t], t)
    )[:TERMS]
    return {t: i for i, t in enumerate(terms)}, np.round(np.log(len(counts) / np.array([seen[t] for t in terms])), 2)


def matrix(counts: list[dict[str, float]], index: dict[str, int], idf: np.ndarray) -> Rows:
    """The articles as unit vectors of log counts times idf."""
    start, terms, values = [0], [], []
    for words in counts:
        at = np.array([index[w] for w in words if w in index], dtype=np.int64)
        x = np.log1p(np.array([n for w, n in words.items() if w in index])) * idf[at]
        terms.append(at)
        values.append(x / (np.linalg.norm(x) or 1))
        start.append(start[-1] + len(at))
    return Rows(np.array(start), np.concatenate(terms), np.concatenate(values))


def fit(rows: Rows, wanted: np.ndarray, say: np.ndarray, terms: int, epochs: int = 12) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias of the softmax, by AdaGrad; ``say`` is each article's weight."""
    rng = np.random.default_rng(0)
    weights, bias = np.zeros((terms, len(CODES))), np.zeros(len(CODES))
    speed, bias_speed = np.full_like(weights, 1e-8), np.full_like(bias, 1e-8)
    for _ in range(epochs):
        for batch in np.array_split(rng.permutation(len(wanted)), max(1, len(wanted) // 512)):
            part = rows.take(batch)
            scores = part.dot(weights) + bias
            shares = np.exp(scores - scores.max(axis=1, keepdims=True))
            shares /= shares.sum(axis=1, keepdims=True)
            slope = (shares - wanted[batch]) * say[batch][:, None] / len(batch)
            used, place = np.unique(part.terms, return_inverse=True)
            step = np.zeros((len(used), len(CODES)))
            np.add.at(step, place, np.repeat(slope, np.diff(part.start), axis=0) * part.values[:, None])
            step += 1e-5 * weights[used]
            speed[used] += step**2
            weights[used] -= 0.3 * step / np.sqrt(speed[used])
            bias_speed += slope.sum(axis=0) ** 2
            bias -= 0.3 * slope.sum(axis=0) / np.sqrt(bias_speed)
    return weights, bias


def pack(
    index: dict[str, int], idf: np.ndarray, weights: np.ndarray, bias: np.ndarray, slope: float, intercept: float
) -> bytes:
    """The model as gzipped JSON, weights as whole numbers of a fiftieth."""
    unit = 0.02
    terms = {t: [float(idf[i]), *np.round(weights[i] / unit).astype(int).tolist()] for t, i in index.items()}
    told = {
        "codes": CODES,
        "unit": unit,
        "bias": np.round(bias, 3).tolist(),
        "words": WORDS_SAY,
        "slope": round(slope, 3),
    }
    data = orjson.dumps({**told, "intercept": round(intercept, 3), "threshold": THRESHOLD, "terms": terms})
    return gzip.compress(data, mtime=0)


def calibrate(shares: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Slope and intercept of the logistic from log share to "is one of the article's topics", by Newton's method."""
    x, y = np.stack([shares.ravel(), np.ones(shares.size)], axis=1), truth.ravel().astype(float)
    theta = np.array([1.0, 0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ theta))
        theta += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2), x.T @ (y - p))
    return float(theta[0]), float(theta[1])


class Trainer:
    """The labelled articles of the corpus, and what is learnt from them."""

    def __init__(self, articles: list[Words], phrases: Phrases) -> None:
        labels = sections()
        column = {code: i for i, code in enumerate(CODES)}
        self.counts, self.houses, wanted, sure = [], [], [], []
        for article in articles:
            told = [column[code] for code in section_label(article, labels)]
            weak = weak_label(phrases.weigh([*article.title, *article.text][:150])) if not told else None
            if not told and weak is None:
                continue
            y = np.zeros(len(CODES))
            y[told or [weak]] = 1 / max(1, len(told))
            self.counts.append(count(article.text, article.title))
            self.houses.append(article.house)
            wanted.append(y)
            sure.append(bool(told))
        self.wanted, self.sure = np.array(wanted), np.array(sure)
        sizes = np.bincount(self.wanted.argmax(axis=1), minlength=len(CODES))
        even = np.sqrt(400 / np.maximum(sizes, 30)).clip(0.3, 3)
        self.say = np.where(self.sure, 1.0, 0.4) * even[self.wanted.argmax(axis=1)]
        print("labelled articles", dict(zip(CODES, sizes.tolist(), strict=True)))

    def train(self, used: np.ndarray) -> tuple[dict[str, int], np.ndarray, np.ndarray, np.ndarray]:
        """Vocabulary, idf, weights and bias from the articles ``used``."""
        counts = [self.counts[i] for i in used]
        index, idf = vocabulary(counts, [self.houses[i] for i in used])
        return (index, idf, *fit(matrix(counts, index, idf), self.wanted[used], self.say[used], len(index)))

    def held_out(self) -> None:
        """Print how often the first topic is the section's, for each big house when the model never saw that house."""
        houses = np.array(self.houses)
        for house in (name for name, held_out in HOUSES.items() if held_out):
            test, rest = np.flatnonzero((houses == house) & self.sure), np.flatnonzero(houses != house)
            index, idf, weights, bias = self.train(rest)
            first = (matrix([self.counts[i] for i in test], index, idf).dot(weights) + bias).argmax(axis=1)
            print(f"held out {house}: {np.mean(self.wanted[test, first] > 0):.3f} of {len(test)}")


def measure(shares: np.ndarray, truth: np.ndarray) -> None:
    """Print how often the first topic is one of the article's, and the calibration error with each article left out."""
    likely = np.zeros_like(shares)
    for i in range(len(shares)):
        rest = np.arange(len(shares)) != i
        slope, intercept = calibrate(shares[rest], truth[rest])
        likely[i] = 1 / (1 + np.exp(-(slope * shares[i] + intercept)))
    bins = np.minimum((likely * 10).astype(int), 9)
    gaps = [
        abs(likely[bins == b].mean() - truth[bins == b].mean()) * (bins == b).sum()
        for b in range(10)
        if (bins == b).any()
    ]
    kept = likely >= THRESHOLD
    right = (kept & truth).sum()
    print(f"first topic right {np.mean(truth[np.arange(len(truth)), shares.argmax(axis=1)]):.3f}")
    print(f"calibration error {sum(gaps) / likely.size:.3f}")
    print(f"at {THRESHOLD}: precision {right / kept.sum():.3f}, recall {right / truth.sum():.3f}")


def main(shared: Path, out: Path, held_out: bool) -> None:
    """Train, calibrate and write the model; with ``held_out`` also measure it house by house."""
    phrases = Phrases((row for row in topic_words(packaged()) if row.topic in CODES), CODES)
    corpus = read_words(read_rows(shared / "corpus" / "articles.jsonl.gz"))
    trainer = Trainer([article for article in corpus if len(article.text) >= 40], phrases)
    if held_out:
        trainer.held_out()
    index, idf, weights, bias = trainer.train(np.arange(len(trainer.counts)))
    rows = list(read_rows(shared / "gold" / "dev.jsonl"))
    truth = np.array([[code.removeprefix("medtop:") in row["topics"] for code in CODES] for row in rows])
    model = read_model(pack(index, idf, weights, bias, 1, 0))
    found = [log_shares(model, phrases, article.text, article.title) for article in read_words(rows)]
    shares = np.array([np.full(len(CODES), -np.log(len(CODES))) if share is None else share for share in found])
    measure(shares, truth)
    out.write_bytes(pack(index, idf, weights, bias, *calibrate(shares, truth)))
    print(f"{len(index)} terms, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), "--held-out" in sys.argv)
