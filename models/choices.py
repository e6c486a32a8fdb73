"""Choices among candidates, as the recipes fit them: a conditional logit and how often its best candidate is right."""

from __future__ import annotations

from collections.abc import Sequence

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
