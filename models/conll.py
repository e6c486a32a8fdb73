"""Read entity corpora in CoNLL form, one word a line, and score labels against them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

KINDS = {
    "PER": "PERSON",
    "PERSON": "PERSON",
    "ORG": "ORGANIZATION",
    "ORGANISATION": "ORGANIZATION",
    "ORGANIZATION": "ORGANIZATION",
    "LOC": "LOCATION",
    "LOCATION": "LOCATION",
    "PLACE": "LOCATION",
}
"""The corpora's labels in our words."""

Tagged = tuple[list[str], list[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """Entities right, found too many and missed: the same words with the same label, as seqeval counts."""

    right: int
    spurious: int
    missed: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.spurious + self.missed)


def read_conll(path: Path) -> list[Tagged]:
    """Sentences as words and their labels (O, B-KIND, I-KIND); the first cell of a line is the word, the last the label."""
    sentences: list[Tagged] = []
    words: list[str] = []
    labels: list[str] = []
    for line in [*path.read_text(encoding="utf8").splitlines(), ""]:
        cells = line.split()
        if len(cells) >= 2:
            words.append(cells[0])
            labels.append(_label(cells[-1]))
        elif words:
            sentences.append((words, labels))
            words, labels = [], []
    return sentences


def _label(cell: str) -> str:
    place, _, kind = cell.partition("-")
    return f"{place}-{KINDS[kind]}" if kind else cell


def spans(labels: Sequence[str]) -> set[tuple[int, int, str]]:
    """The entities that labels say: (first word, word behind the last, kind)."""
    found: set[tuple[int, int, str]] = set()
    start, kind = -1, ""
    for i, label in enumerate([*labels, "O"]):
        place, _, this = label.partition("-")
        if start >= 0 and (place != "I" or this != kind):
            found.add((start, i, kind))
            start = -1
        if place == "B" or (place == "I" and start < 0):
            start, kind = i, this
    return found


def score(gold: Iterable[Sequence[str]], predicted: Iterable[Sequence[str]]) -> dict[str, Score]:
    """Scores by kind and, under "all", of all kinds together."""
    right, spurious, missed = Counter[str](), Counter[str](), Counter[str]()
    for wanted, got in zip(map(spans, gold), map(spans, predicted), strict=True):
        for count, found in ((right, wanted & got), (spurious, got - wanted), (missed, wanted - got)):
            count.update(kind for _, _, kind in found)
            count["all"] += len(found)
    return {kind: Score(right[kind], spurious[kind], missed[kind]) for kind in ("all", *sorted(set(KINDS.values())))}
