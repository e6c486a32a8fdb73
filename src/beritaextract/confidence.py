"""From the score of a rule or model to the probability that the finding is right: the one place where confidences are made."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from beritaextract.lexicon import packaged

_LEAST = 0.0005  # no score is surer than this of being wrong, or right


@dataclass(frozen=True, slots=True)
class Scale:
    """A row of ``confidence.tsv``: what turns the scores of a layer's kind into probabilities (Platt 1999).

    The probability is the logistic of ``slope * log-odds of the score + intercept``; ``kind`` as in the layer, or ``*`` for all.
    """

    layer: str
    kind: str
    slope: float
    intercept: float


class Scales:
    """The rows by layer and kind. Without a row a score stays what it is: ``Scales(())`` gives raw scores."""

    def __init__(self, rows: Iterable[Scale]) -> None:
        self._rows = {(row.layer, row.kind): row for row in rows}

    def probability(self, layer: str, kind: str, score: float) -> float:
        """How likely a finding with this score is right, rounded to three digits; 0 to 1."""
        row = self._rows.get((layer, kind)) or self._rows.get((layer, "*"))
        return round(score if row is None else logistic(row.slope * log_odds(score) + row.intercept), 3)


@lru_cache(maxsize=1)
def scales() -> Scales:
    """The scales as shipped, read once; ``models/calibration.py`` fits them."""
    return Scales(packaged().rows("confidence", Scale, key=lambda row: (row.layer, row.kind)))


def log_odds(score: float) -> float:
    """Logarithm of the odds, of a score kept off 0 and 1."""
    p = min(1 - _LEAST, max(_LEAST, score))
    return math.log(p / (1 - p))


def logistic(x: float) -> float:
    """The probability with these log-odds."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))
