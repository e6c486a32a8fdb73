"""Counts of what was right, and the figures made of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from math import nan

LAYERS: dict[str, str] = {
    "people": "people",
    "posts": "posts: the right person and overlapping words",
    "officials": "officials: person, post, title, acting, former and area all right",
    "direct_quotes": "direct quotes",
    "direct_speakers": "direct quotes with the right speaker",
    "indirect_quotes": "indirect and mixed quotes",
    "indirect_speakers": "indirect and mixed quotes with the right speaker",
    "places": "places, by code",
    "dates": "dates, by value",
}
"""What is scored, and what counts as right."""

_RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that is not right. ``kind`` is missed (annotated, not found), spurious (found, not annotated) or wrong.

    ``expected`` is what the annotation says, ``found`` what the record says; None where there is nothing.
    """

    id: str
    layer: str
    kind: str
    expected: str | None
    found: str | None

    def __str__(self) -> str:
        if self.kind == "wrong":
            return f"{self.id}: {self.layer}: wrong: expected {self.expected}, found {self.found}"
        return f"{self.id}: {self.layer}: {self.kind}: {self.expected or self.found}"


@dataclass(frozen=True, slots=True)
class Score:
    """How many were ``right``, ``spurious`` (found, not annotated) and ``missed`` (annotated, not found).

    A figure that nothing can be said of (the precision of no findings) is not a number.
    """

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.spurious + other.spurious, self.missed + other.missed)

    @property
    def annotated(self) -> int:
        """How many there are."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """Of what was found, the share that is right."""
        return self.right / (self.right + self.spurious) if self.right + self.spurious else nan

    @property
    def recall(self) -> float:
        """Of what there is, the share that was found."""
        return self.right / self.annotated if self.annotated else nan

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        every = 2 * self.right + self.spurious + self.missed
        return 2 * self.right / every if every else nan


@dataclass(slots=True)
class Verdict:
    """The judgement of one article, as it grows."""

    id: str
    counts: dict[str, Score] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)

    def judges(self, *layers: str) -> None:
        """Say that these layers are annotated here, even if nothing is in them."""
        for layer in layers:
            self.counts.setdefault(layer, Score())

    def right(self, layer: str) -> None:
        """One is right."""
        self.counts[layer] += Score(right=1)

    def missed(self, layer: str, expected: str) -> None:
        """One is annotated and was not found."""
        self.counts[layer] += Score(missed=1)
        self.errors.append(Error(self.id, layer, "missed", expected, None))

    def spurious(self, layer: str, found: str) -> None:
        """One was found and is not annotated."""
        self.counts[layer] += Score(spurious=1)
        self.errors.append(Error(self.id, layer, "spurious", None, found))

    def wrong(self, layer: str, expected: str, found: str) -> None:
        """One was found, and is not as annotated: it counts as missed and as spurious."""
        self.counts[layer] += Score(spurious=1, missed=1)
        self.errors.append(Error(self.id, layer, "wrong", expected, found))


class Scores(Mapping[str, Score]):
    """The score of each layer that was annotated, with every error.

    ``missing`` are the ids of annotated articles that have no record: all they hold counts as missed.
    """

    def __init__(self, verdicts: Sequence[Verdict], missing: Sequence[str] = ()) -> None:
        self.articles = len(verdicts)
        self.missing = tuple(missing)
        self.errors = tuple(error for verdict in verdicts for error in verdict.errors)
        self._counts = [verdict.counts for verdict in verdicts]
        self._layers = [layer for layer in LAYERS if any(layer in counts for counts in self._counts)]

    def __getitem__(self, layer: str) -> Score:
        if layer not in self._layers:
            raise KeyError(f"{layer}: scored are {', '.join(self._layers) or 'no layers'}")
        return _sum(self._counts, layer)

    def __iter__(self) -> Iterator[str]:
        return iter(self._layers)

    def __len__(self) -> int:
        return len(self._layers)

    def interval(self, layer: str) -> tuple[float, float]:
        """Where F1 lies in 95 of 100 samples of as many articles (percentile bootstrap over articles, always the same)."""
        counts = [c for c in self._counts if layer in c]
        dice = random.Random(0)
        drawn = (_sum(dice.choices(counts, k=len(counts)), layer).f1 for _ in range(_RESAMPLES))
        values = sorted(value for value in drawn if value == value)
        if not values:
            return nan, nan
        return values[int(0.025 * len(values))], values[int(0.975 * len(values))]

    def to_dict(self) -> dict[str, dict[str, float]]:
        """Precision, recall, F1 and how many are annotated, a layer."""
        return {
            layer: {"precision": s.precision, "recall": s.recall, "f1": s.f1, "annotated": s.annotated}
            for layer, s in self.items()
        }

    def _rows(self) -> list[tuple[str, ...]]:
        return [
            (layer, *map(_figure, (s.precision, s.recall, s.f1)), _range(*self.interval(layer)), str(s.annotated))
            for layer, s in self.items()
        ]

    def __str__(self) -> str:
        lines = [f"{'':18}{'P':>7}{'R':>7}{'F1':>7}{'95 % of F1':>14}{'annotated':>11}"]
        lines += [f"{name:18}{p:>7}{r:>7}{f1:>7}{near:>14}{many:>11}" for name, p, r, f1, near, many in self._rows()]
        return "\n".join(lines + self._notes())

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        """The same as a table, for notebooks."""
        heads = ("", "P", "R", "F1", "95 % of F1", "annotated")
        rows = [(escape(LAYERS[layer]), *figures) for layer, *figures in self._rows()]
        cells = ["".join(f"<td style='white-space:nowrap'>{cell}</td>" for cell in row) for row in rows]
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        head = "".join(f"<th>{cell}</th>" for cell in heads)
        notes = "".join(f"<p>{escape(note)}</p>" for note in self._notes())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"

    def _notes(self) -> list[str]:
        some = ", ".join(self.missing[:5]) + ", …" * (len(self.missing) > 5)
        return [f"{len(self.missing)} of {self.articles} articles have no record: {some}"] if self.missing else []


def _sum(counts: Sequence[Mapping[str, Score]], layer: str) -> Score:
    return sum((c[layer] for c in counts if layer in c), Score())


def _figure(value: float) -> str:
    return "–" if value != value else f"{value:.3f}"


def _range(low: float, high: float) -> str:
    return "–" if low != low else f"{low:.3f}–{high:.3f}"
