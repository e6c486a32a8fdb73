"""A linear-chain conditional random field: read from its file, and asked for the labels of sentences and how sure they are."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import srsly

from beritaextract.components.entity_features import (
    EDGE,
    FEATURES,
    OFFSETS,
    EntityFeatures,
    Sentence,
    WordKnowledge,
)
from beritaextract.errors import ModelError

Numbers = npt.NDArray[np.float32]

FORMAT = "beritaextract-entities"

OUTSIDE = "O"
"""The label of words in no entity; the others are B-KIND for the first word of one and I-KIND for the rest."""

_REACH = max(OFFSETS)
_WORDS_KEPT = 50_000
_LONGEST = 120
"""Words of a sentence labelled in one go; a longer one is cut (a list without a full stop)."""


@dataclass(frozen=True)
class EntityModel:
    """Weights by feature and label, one matrix a convention of labelling, and what the corpus taught of words.

    ``weights[convention][row[feature]]`` has one number a label; ``transitions[convention][a, b]`` weighs label ``b`` behind
    label ``a``. ``about`` says how the model was made (seed, data, figures).
    """

    labels: tuple[str, ...]
    row: Mapping[str, int]
    weights: Mapping[str, Numbers]
    transitions: Mapping[str, Numbers]
    knowledge: WordKnowledge
    about: Mapping[str, Any]

    @property
    def conventions(self) -> tuple[str, ...]:
        """The ways of labelling that the model knows, the first one the default."""
        return tuple(self.weights)

    def to_bytes(self) -> bytes:
        """The model's file: numbers of 16 bits, compressed."""
        data = {
            "format": FORMAT,
            "features": FEATURES,
            "labels": list(self.labels),
            "names": "\n".join(self.row),
            "weights": {name: _pack(matrix) for name, matrix in self.weights.items()},
            "transitions": {name: _pack(matrix) for name, matrix in self.transitions.items()},
            "clusters": _pack_table(self.knowledge.clusters),
            "usage": _pack_table(self.knowledge.usage),
            "about": dict(self.about),
        }
        return zlib.compress(bytes(srsly.msgpack_dumps(data)))

    @classmethod
    def from_bytes(cls, data: bytes, *, path: str | Path = "model") -> EntityModel:
        """The model of ``to_bytes``. Raises ModelError when it is none, or made for other features."""
        try:
            read = srsly.msgpack_loads(zlib.decompress(data))
        except (zlib.error, ValueError):
            raise ModelError(f"{path}: no entity model (not readable)") from None
        if not isinstance(read, dict) or read.get("format") != FORMAT:
            raise ModelError(f"{path}: no entity model")
        if read["features"] != FEATURES:
            raise ModelError(
                f"{path}: trained for version {read['features']} of the features, this library reads version {FEATURES}; "
                "train it again (make train) or install the library that it was made with"
            )
        size = len(read["labels"])
        return cls(
            labels=tuple(read["labels"]),
            row={name: k for k, name in enumerate(read["names"].split("\n"))},
            weights={name: _unpack(packed, size) for name, packed in read["weights"].items()},
            transitions={name: _unpack(packed, size) for name, packed in read["transitions"].items()},
            knowledge=WordKnowledge(_unpack_table(read["clusters"]), _unpack_table(read["usage"])),
            about=read["about"],
        )


def _pack(matrix: Numbers) -> bytes:
    return matrix.astype("<f2").tobytes()


def _unpack(packed: bytes, columns: int) -> Numbers:
    return np.frombuffer(packed, dtype="<f2").reshape(-1, columns).astype(np.float32)


def _pack_table(table: Mapping[str, str]) -> str:
    return "\n".join(f"{word} {cells}" for word, cells in table.items())


def _unpack_table(packed: str) -> dict[str, str]:
    parted = (line.partition(" ") for line in packed.split("\n"))
    return {word: cells for word, blank, cells in parted if blank}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence's best labels (indices), and for each word the probability of each label."""

    labels: list[int]
    shares: Numbers


