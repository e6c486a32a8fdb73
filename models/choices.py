"""Choices among candidates, as the recipes fit them: a conditional logit pulled towards weights that were argued for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np

Choice = tuple[np.ndarray, np.ndarray]
"""Features (candidates × features) and whether each candidate is right (candidates)."""


def shares(features: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Softmax over the candidates of one choice."""
    scores = features @ weights
    p = np.exp(scores - scores.max())
    return np.asarray(p / p.sum())


def share_right(data: Sequence[Choice], weights: np.ndarray) -> float:
    """Share of choices whose best candidate is right."""
    return float(np.mean([right[np.argmax(features @ weights)] for features, right in data])) if data else 0.0


def log_loss(data: Sequence[Choice], weights: np.ndarray) -> float:
    """Mean negative logarithm of the share that the right candidates get together."""
    return float(-np.mean([np.log(shares(features, weights) @ right) for features, right in data])) if data else 0.0


def fit(data: Sequence[Choice], prior: np.ndarray, *, pull: float, steps: int, lowest: float = -np.inf) -> np.ndarray:
    """Weights by gradient ascent on the log-likelihood of the right candidates, pulled towards ``prior``.

    ``pull`` says how strongly, beside one choice in ten; none gets below ``lowest``.
    """
    weights = prior.copy()
    for _ in range(steps):
        gradient = -pull * len(data) * (weights - prior) / 10
        for features, right in data:
            p = shares(features, weights)
            target = p * right
            gradient += features.T @ (target / target.sum() - p)
        weights = np.maximum(weights + 0.5 * gradient / max(1, len(data)), lowest)
    return weights


def write_weights(table: str, weights: Mapping[str, float]) -> None:
    """Put weights, two digits each, into the second column of a packaged table; everything else in it stays as it is."""
    path = Path(str(files("beritaextract").joinpath("data", f"{table}.tsv")))
    lines = []
    for line in path.read_text(encoding="utf8").splitlines():
        name, tab, rest = line.partition("\t")
        if name in weights:
            line = f"{name}{tab}{weights[name]:.2f}\t{rest.partition(chr(9))[2]}"
        lines.append(line)
    path.write_text("\n".join(lines) + "\n", encoding="utf8")
