"""The phrases that tell what an article is about: names and runs of nouns, weighed by how rare they are elsewhere."""

from __future__ import annotations

import gzip
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise

import orjson
from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.base import TableComponent
from beritaextract.components.topics import key
from beritaextract.components.topics import keys as keys_of
from beritaextract.layers import KeywordRow, Words, facts, ranges, words, write
from beritaextract.lexicon import Lexicon

MOST = 8
LEAD = 60

_NOUN = 55
_COMMON = 1.9  # idf of a word in one article out of seven: no longer telling
_LONGEST = {"noun": 3, "name": 4}
_LENGTH = (0.0, 1.0, 1.5, 1.8)
_ENTITY = {"people": 4.0, "organizations": 4.0}
_PERSONS = 3
_VERB = re.compile(r"(?:me[mnlrwy]|di|ber|ter)[a-z]{3}")
_HEADS = frozenset(("title", "subheading"))


@dataclass(frozen=True, slots=True)
class Stopword:
    """A row of ``stopwords.tsv``: a word that is no part of a key phrase."""

    word: str
    kind: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """What ``models/keywords.py`` counted: a word's rarity and how often it is a noun (percent), pairs that belong together."""

    words: Mapping[str, tuple[float, int]]
    pairs: Mapping[str, int]
    rarest: float


@dataclass(slots=True)
class Candidate:
    """A phrase with the tokens of its first mention without clitic; ``count`` weighs mentions by where they stand."""

    start: int
    end: int
    parts: tuple[str, ...]
    kind: str
    count: float = 0.0
    mentions: int = 0
    bare: bool = False

    def add(self, start: int, end: int, weight: float, *, bare: bool = True) -> None:
        """Count one more mention; ``bare`` when it ends without -nya."""
        self.count += weight
        self.mentions += 1
        if bare and not self.bare:
            self.start, self.end, self.bare = start, end, True