class Decoder:
    """Labels sentences under one convention of a model."""

    def __init__(self, model: EntityModel, features: EntityFeatures, convention: str | None) -> None:
        name = convention or model.conventions[0]
        if name not in model.weights:
            raise ModelError(f"no convention {name!r} in the entity model; there are {', '.join(model.conventions)}")
        self._features = features
        self._row = model.row
        self._weights = np.vstack([model.weights[name], np.zeros((1, len(model.labels)), np.float32)])
        self._transitions = model.transitions[name]
        self._size = len(model.labels)
        self._forget()

    def _forget(self) -> None:
        """Start the store of words' weights anew, so that memory stays flat."""
        self._place_of: dict[str, int] = {}
        self._store = np.zeros((1024, len(OFFSETS), self._size), np.float32)

    def label(self, found: Sequence[Sentence]) -> list[Labelled]:
        """The labels of each sentence."""
        if len(self._place_of) > _WORDS_KEPT:
            self._forget()
        scores = [part for sentence in found for part in _cut(self._scores(sentence))]
        if not scores:
            return []
        batch = _Batch(scores, self._transitions)
        parts = [Labelled(labels, shares) for labels, shares in zip(batch.best(), batch.shares(), strict=True)]
        return list(_joined(parts, found))

    def _scores(self, sentence: Sentence) -> Numbers:
        """What each word's features say for each label."""
        edges = [self._place(EDGE)] * _REACH
        places = np.array([*edges, *map(self._place, sentence.words), *edges])
        n = len(sentence.words)
        total = np.zeros((n, self._size), np.float32)
        for k, offset in enumerate(OFFSETS):
            total += self._store[places[_REACH + offset : _REACH + offset + n], k]
        rows, starts = self._rows_in_place(sentence)
        total += np.add.reduceat(self._weights[rows], starts, axis=0)
        return total

    def _rows_in_place(self, sentence: Sentence) -> tuple[list[int], list[int]]:
        """Rows of the weights of all features in place, and where each word's begin; every word has one at least."""
        row, none = self._row, len(self._weights) - 1
        rows: list[int] = []
        starts: list[int] = []
        for features in self._features.in_place(sentence):
            starts.append(len(rows))
            rows.append(none)
            rows += [row[feature] for feature in features if feature in row]
        return rows, starts

    def _place(self, word: str) -> int:
        """Where the store has the summed weights of a word, seen from each offset."""
        place = self._place_of.get(word)
        if place is not None:
            return place
        place = self._place_of[word] = len(self._place_of)
        if place >= len(self._store):
            self._store = np.concatenate([self._store, np.zeros_like(self._store)])
        for k, features in enumerate(self._features.of_word(word)):
            rows = [self._row[feature] for feature in features if feature in self._row]
            self._store[place, k] = self._weights[rows].sum(axis=0)
        return place


def _cut(scores: Numbers) -> Iterator[Numbers]:
    """Scores of a long sentence in parts."""
    for start in range(0, len(scores), _LONGEST):
        yield scores[start : start + _LONGEST]


def _joined(parts: Sequence[Labelled], found: Sequence[Sentence]) -> Iterator[Labelled]:
    """The parts of each sentence as one."""
    rest = iter(parts)
    for sentence in found:
        own = [next(rest) for _ in range(0, len(sentence.words), _LONGEST)]
        yield Labelled([x for part in own for x in part.labels], np.concatenate([part.shares for part in own]))


class _Batch:
    """Sentences labelled side by side, a step a word: Viterbi for the best labels, forward-backward for the shares."""

    def __init__(self, scores: Sequence[Numbers], transitions: Numbers) -> None:
        order = sorted(range(len(scores)), key=lambda i: -len(scores[i]))
        self._place = {i: k for k, i in enumerate(order)}
        self._lengths = [len(scores[i]) for i in order]
        self._scores = np.zeros((len(order), self._lengths[0], len(transitions)), np.float32)
        for k, i in enumerate(order):
            self._scores[k, : len(scores[i])] = scores[i]
        self._transitions = transitions

    @cached_property
    def _alive(self) -> list[int]:
        """How many sentences (the longest come first) have a word at each step."""
        lengths = np.array(self._lengths)
        return [int((lengths > step).sum()) for step in range(self._lengths[0])]

    def best(self) -> list[list[int]]:
        """The likeliest labels of each sentence, in the order given."""
        best = self._scores[:, 0].copy()
        back = np.zeros(self._scores.shape, np.int8)
        for step in range(1, self._scores.shape[1]):
            alive = self._alive[step]
            ways = best[:alive, :, None] + self._transitions
            back[:alive, step] = ways.argmax(axis=1)
            best[:alive] = ways.max(axis=1) + self._scores[:alive, step]
        last = best.argmax(axis=1).tolist()
        paths = [_walk(back[k, : self._lengths[k]].tolist(), last[k]) for k in range(len(last))]
        return [paths[self._place[i]] for i in range(len(paths))]

    def shares(self) -> list[Numbers]:
        """The probability of each label at each word, by sentence in the order given."""
        odds = np.exp(self._scores - self._scores.max(axis=2, keepdims=True)).astype(np.float64)
        turn = np.exp(self._transitions - self._transitions.max()).astype(np.float64)
        forward, backward = np.zeros_like(odds), np.ones_like(odds)
        steps = odds.shape[1]
        forward[:, 0] = odds[:, 0] / odds[:, 0].sum(axis=1, keepdims=True)
        for step in range(1, steps):
            alive = self._alive[step]
            ahead = (forward[:alive, step - 1] @ turn) * odds[:alive, step]
            forward[:alive, step] = ahead / ahead.sum(axis=1, keepdims=True)
        for step in range(steps - 2, -1, -1):
            alive = self._alive[step + 1]
            behind = (odds[:alive, step + 1] * backward[:alive, step + 1]) @ turn.T
            backward[:alive, step] = behind / behind.sum(axis=1, keepdims=True)
        both = forward * backward
        both /= np.maximum(both.sum(axis=2, keepdims=True), 1e-300)
        return [
            both[self._place[i], : self._lengths[self._place[i]]].astype(np.float32) for i in range(len(self._place))
        ]


def _walk(back: Sequence[Sequence[int]], last: int) -> list[int]:
    """The labels on the way back from the last one."""
    path = [last]
    for step in range(len(back) - 1, 0, -1):
        path.append(back[step][path[-1]])
    return path[::-1]
