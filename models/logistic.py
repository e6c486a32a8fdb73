"""A logistic regression by Newton's method, pulled towards where it starts: what two recipes fit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

_STEPS = 30


def logistic(x: Numbers, y: Numbers, *, start: Numbers, pull: Numbers, count: Numbers | float = 1.0) -> Numbers:
    """The weights of the columns of ``x`` (findings, features) that best tell ``y`` (1 right, 0 wrong) of each row.

    ``pull`` is how hard each weight is held at ``start``; ``count`` how much each row counts.
    """
    weights = start
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (count * (y - p)) - pull * (weights - start)
        curve = (x * (count * p * (1 - p))[:, None]).T @ x + np.diag(pull)
        weights = weights + np.linalg.solve(curve, gradient)
    return weights
