"""What the news corpus teaches of words: groups of words that stand in like places, and what the rules find them part of."""

from __future__ import annotations

import math
import pickle
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import svds
from spacy.tokens import Doc

from beritaextract import load
from beritaextract.article import Article
from beritaextract.components.entity_features import WordKnowledge
from beritaextract.layers import extra, read, words
from beritaextract.pipeline import make_doc
from corpus import read_rows

SEED = 7
ARTICLES = 21_523
"""Rows of the corpus that are read, from its beginning."""

SIZES = ((64, 40), (256, 80), (1000, 100))
"""Groups of words: how many, and of how many dimensions of the vectors."""

_CHAIN = ("segments", "marks", "sentences", "titles", "toponyms", "organizations", "people")
_LONGEST = 6000
_LEAST = 4
_CONTEXTS = 8000
_DIMENSIONS = 100
_OFFSETS = (-2, -1, 1, 2)
_ROUNDS = 12
_SURE = 0.9
_STEPS = (0.02, 0.1, 0.3, 0.6, 0.85)

Vectors = npt.NDArray[np.float32]
Tagged = tuple[list[str], list[str]]


@dataclass(frozen=True, slots=True)
class Reading:
    """One article: its sentences of content as words, and the label that the rules give each word ("" for none)."""

    sentences: list[Tagged]


def read_corpus(shared: Path, cache: Path) -> list[Reading]:
    """All articles as the rules read them, but for those of gold; kept in ``cache``, as this takes minutes."""
    if not cache.is_file():
        cache.parent.mkdir(parents=True, exist_ok=True)
        readings = list(_readings(shared))
        with cache.open("wb") as out:
            pickle.dump(readings, out, protocol=pickle.HIGHEST_PROTOCOL)
        return readings
    with cache.open("rb") as kept:
        found: list[Reading] = pickle.load(kept)
    return found


def _readings(shared: Path) -> Iterator[Reading]:
    nlp = load(model=None)
    chain = [nlp.get_pipe(name) for name in _CHAIN]
    apart = {_edges(row["text"]) for row in read_rows(shared / "gold" / "dev.jsonl")}
    for row in islice(read_rows(shared / "corpus" / "articles.jsonl.gz"), ARTICLES):
        if "glued_words" in (row.get("flags") or []) or _edges(row["text"]) in apart:
            continue
        known = {name: row.get(name) or None for name in ("title", "outlet", "url")}
        with nlp.memory_zone():
            doc = make_doc(nlp, Article(row["text"], **known))
            if len(doc) <= _LONGEST:
                for component in chain:
                    doc = component(doc)
                yield Reading(list(_sentences(doc)))


def _edges(text: str) -> str:
    """How a text begins, which tells articles apart."""
    return " ".join(text.split())[:200]


def _sentences(doc: Doc) -> Iterator[Tagged]:
    view = words(doc)
    labels = [""] * len(view)
    for layer, label in (("toponyms", "LOC"), ("organizations", "ORG"), ("people", "PER")):
        for span, row in read(doc, layer):
            if layer == "people" and extra(doc, layer, "persons")[row["person"]]["confidence"] <= _SURE:
                continue
            if not row.get("unit"):
                labels[span.start : span.end] = [label] * (span.end - span.start)
    for sentence in doc.sents:
        at = [i for i in range(sentence.start, sentence.end) if view.content[i] and not view.text[i].isspace()]
        if at:
            yield [view.text[i] for i in at], [labels[i] for i in at]


def learn(readings: Sequence[Reading]) -> WordKnowledge:
    """Clusters and usage of the words of a corpus."""
    return WordKnowledge(dict(clusters(readings)), dict(usage(readings)))


def clusters(readings: Iterable[Reading]) -> Iterator[tuple[str, str]]:
    """Each word with its groups: k-means over vectors of the words beside it."""
    forms, counts, vectors = word_vectors([sentence for reading in readings for sentence, _ in reading.sentences])
    weights = np.log1p(counts).astype(np.float32)
    groups = [kmeans(vectors[:, :dimensions], size, weights) for size, dimensions in SIZES]
    for i, form in enumerate(forms):
        yield form, " ".join(str(group[i]) for group in groups)