@Language.factory("beritaextract_keywords", assigns=["doc.spans"])
class KeywordFinder(TableComponent):
    """Adds the layer ``keywords``: up to eight key phrases, the most telling first, each at its first mention.

    Candidates are the persons and organisations of earlier layers, other capitalised names, and nouns with the nouns behind
    them ("reformasi birokrasi"). Of phrases that share their words only the best is kept.
    """

    def __init__(self, nlp: Language, name: str = "beritaextract_keywords") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Read the statistics and the stop words."""
        known = self._statistics = packaged_statistics()
        self._stop = frozenset(row.word for row in lexicon.rows("stopwords", Stopword))
        self._nouns = {
            word for word, (rarity, noun) in known.words.items() if noun >= _NOUN and rarity >= _COMMON
        } - self._stop
        self._dull = known.words.keys() - self._nouns

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        write(doc, "keywords", self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[tuple[Span, KeywordRow]]:
        """Key phrases, the most telling first."""
        view = words(doc)
        keys = keys_of(view.lower)
        weights = _weights(doc, view)
        found: dict[tuple[str, ...], Candidate] = {}
        taken = self._entities(doc, weights, found)
        for kind, start, end in self._runs(doc, view, keys, taken):
            for a, b in _parts(start, end, _LONGEST[kind], whole=kind == "name"):
                parts = tuple(keys[a:b])
                candidate = found.get(parts)
                if candidate is None:
                    candidate = found[parts] = Candidate(a, b, parts, kind)
                candidate.add(a, b, weights[a], bare=view.lower[b - 1] == parts[-1])
        chosen = _choose([(self._worth(c), c) for c in found.values() if self._holds(c)])
        return [
            (Span(doc, c.start, c.end, label="keyword"), {"score": round(worth / (worth + 8), 3)})
            for worth, c in chosen
        ]

    def _entities(self, doc: Doc, weights: list[float], found: dict[tuple[str, ...], Candidate]) -> list[bool]:
        """Add persons and organisations; which tokens they and the heads of posts take up."""
        taken = [False] * len(doc)
        for layer, name in (("organizations", "name"), ("people", "person")):
            for start, end, row in ranges(doc, layer):
                parts = (layer, str(row[name]))
                if parts not in found:
                    lower = tuple(key(word.lower()) for word in doc[start:end].text.split())
                    found[parts] = Candidate(start, end, lower, layer)
                found[parts].add(start, end, weights[start])
                taken[start:end] = [True] * (end - start)
        for start, end, _ in ranges(doc, "titles"):
            taken[start:end] = [True] * (end - start)
        return taken

    def _runs(self, doc: Doc, view: Words, keys: list[str], taken: list[bool]) -> Iterator[tuple[str, int, int]]:
        """(noun or name, first token, token behind the last) of each run of nouns or of capitals."""
        kinds = self._kinds(doc, view, keys, taken)
        i = 0
        while i < len(kinds):
            j = i + 1
            if kinds[i]:
                while j < len(kinds) and kinds[j] == kinds[i] and view.start[j] <= view.end[j - 1] + 1:
                    j += 1
                yield kinds[i], i, j
            i = j

    def _kinds(self, doc: Doc, view: Words, keys: list[str], taken: list[bool]) -> list[str]:
        """Noun, name or nothing, of each token: "birokrasi", "Ciletuh", "membahas"."""
        plain = _where_capitals_say_nothing(doc, view)
        nouns, dull, stop = self._nouns, self._dull, self._stop
        lower, content = view.lower, view.content
        kinds = [""] * len(view)
        for i, text in enumerate(view.text):
            word, first = keys[i], text[0]
            if word in dull and text == lower[i]:
                continue
            name = first.isupper() and not plain[i]
            if not name and word not in nouns and (word in dull or not first.isalpha() or _VERB.match(word)):
                continue
            if taken[i] or word in stop or lower[i] in stop or not content[i] or len(text) < 2 or "." in text:
                continue
            kinds[i] = "name" if name else "noun"
        return kinds

    def _worth(self, candidate: Candidate) -> float:
        """Frequency times rarity, more for phrases than for words."""
        known, rarest = self._statistics.words, self._statistics.rarest
        parts = candidate.parts
        rarity = _ENTITY.get(candidate.kind) or sum(
            known[word][0] if word in known else rarest for word in parts
        ) / len(parts)
        return math.log1p(candidate.count) * rarity * _LENGTH[min(len(parts), 3)]

    def _holds(self, candidate: Candidate) -> bool:
        """Is it more than a chance meeting or a misspelling: an entity, seen twice, or of words seen elsewhere?"""
        parts = candidate.parts
        if candidate.kind in _ENTITY:
            return True
        if not candidate.bare or (len(parts) == 1 and len(parts[0]) < 3):
            return False
        if candidate.mentions > 1:
            return True
        if len(parts) == 1 or candidate.kind == "name":
            return all(word in self._statistics.words for word in parts)
        return all(f"{a} {b}" in self._statistics.pairs for a, b in pairwise(parts))


@lru_cache(maxsize=1)
def packaged_statistics() -> Statistics:
    """The statistics as shipped, read once."""
    raw = orjson.loads(gzip.decompress(files("beritaextract").joinpath("data", "word_statistics.json.gz").read_bytes()))
    total = math.log(raw["articles"])
    return Statistics(
        {w: (total - math.log(n), noun) for w, (n, noun) in raw["words"].items()}, raw["pairs"], total - math.log(6)
    )


def _weights(doc: Doc, view: Words) -> list[float]:
    """How much a mention counts: most in a headline, more at the start and where the given title has the word."""
    title = set((facts(doc).get("title") or "").lower().split())
    lead = next((i for i, seen in enumerate(accumulate(view.content)) if seen > LEAD), len(view))
    weights = [1.5] * lead + [1.0] * (len(view) - lead)
    if title:
        weights = [weight + (word in title) for weight, word in zip(weights, view.lower, strict=True)]
    for start, end, row in ranges(doc, "segments"):
        if row["kind"] == "title":
            weights[start:end] = [2.5] * (end - start)
    return weights


def _where_capitals_say_nothing(doc: Doc, view: Words) -> list[bool]:
    """Tokens of headlines, and the first word of each sentence."""
    plain = [False] * len(view)
    for i in (doc.to_array(["SENT_START"]) == 1).nonzero()[0].tolist():
        while i + 1 < len(view) and not view.text[i][0].isalnum():
            i += 1
        plain[i] = True
    for start, end, row in ranges(doc, "segments"):
        if row["kind"] in _HEADS:
            plain[start:end] = [True] * (end - start)
    return plain


def _parts(start: int, end: int, longest: int, *, whole: bool) -> Iterator[tuple[int, int]]:
    """The stretches of a run that may be phrases: a name as a whole, of nouns every one up to ``longest`` words."""
    if whole:
        yield start, min(end, start + longest)
        return
    for a in range(start, end):
        for b in range(a + 1, min(end, a + longest) + 1):
            yield a, b


def _choose(candidates: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """The best phrases; none shares half its words with a better one, and at most three are persons."""
    chosen: list[tuple[float, Candidate]] = []
    persons = 0
    for worth, candidate in sorted(candidates, key=lambda c: (-c[0], c[1].start, c[1].end)):
        parts = set(candidate.parts)
        if any(2 * len(parts & set(c.parts)) >= min(len(parts), len(c.parts)) for _, c in chosen):
            continue
        persons += candidate.kind == "people"
        if candidate.kind == "people" and persons > _PERSONS:
            continue
        chosen.append((worth, candidate))
        if len(chosen) == MOST:
            break
    return chosen
