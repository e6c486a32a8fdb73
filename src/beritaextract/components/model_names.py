"""Names that the trained model sees where the rules alone are not sure enough."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from beritaextract.components.names import Found, NameFinder
from beritaextract.components.wordline import Line
from beritaextract.layers import read

_LEAST_SHARE = 0.3
_SAY = 1.2
_PRIOR = -0.7
_THRESHOLD = 1.2
_LONE_THRESHOLD = 3.2
_MOST = 5.0


def seen_by_model(
    doc: Doc, line: Line, rest: Sequence[tuple[int, int]], found: Sequence[Found], names: NameFinder
) -> list[Found]:
    """Persons of the layer ``entities`` in runs of capitalised words that the rules took for no name.

    The model's log odds count beside what the rules know of the words and against them: "ganda putra |Fajar Alamsyah|",
    "|Rudi|, pemilik tambal ban"; a name of a thing or place ("Pesantren Al Falah") is none for the model's saying so.
    """
    named = {name.before: name for name in found}
    taken = {i for name in found for i in range(name.before, name.after)}
    runs = sorted(rest)
    starts = [start for start, _ in runs]
    new = []
    for start, end, share in _persons(doc, line):
        k = bisect_right(starts, start) - 1
        if k < 0 or end > runs[k][1] or not taken.isdisjoint(range(start, end)):
            continue
        if _is_somebodys(line, start, named.get(end), names.tables.words["joins"]):
            continue
        rules = names.weigh_words(line, runs[k], start, end)
        if rules is None:
            continue
        odds = min(_MOST, math.log(share / max(1e-6, 1 - share)))
        weight = _PRIOR + _SAY * odds + rules
        if weight > (_THRESHOLD if end - start > 1 else _LONE_THRESHOLD):
            new.append(Found(start, end, "model", weight, line.heading[start], [], [], None, start, end))
    return new


def _is_somebodys(line: Line, start: int, following: Found | None, joins: frozenset[str]) -> bool:
    """Is it what a person in commas behind it belongs to? "pengelola pasar |Sari Wening|, Juwondo, berkata"."""
    if following is None or line.gap[following.before] != "," or line.gap[start] or line.shape[start - 1] != "l":
        return False
    end = following.after
    return end < len(line) and line.gap[end] == "," and line.shape[end] == "l" and line.key[end] not in joins


def _persons(doc: Doc, line: Line) -> Iterator[tuple[int, int, float]]:
    """(first word, word behind the last, probability) of the persons that the model sees."""
    for span, row in read(doc, "entities"):
        if span.label_ == "PERSON" and row["score"] >= _LEAST_SHARE:
            words = [line.at[token] for token in range(span.start, span.end) if token in line.at]
            if words:
                yield words[0], words[-1] + 1, row["score"]


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
