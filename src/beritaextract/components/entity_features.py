"""What the entity model sees of a word: its form, what the news corpus and the tables know of it, and what stands round it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc

from beritaextract.components.name_tables import Honorific, NameCue, Rank, name_tables
from beritaextract.layers import Words, ranges
from beritaextract.lexicon import Lexicon

FEATURES = 1
"""Version of the features: raised with every change here, so that no model reads features that it was not trained on."""

OFFSETS = (-2, -1, 0, 1, 2)
"""Whose forms a word's label may depend on: those of two words before it and two behind it."""

EDGE = ""
"""What stands before a sentence's first word and behind its last."""

_DIGIT = re.compile(r"\d")
_TWICE = re.compile(r"(.)\1+")
_LONGEST_RUN = 4
_TOLD = re.compile(r"\S+ L\d(\d)\d ")
"""Usage of a word with what it is part of: the steps of persons, organisations and areas."""
_STEPS = 5


@dataclass(slots=True)
class Sentence:
    """The words of a sentence, their tokens, and ``tags``: what the layers of the rules say of each word."""

    words: list[str]
    tokens: list[int]
    tags: list[tuple[str, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WordKnowledge:
    """What the news corpus taught of words.

    ``clusters``: form as written (digits as 0) -> groups of words that stand in like places, coarse to fine. ``usage``:
    lower-cased form -> how often it is capitalised, how often part of a person, organisation or area, how frequent it is.
    The values are cells with a blank between: "12 205 597".
    """

    clusters: Mapping[str, str]
    usage: Mapping[str, str]

    def in_organizations(self, word: str) -> float:
        """How often a word was in an organisation's name, from 0 to 1; 0 where nothing is known of it."""
        told = _TOLD.match(self.usage.get(word.lower(), ""))
        return int(told[1]) / _STEPS if told else 0.0


class EntityFeatures:
    """The features of words under a lexicon: strings, each with the place it speaks of ("-1w=kata", "0c1=205")."""

    def __init__(self, lexicon: Lexicon, knowledge: WordKnowledge) -> None:
        self._knowledge = knowledge
        self._names = name_tables(lexicon)
        self._beside: defaultdict[str, set[str]] = defaultdict(set)
        for form, kind in _forms(lexicon):
            self._beside[form.split()[-1].rstrip(".").lower()].add(kind)
        for word in self._names.blockers:
            self._beside[word].add("b")

    def of_word(self, word: str) -> list[list[str]]:
        """The features that come of a word's form alone, seen from each of OFFSETS."""
        if word == EDGE:
            return [[f"{offset}{'BOS' if offset < 0 else 'EOS'}"] for offset in OFFSETS]
        lower = word.lower()
        known = [f"w={lower}", f"s={shape(word)}", *self._learnt(word, lower), *self._told(lower)]
        near = [f"p3={lower[:3]}", f"x3={lower[-3:]}"] if len(lower) >= 3 else []
        own = [f"{kind}{k}={lower[part]}" for k in range(1, min(4, len(lower)) + 1) for kind, part in _edges(k)]
        affixes = {-1: near, 0: own, 1: near}
        return [[f"{offset}{feature}" for feature in (*known, *affixes.get(offset, ()))] for offset in OFFSETS]

    def _learnt(self, word: str, lower: str) -> Iterator[str]:
        form = _DIGIT.sub("0", word)
        clusters = self._knowledge.clusters
        found = clusters.get(form) or clusters.get(form.lower()) or clusters.get(form.capitalize()) or ""
        yield from (f"c{k}={cluster}" for k, cluster in enumerate(found.split()))
        usage = self._knowledge.usage.get(lower)
        yield from (f"t{k}={value}" for k, value in enumerate(usage.split())) if usage else ("t?",)

    def _told(self, lower: str) -> Iterator[str]:
        key = lower.rstrip(".")
        score = self._names.scores.get(key)
        yield "n=?" if score is None else f"n={round(score)}"
        yield from (f"a={kind}" for kind in sorted(self._beside.get(key, ())))

    def in_place(self, sentence: Sentence) -> Iterator[list[str]]:
        """The features of each word that come of the words and layers round it."""
        texts = sentence.words
        shapes, lower, n = [shape(w) for w in texts], [w.lower() for w in texts], len(texts)
        capital = [w[:1].isupper() for w in texts]
        tags = sentence.tags
        start = end = 0
        for i in range(n):
            out = ["b"]
            if i:
                out += (f"ss={shapes[i - 1]}|{shapes[i]}", f"ww={lower[i - 1]}|{lower[i]}")
            if i < n - 1:
                out += (f"sn={shapes[i]}|{shapes[i + 1]}", f"wn={lower[i]}|{lower[i + 1]}")
                if i:
                    out += (
                        f"sss={shapes[i - 1]}|{shapes[i]}|{shapes[i + 1]}",
                        f"w_w={lower[i - 1]}|{lower[i + 1]}",
                    )
            if capital[i]:
                if i >= end:
                    start, end = i, _run_end(capital, i)
                out += _of_run(lower, start, end, i)
            if tags[i]:
                out += [f"0{tag}" for tag in tags[i]]
            if i and tags[i - 1]:
                out += [f"-1{tag}" for tag in tags[i - 1]]
            if i < n - 1 and tags[i + 1]:
                out += [f"1{tag}" for tag in tags[i + 1]]
            yield out


def _forms(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Forms of one or two words that may stand right before a name, each with the kind of its table."""
    told: list[tuple[str, str]] = [(row.form, f"r{row.kind}") for row in lexicon.rows("ranks", Rank)]
    told += [(row.form, f"a{row.kind}") for row in lexicon.rows("honorifics", Honorific)]
    told += [(row.form, f"c{row.kind}") for row in lexicon.rows("name_cues", NameCue)]
    return ((form, kind) for form, kind in told if form.count(" ") <= 1)


def _edges(k: int) -> tuple[tuple[str, slice], tuple[str, slice]]:
    return ("p", slice(k)), ("x", slice(-k, None))


def _run_end(capital: Sequence[bool], i: int) -> int:
    """Behind the last capitalised word of the run that begins at ``i``."""
    while i < len(capital) and capital[i]:
        i += 1
    return i


def _of_run(lower: Sequence[str], start: int, end: int, i: int) -> list[str]:
    """Of a run of capitalised words: what stands before and behind it, how it begins and ends, where in it word ``i`` is."""
    before = lower[start - 1] if start else EDGE
    behind = lower[end] if end < len(lower) else EDGE
    place = f"rn={min(_LONGEST_RUN, end - start)}{min(3, i - start)}"
    return [f"rl={before}", f"rr={behind}", f"r0={lower[start]}", f"rz={lower[end - 1]}", place]


@lru_cache(maxsize=1 << 16)
def shape(word: str) -> str:
    """ "Budi" → Xxx, "BPBD" → XX, "Covid-19" → Xxx-dd."""
    classes = ("X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c for c in word[:30])
    return _TWICE.sub(r"\1\1", "".join(classes))


def tags_of(doc: Doc) -> dict[int, list[str]]:
    """What the layers titles, toponyms and organizations say of tokens, by token."""
    tags: defaultdict[int, list[str]] = defaultdict(list)
    for start, end, row in ranges(doc, "titles"):
        _lay(tags, start, end, "T", row["takes"])
    for start, end, row in ranges(doc, "toponyms"):
        _lay(tags, start, end, "P", f"{row['kind']}{bool(row['marker'])}{bool(row['code'])}")
    for start, end, row in ranges(doc, "organizations"):
        _lay(tags, start, end, "O", f"{row['by'].rpartition('.')[2]}{row['public']}{row['unit']}")
    return tags


def _lay(tags: Mapping[int, list[str]], start: int, end: int, layer: str, kind: str) -> None:
    for token in range(start, end):
        place = ("B" if token == start else "I") + ("E" if token == end - 1 else "")
        tags[token] += (f"{layer}{place}|{kind}", f"{layer}={place[0]}")


def sentences(doc: Doc, view: Words) -> Iterator[Sentence]:
    """The sentences of the content; the whole Doc is one where none are known."""
    tags = tags_of(doc)
    spans = [(s.start, s.end) for s in doc.sents] if doc.has_annotation("SENT_START") else [(0, len(doc))]
    for start, end in spans:
        tokens = [i for i in range(start, end) if view.content[i] and not view.text[i].isspace()]
        if tokens:
            words_of = [view.text[i] for i in tokens]
            yield Sentence(words_of, tokens, [tuple(tags[i]) if i in tags else () for i in tokens])
