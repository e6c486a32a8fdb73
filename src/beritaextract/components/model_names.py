"""Names that the trained model sees where the rules alone are not sure enough."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from beritaextract.components.names import Found, NameFinder
from beritaextract.components.wordline import BREAK, Line
from beritaextract.layers import EntityRow, read
from beritaextract.lexicon import Lexicon

_LEAST_SHARE = 0.3
_MOST = 8.0
_COMMON = -2.0
_OFTEN = 3

_BRANDED = re.compile(r"[A-Z]{2}|[a-z]{3}[A-Z]")
"""Capitals that a name hardly has in its first and last word: "PKLM", "Pangarsa RFC", "KopiTani"."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A row of ``model_name_weights.tsv``: what speaks for a name of the model's, or against it, and how much.

    ``name`` stands in the ``example`` and is what the model takes for a person there.
    """

    feature: str
    weight: float
    name: str
    example: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A person of the layer ``entities`` that the rules did not find: word indices, and the ``evidence`` by feature."""

    start: int
    end: int
    evidence: dict[str, float]


class ModelNames:
    """Takes or leaves persons of the layer ``entities`` in runs of capitalised words that the rules took for no name.

    A logistic regression over what the model says and what stands round the name: "ganda putra |Fajar Alamsyah|/Rinto Salim",
    "|Rudi|, pemilik tambal ban"; a name of a thing or place ("Pesantren Al Falah") is none for the model's saying so. The
    weights come from models/doubtful_names.py.
    """

    def __init__(self, lexicon: Lexicon, names: NameFinder) -> None:
        self._names = names
        rows = {row.feature: row.weight for row in lexicon.rows("model_name_weights", Weight)}
        self._threshold = rows.pop("threshold")
        self.weights = rows

    def find(self, doc: Doc, line: Line, rest: Sequence[tuple[int, int]], found: Sequence[Found]) -> list[Found]:
        """The names to take beside those ``found``, in the runs ``rest``; their weight is the log odds of being right."""
        new = []
        for one in self.doubtful(doc, line, rest, found):
            weight = sum(self.weights[feature] * value for feature, value in one.evidence.items())
            if weight > self._threshold:
                start, end = one.start, one.end
                new.append(Found(start, end, "model", weight, line.heading[start], [], [], None, start, end))
        return new

    def doubtful(
        self, doc: Doc, line: Line, rest: Sequence[tuple[int, int]], found: Sequence[Found]
    ) -> Iterator[Doubtful]:
        """The persons that the model sees in ``rest`` and that may be names by their words, with the evidence."""
        taken = {i for name in found for i in range(name.before, name.after)}
        named = {name.before: name for name in found}
        runs = sorted(rest)
        starts = [start for start, _ in runs]
        seen = list(_persons(doc, line))
        near = {(name.before, name.after) for name in found} | {(start, end) for start, end, _ in seen}
        often = Counter(tuple(line.key[start:end]) for start, end, _ in seen)
        begins, ends = {start for start, _ in near}, {end for _, end in near}
        for start, end, row in seen:
            k = bisect_right(starts, start) - 1
            if k < 0 or end > runs[k][1] or not taken.isdisjoint(range(start, end)):
                continue
            if self._is_somebodys(line, start, named.get(end)):
                continue
            words = self._names.weigh_words(line, runs[k], start, end)
            if words is not None:
                share, times = row["score"], often[tuple(line.key[start:end])]
                evidence = {
                    "always": 1.0,
                    "share": min(_MOST, math.log(share / max(1e-6, 1 - share))),
                    "words": words[0],
                    "behind": words[1],
                    "again": float(min(_OFTEN, times) - 1),
                    "organization": row.get("organization", 0.0),
                    **dict.fromkeys(self._round(line, start, end, begins, ends), 1.0),
                }
                yield Doubtful(start, end, evidence)

    def _round(self, line: Line, start: int, end: int, begins: set[int], ends: set[int]) -> Iterator[str]:
        """What else is to be said of words ``start`` to ``end``, where names (known or seen) begin and end."""
        gap = line.gap[start]
        if end - start == 1:
            yield "lone"
            if gap == "(":
                yield "alias" if start in ends else "bracket"
        if gap == "/" and start not in ends:
            yield "dash"
        if not line.heading[start] and any(_BRANDED.search(line.text[i]) for i in (start, end - 1)):
            yield "capitals"
        if line.key[start] in self._names.tables.words["particle"]:
            yield "particle"
        if self._is_beside(line, start, end, begins, ends):
            yield "beside"
        if self._goes_on(line, start, end):
            yield "part"
        keys = set(line.key[start:end])
        if any(shape == "l" and key in keys for key, shape in zip(line.key, line.shape, strict=True)):
            yield "small"

    def _is_beside(self, line: Line, start: int, end: int, begins: set[int], ends: set[int]) -> bool:
        """Is another name listed right before or behind: "Siti dan |Ani|", "|Takuro|/Yugo", "Rafli, |Yance|"?"""
        joins = self._names.tables.words["joins"]
        if start in ends and line.gap[start] in (",", "/"):
            return True
        if start - 1 in ends and not line.gap[start] and line.key[start - 1] in joins:
            return True
        if end >= len(line):
            return False
        if end in begins and line.gap[end] in (",", "/"):
            return True
        return end + 1 in begins and not line.gap[end + 1] and line.key[end] in joins

    def _goes_on(self, line: Line, start: int, end: int) -> bool:
        """Does a capitalised word stand right beside, which the model left out: "Grup |Pangarsa| Muda"?

        Not one that opens the sentence and is part of no name: "Kemudian |Pangarsa| pulang".
        """
        if end < len(line) and not line.gap[end] and line.shape[end] in "CU":
            return True
        before = start - 1
        if before < 0 or line.gap[start] or line.shape[before] not in "CU":
            return False
        return line.gap[before] != BREAK or self._names.tables.score(line, before) > _COMMON

    def _is_somebodys(self, line: Line, start: int, following: Found | None) -> bool:
        """Is it what a person in commas behind it belongs to? "pengelola pasar |Sari Wening|, Juwondo, berkata"."""
        if following is None or line.gap[following.before] != "," or line.gap[start] or line.shape[start - 1] != "l":
            return False
        end, joins = following.after, self._names.tables.words["joins"]
        return end < len(line) and line.gap[end] == "," and line.shape[end] == "l" and line.key[end] not in joins


def _persons(doc: Doc, line: Line) -> Iterator[tuple[int, int, EntityRow]]:
    """(first word, word behind the last, row) of the persons that the model sees."""
    for span, row in read(doc, "entities"):
        if span.label_ == "PERSON" and row["score"] >= _LEAST_SHARE:
            words = [line.at[token] for token in range(span.start, span.end) if token in line.at]
            if words:
                yield words[0], words[-1] + 1, row


def without(rest: Sequence[tuple[int, int]], seen: Sequence[Found]) -> Iterator[tuple[int, int]]:
    """What is left of runs where names are taken out."""
    starts = {name.start: name.end for name in seen}
    for start, end in rest:
        at = start
        for i in range(start, end):
            if i in starts and i >= at:
                if at < i:
                    yield at, i
                at = starts[i]
        if at < end:
            yield at, end