def word_vectors(sentences: Iterable[Sequence[str]]) -> tuple[list[str], npt.NDArray[np.int64], Vectors]:
    """Forms of four occurrences and more, their counts, and a unit vector each.

    Canonical correlation of a word with the words at each of four places beside it, on square roots of counts (Stratos,
    Collins and Hsu 2015, "Model-based word embeddings from decompositions of count matrices").
    """
    distinct = list({tuple(re.sub(r"\d", "0", word) for word in sentence) for sentence in sentences})
    distinct.sort()
    count = Counter(word for sentence in distinct for word in sentence)
    forms = sorted((w for w, n in count.items() if n >= _LEAST), key=lambda w: (-count[w], w))
    matrix = _contexts(distinct, forms)
    matrix.data = np.sqrt(matrix.data)
    row, column = (np.sqrt(np.asarray(matrix.power(2).sum(axis=axis)).ravel()) for axis in (1, 0))
    scaled = sparse.diags(1 / np.sqrt(row + 1e-9)) @ matrix @ sparse.diags(1 / np.sqrt(column + 1))
    left, values, _ = svds(scaled.astype(np.float32), k=_DIMENSIONS, random_state=SEED)
    order = np.argsort(-values)
    vectors = (left[:, order] * values[order]).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    return forms, np.array([count[w] for w in forms]), vectors


def _contexts(sentences: Sequence[Sequence[str]], forms: Sequence[str]) -> sparse.csr_matrix:
    """How often each form stands beside each of the commonest ones, by place; all others count as one."""
    row = {word: i for i, word in enumerate(forms)}
    other, edge, width = _CONTEXTS, _CONTEXTS + 1, _CONTEXTS + 2
    rows, columns = [], []
    for sentence in sentences:
        places = np.array([row.get(word, -1) for word in sentence], np.int32)
        beside = np.where((places < 0) | (places >= _CONTEXTS), other, places)
        padded = np.concatenate([[edge, edge], beside, [edge, edge]])
        for k, offset in enumerate(_OFFSETS):
            rows.append(places)
            columns.append((padded[2 + offset : 2 + offset + len(places)] + k * width).astype(np.int32))
    at, beside = np.concatenate(rows), np.concatenate(columns)
    known = at >= 0
    ones = np.ones(int(known.sum()), np.float32)
    return sparse.coo_matrix((ones, (at[known], beside[known])), shape=(len(forms), width * len(_OFFSETS))).tocsr()


def kmeans(vectors: Vectors, size: int, weights: Vectors) -> npt.NDArray[np.int32]:
    """The group of each vector: spherical k-means of weighted points from a fixed seed."""
    random = np.random.default_rng(SEED)
    centres = vectors[random.choice(min(len(vectors), 12_000), size, replace=False)].copy()
    group = np.empty(len(vectors), np.int32)
    for _ in range(_ROUNDS):
        for start in range(0, len(vectors), 8192):
            group[start : start + 8192] = np.argmax(vectors[start : start + 8192] @ centres.T, axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, group, vectors * weights[:, None])
        empty = np.bincount(group, minlength=size) == 0
        sums[empty] = vectors[random.choice(len(vectors), int(empty.sum()))]
        centres = sums / (np.linalg.norm(sums, axis=1, keepdims=True) + 1e-9)
    return group


def usage(readings: Iterable[Reading]) -> Iterator[tuple[str, str]]:
    """Of each word that three sentences have: how often it is capitalised, what the rules find it part of, how frequent it is.

    Shares are steps from 0 to 5; of what it is part an article counts once. A sentence's first word tells of no case.
    """
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    part: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for reading in readings:
        here: set[tuple[str, str]] = set()
        for sentence, labels in reading.sentences:
            for i, (word, label) in enumerate(zip(sentence, labels, strict=True)):
                if word[:1].isalpha():
                    capital[word.lower()] += word[0].isupper() and i > 0
                    small[word.lower()] += not word[0].isupper()
                    if label or (word[0].isupper() and i > 0):
                        here.add((word.lower(), label))
        for word, label in here:
            part[word][label] += 1
    for word in sorted({*capital, *small}):
        total, of = capital[word] + small[word], part[word]
        if total >= 3 and " " not in word:
            articles = sum(of.values())
            known = articles >= 2 and capital[word] >= 2
            shares = "".join(str(_step(of[label] / articles)) for label in ("PER", "ORG", "LOC")) if known else "-"
            yield word, f"{_step(capital[word] / total)} L{shares} f{min(6, int(2 * math.log10(total)))}"


def _step(share: float) -> int:
    return sum(share >= step for step in _STEPS)
