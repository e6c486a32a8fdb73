"""What an article is about, in IPTC Media Topics: the 17 top levels by a linear model over words and a table of telling ones.

A narrower topic is given where its own telling words stand in the title and the start, and its top level is given surely.
"""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import orjson
from spacy.language import Language
from spacy.tokens import Doc

from beritaextract.components.base import TableComponent
from beritaextract.errors import ResourceError
from beritaextract.layers import facts, words
from beritaextract.lexicon import Lexicon, packaged

Numbers = npt.NDArray[np.float64]

LEAD = 60
"""Words at the start of an article, and those of its title, count twice."""

HEAD = 20
"""Words at the start of a text that stand for the title where none is given."""

START = 120
"""Words at the start of an article in which a narrower topic must show; those of its title count again."""

LEAST = 3.0
"""Summed weights that a narrower topic needs."""

SURELY = 0.8
"""Probability that its top level needs."""

NARROWER = (1.4, 1.7)
"""Log-odds that a narrower topic is right at ``LEAST``, and what each further weight adds; of ``models/subtopics.py``."""

_WORD = re.compile(r"[^\W\d_][\w-]*")


@dataclass(frozen=True, slots=True)
class TopicLabel:
    """A row of ``topics.tsv``: a code of IPTC Media Topics with its English and its Indonesian label.

    ``broader`` is the top level of a narrower topic, None for a top level.
    """

    code: str
    name: str
    name_id: str
    example: str
    broader: str | None = None


@dataclass(frozen=True, slots=True)
class TopicWord:
    """A row of ``topic_words.tsv``: a word or phrase ("unjuk rasa") that speaks for a topic, and how loudly."""

    term: str
    topic: str
    weight: float
    example: str


@dataclass(frozen=True, slots=True)
class TopicModel:
    """What ``models/topics.py`` learnt: weights of words, and how a score becomes a probability.

    A word's weight for a topic is ``weights[index[word]] * idf``; ``words`` is the say of the table's words beside the
    model's; a topic's probability is the logistic of ``slope * log share + intercept``.
    """

    codes: tuple[str, ...]
    index: dict[str, int]
    idf: Numbers
    weights: Numbers
    bias: Numbers
    words: float
    slope: float
    intercept: float
    threshold: float


class Phrases:
    """The phrases of ``topic_words.tsv``, found by their first word."""

    def __init__(self, rows: Iterable[TopicWord], codes: Sequence[str]) -> None:
        self._size = len(codes)
        column = {code: i for i, code in enumerate(codes)}
        self._at: dict[str, list[tuple[tuple[str, ...], int, float]]] = defaultdict(list)
        for row in rows:
            if row.topic not in column:
                raise ResourceError(f"topic_words.tsv: {row.term}: there is no topic {row.topic!r}")
            phrase = tuple(row.term.lower().split())
            self._at[phrase[0]].append((phrase, column[row.topic], row.weight))

    def weigh(self, text: Sequence[str]) -> Numbers:
        """Summed weights of the phrases that stand in a text of lower-cased words, each once; one number a topic."""
        found: set[tuple[tuple[str, ...], int, float]] = set()
        starts = self._at
        for i, word in enumerate(text):
            if word not in starts:
                continue
            for entry in starts[word]:
                if len(entry[0]) == 1 or tuple(text[i : i + len(entry[0])]) == entry[0]:
                    found.add(entry)
        total = np.zeros(self._size)
        for _, topic, weight in sorted(found):
            total[topic] += weight
        return total


