"""Fit how likely a narrower topic is right: the two numbers ``NARROWER`` of ``components/topics.py``.

    python models/subtopics.py ../shared

Reads the judgements of ``subtopics_read.tsv`` about articles of the news corpus. The probability is a logistic of the evidence
above the least that is asked for, capped at three weights more. Prints the share that is right and the two numbers.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np

from beritaextract.components.topics import LEAST, Phrases, broader, narrow_evidence, topic_words
from beritaextract.lexicon import packaged
from corpus import read_rows, read_words
from tables import table

PRIOR, PULL = np.array([1.5, 1.0]), 1.0


def fit(evidence: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Base and slope of the logistic, pulled towards a guess, by Newton's method."""
    x = np.stack([np.ones_like(evidence), np.minimum(evidence, LEAST + 3) - LEAST], axis=1)
    theta = PRIOR.copy()
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ theta))
        gradient = x.T @ (right - p) - PULL * (theta - PRIOR)
        theta = theta + np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + PULL * np.eye(2), gradient)
    return np.asarray(theta)


def main(shared: Path) -> None:
    """Weigh the articles that were read, fit and print."""
    judged = {(row["id"], row["code"]): row for row in table("subtopics_read")}
    corpus = shared / "corpus" / "articles.jsonl.gz"
    texts = {row["id"]: row["text"] for row in judged.values()}
    articles = [a for a in read_rows(corpus) if a["id"] in texts]
    for article in articles:
        if hashlib.sha256(article["text"].encode()).hexdigest()[:12] != texts[article["id"]]:
            raise SystemExit(f"{corpus}: {article['id']} is not the text that subtopics_read.tsv judges")
    codes = tuple(broader())
    phrases = Phrases((row for row in topic_words(packaged()) if row.topic in codes), codes)
    weights = {
        (article["id"], code): float(weight)
        for article, words in zip(articles, read_words(articles), strict=True)
        for code, weight in zip(codes, narrow_evidence(phrases, words.text, words.title), strict=True)
    }
    pairs = [(weights[key], row["right"] == "yes") for key, row in judged.items() if weights[key] >= LEAST]
    evidence, right = np.array([w for w, _ in pairs]), np.array([float(ok) for _, ok in pairs])
    base, each = fit(evidence, right)
    print(f"{int(right.sum())} of {len(right)} right; NARROWER = ({base:.1f}, {each:.1f})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