@Language.factory("beritaextract_topics", assigns=["doc.cats"])
class TopicScorer(TableComponent):
    """Sets ``doc.cats``: the topics of the article with their probabilities, the most likely first.

    An article with any word that the model or the table knows has one topic at least, and more where they are likely too.
    """

    def __init__(self, nlp: Language, name: str = "beritaextract_topics") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Read the model and the table of telling words."""
        self._model = packaged_model()
        rows = topic_words(lexicon)
        self._broader = broader()
        self._narrower = tuple(self._broader)
        self._phrases = Phrases((r for r in rows if r.topic not in self._broader), self._model.codes)
        self._telling = Phrases((r for r in rows if r.topic in self._broader), self._narrower)

    def __call__(self, doc: Doc) -> Doc:
        """Set the topics."""
        view = words(doc)
        text = [word for word, content in zip(view.lower, view.content, strict=True) if content]
        doc.cats = self.classify(text, _title_words(doc, text))
        return doc

    def classify(self, text: Sequence[str], title: Sequence[str] = ()) -> dict[str, float]:
        """Code and probability of the topics of a text given as lower-cased words."""
        model = self._model
        shares = log_shares(model, self._phrases, text, title)
        if shares is None:
            return {}
        likely = 1 / (1 + np.exp(-(model.slope * shares + model.intercept)))
        ranked = np.argsort(-likely, kind="stable")
        found = {
            model.codes[k]: float(likely[k]) for n, k in enumerate(ranked) if n == 0 or likely[k] >= model.threshold
        }
        found |= self._narrow(found, text, title)
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    def _narrow(self, found: Mapping[str, float], text: Sequence[str], title: Sequence[str]) -> dict[str, float]:
        """The narrower topics of the top levels found, each a little less likely than its top level."""
        sure = {code for code, likely in found.items() if likely >= SURELY}
        if not sure & set(self._broader.values()):
            return {}
        evidence = narrow_evidence(self._telling, text, title)
        return {
            code: found[self._broader[code]] * narrow_probability(float(weight))
            for code, weight in zip(self._narrower, evidence, strict=True)
            if weight >= LEAST and self._broader[code] in sure
        }


def narrow_evidence(phrases: Phrases, text: Sequence[str], title: Sequence[str]) -> Numbers:
    """What the title and the start of a text say for each narrower topic: each phrase once, and again where the title has it."""
    head = list(title or text[:HEAD])
    return phrases.weigh([*head, *text[:START]]) + phrases.weigh(head)


def narrow_probability(weight: float) -> float:
    """How likely a narrower topic with this evidence is right, its top level being right."""
    base, each = NARROWER
    return 1 / (1 + math.exp(-(base + each * (min(weight, LEAST + 3) - LEAST))))


def log_shares(model: TopicModel, phrases: Phrases, text: Sequence[str], title: Sequence[str]) -> Numbers | None:
    """The logarithm of each topic's share in a text, None when not a word of it is known."""
    evidence = phrases.weigh([*title, *text])
    known = [(i, n) for word, n in count(text, title).items() if (i := model.index.get(word)) is not None]
    if not known and not evidence.any():
        return None
    scores = model.bias + model.words * evidence
    if known:
        rows = np.array([i for i, _ in known])
        values = np.log1p(np.array([n for _, n in known])) * model.idf[rows]
        scores = scores + (values / np.linalg.norm(values)) @ model.weights[rows]
    scores -= scores.max()
    return np.asarray(scores - math.log(float(np.exp(scores).sum())))


def count(text: Sequence[str], title: Iterable[str] = ()) -> Counter[str]:
    """How often each word stands in a text, those of its start and title twice: {"gempa": 3, "warga": 1}."""
    counts = Counter(keys([word for word in text if word[:1].isalpha()]))
    counts.update(keys([word for word in text[:LEAD] if word[:1].isalpha()]))
    for word in keys(list(title)):
        counts[word] += 2
    return counts


def keys(words: Sequence[str]) -> list[str]:
    """The key of each word; most words are their own."""
    return [key(word) if word[-3:] == "nya" or "-" in word else word for word in words]


def key(word: str) -> str:
    """A word without -nya and doubling: "harganya" -> "harga", "siswa-siswa" -> "siswa"."""
    if len(word) > 6 and word.endswith("nya"):
        word = word[:-3]
    if "-" in word:
        half, _, rest = word.partition("-")
        return half if half == rest else word
    return word


def topic_words(lexicon: Lexicon) -> tuple[TopicWord, ...]:
    """The rows of ``topic_words.tsv``; the same word may speak for several topics."""
    return lexicon.rows("topic_words", TopicWord, key=lambda row: (row.term, row.topic))


@lru_cache(maxsize=1)
def broader() -> dict[str, str]:
    """The top level of each narrower topic."""
    return {row.code: row.broader for row in packaged().rows("topics", TopicLabel) if row.broader is not None}


@lru_cache(maxsize=1)
def labels() -> dict[str, tuple[str, str]]:
    """English and Indonesian label of each topic code."""
    return {row.code: (row.name, row.name_id) for row in packaged().rows("topics", TopicLabel)}


@lru_cache(maxsize=1)
def packaged_model() -> TopicModel:
    """The model as shipped, read once."""
    return read_model(files("beritaextract").joinpath("data", "topic_model.json.gz").read_bytes())


def read_model(data: bytes) -> TopicModel:
    """A model from the gzipped JSON that ``models/topics.py`` writes: {"codes": […], "terms": {"gempa": [3.1, 0, 12, …]}}."""
    raw = orjson.loads(gzip.decompress(data))
    numbers = np.array(list(raw["terms"].values()), dtype=np.float64)
    return TopicModel(
        codes=tuple(raw["codes"]),
        index={term: i for i, term in enumerate(raw["terms"])},
        idf=numbers[:, 0],
        weights=numbers[:, 1:] * raw["unit"],
        bias=np.array(raw["bias"]),
        words=raw["words"],
        slope=raw["slope"],
        intercept=raw["intercept"],
        threshold=raw["threshold"],
    )


def _title_words(doc: Doc, text: Sequence[str]) -> list[str]:
    """Words of a title that the caller gave apart from the text."""
    title = [word.lower() for word in _WORD.findall(facts(doc).get("title") or "")]
    return [] if title and list(text[: len(title)]) == title else title
