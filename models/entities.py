"""Train the entity model and write the trained pipeline that comes with the library.

    python models/entities.py ../shared models/id_berita [--cache out/entities]

Needs python-crfsuite and scipy (the extra ``train``). Fixed seeds; the corpus is read by the rules once and kept in the
cache. See models/README.md for what is learnt from what, and how well.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pycrfsuite
from spacy.language import Language
from spacy.tokens import Doc

from beritaextract import __version__, load
from beritaextract.components.entities import EntityFinder
from beritaextract.components.entity_features import OFFSETS, EntityFeatures, Sentence, WordKnowledge, sentences
from beritaextract.components.entity_model import OUTSIDE, Decoder, EntityModel
from beritaextract.layers import words
from beritaextract.lexicon import packaged
from conll import KINDS, Tagged, read_conll, score
from entity_words import ARTICLES, SEED, Reading, learn, read_corpus

LABELS = ("O", *(f"{place}-{kind}" for kind in sorted(set(KINDS.values())) for place in "BI"))
TRAIN = {"idner": "idner_train", "nergrit": "nergrit_train", "nerui": "nerui"}
"""A convention of labelling and the file that it is learnt from; the first is the default."""
HELD_OUT = {"idner": "idner_dev", "nergrit": "nergrit_valid"}
COPIED = ("0w", "0c", "0P", "0O", "0T", "1c", "-1c", "-1w", "ss", "sn", "rl", "b")
"""Beginnings of the features that each convention may weigh in its own way, beside the weight that all share."""
LEAST_WEIGHT = 0.02
NEVER = -20.0

Corpus = tuple[list[Sentence], list[Tagged]]
Numbers = npt.NDArray[np.float32]

SILVER = 1400
"""Sentences of the news corpus, labelled by the rules, that the field of one corpus is trained on as well."""

_SHORTEST, _LONGEST = 5, 60
"""Words of a silver sentence."""

_LAYERS = ("marks", "sentences", "titles", "toponyms", "organizations")


@dataclass(frozen=True)
class Settings:
    """How the field is trained: penalties on absolute and squared weights, rounds, and features too rare to learn from."""

    l1: float = 0.05
    l2: float = 0.05
    rounds: int = 80
    least: int = 2


def read_tagged(nlp: Language, path: Path) -> Corpus:
    """The sentences of an entity corpus with what the rules' layers say of each, and their labels."""
    chain = [nlp.get_pipe(name) for name in _LAYERS]
    tagged = read_conll(path)
    found = []
    for texts, _ in tagged:
        doc = Doc(nlp.vocab, words=texts)
        for component in chain:
            doc = component(doc)
        found.append(whole(doc, texts))
    return found, tagged


def silver(nlp: Language, readings: Sequence[Reading]) -> Corpus:
    """Sentences of the news corpus in which the rules tell of each capitalised word behind the first what it is part of."""
    pool = [tagged for reading in readings for tagged in reading.sentences if _is_telling(tagged)]
    found, labelled = [], []
    for texts, kinds in random.Random(SEED).sample(pool, SILVER):
        doc = Doc(nlp.vocab, words=texts)
        for name in _LAYERS:
            doc = nlp.get_pipe(name)(doc)
        found.append(whole(doc, texts))
        labelled.append((texts, [_silver_label(kinds, i) for i in range(len(kinds))]))
    return found, labelled


def _is_telling(tagged: Tagged) -> bool:
    texts, kinds = tagged
    inside = [kind for text, kind in zip(texts[1:], kinds[1:], strict=True) if text[:1].isupper()]
    return _SHORTEST <= len(texts) <= _LONGEST and len(inside) > 0 and all(inside)


def _silver_label(kinds: Sequence[str], i: int) -> str:
    """The label of a word; two entities of a kind side by side are one, as the readings do not tell them apart."""
    if not kinds[i]:
        return OUTSIDE
    return f"{'I' if i and kinds[i - 1] == kinds[i] else 'B'}-{KINDS[kinds[i]]}"


def joined(*corpora: Corpus) -> Corpus:
    """Several corpora as one."""
    return [x for found, _ in corpora for x in found], [x for _, tagged in corpora for x in tagged]


def whole(doc: Doc, texts: list[str]) -> Sentence:
    """All of a Doc as one sentence, whatever sentences the rules see in it."""
    tags = {
        token: tag for part in sentences(doc, words(doc)) for token, tag in zip(part.tokens, part.tags, strict=True)
    }
    return Sentence(texts, list(range(len(texts))), [tags.get(i, ()) for i in range(len(texts))])


def strings(features: EntityFeatures, sentence: Sentence) -> Iterator[list[str]]:
    """All features of each word, in strings."""
    reach = max(OFFSETS)
    forms = [features.of_word(word) for word in ["", *sentence.words]]
    padded = [forms[0]] * reach + forms[1:] + [forms[0]] * reach
    for i, placed in enumerate(features.in_place(sentence)):
        yield [x for k in range(len(OFFSETS)) for x in padded[i + reach + OFFSETS[k]][k]] + placed


def copied(found: list[str], convention: str) -> list[str]:
    """Features with the copies that the convention weighs by itself."""
    return found + [f"{convention}+{feature}" for feature in found if feature.startswith(COPIED)]


@dataclass(frozen=True)
class Fitted:
    """A trained field: weights by feature and label, and by pair of labels."""

    weights: dict[str, dict[str, float]]
    transitions: dict[tuple[str, str], float]


def fit(features: EntityFeatures, data: dict[str, Corpus], settings: Settings) -> Fitted:
    """One field over some conventions, which share weights and have copies of their own where there are several."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for convention, (found, tagged) in data.items():
        for sentence, (_, labels) in zip(found, tagged, strict=True):
            placed = strings(features, sentence)
            trainer.append([copied(x, convention) if len(data) > 1 else x for x in placed], labels)
    trainer.set_params(
        {
            "c1": settings.l1,
            "c2": settings.l2,
            "max_iterations": settings.rounds,
            "feature.minfreq": settings.least,
            "feature.possible_transitions": True,
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "field")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    weights: dict[str, dict[str, float]] = {}
    for (feature, label), weight in info.state_features.items():
        weights.setdefault(feature, {})[label] = weight
    return Fitted(weights, dict(info.transitions))


def fit_all(features: EntityFeatures, jobs: Sequence[dict[str, Corpus]], settings: Settings) -> list[Fitted]:
    """One field for each of several data, side by side, a process each (forked, so not on Windows)."""
    context = get_context("fork")
    pipes = []
    for job in jobs:
        receiver, sender = context.Pipe(duplex=False)
        context.Process(target=_fit_and_send, args=(sender, features, job, settings), daemon=True).start()
        sender.close()
        pipes.append(receiver)
    return [receiver.recv() for receiver in pipes]


def _fit_and_send(sender: Connection, features: EntityFeatures, job: dict[str, Corpus], settings: Settings) -> None:
    sender.send(fit(features, job, settings))


def assemble(fields: dict[str, list[Fitted]], knowledge: WordKnowledge, about: dict[str, Any]) -> EntityModel:
    """The model of some fields: for each convention the mean of its fields' weights, tiny ones left out.

    The mean of several fields' weights is the geometric mean of what they hold probable: it errs less than any of them.
    """
    names = sorted({_plain(feature) for several in fields.values() for one in several for feature in one.weights})
    row = {name: i for i, name in enumerate(names)}
    weights = {name: _mean([_matrix(one, name, row) for one in several]) for name, several in fields.items()}
    kept = np.max([np.abs(matrix).max(axis=1) for matrix in weights.values()], axis=0) >= LEAST_WEIGHT
    return EntityModel(
        labels=LABELS,
        row={name: i for i, name in enumerate(name for name, keep in zip(names, kept, strict=True) if keep)},
        weights={name: matrix[kept] for name, matrix in weights.items()},
        transitions={name: _mean([_turns(one) for one in several]) for name, several in fields.items()},
        knowledge=knowledge,
        about=about,
    )


def _mean(matrices: list[Numbers]) -> Numbers:
    return np.asarray(np.mean(matrices, axis=0), np.float32)


def _matrix(field: Fitted, convention: str, row: dict[str, int]) -> Numbers:
    """Weights under a convention: those that all share and its own on top."""
    matrix = np.zeros((len(row), len(LABELS)), np.float32)
    for feature, by_label in field.weights.items():
        if not _is_copy(feature) or feature.startswith(f"{convention}+"):
            for label, weight in by_label.items():
                matrix[row[_plain(feature)], LABELS.index(label)] += weight
    return matrix


def _turns(field: Fitted) -> Numbers:
    """Weights of pairs of labels; the rest of an entity stands behind none but its own kind."""
    turns = np.full((len(LABELS), len(LABELS)), NEVER, np.float32)
    for (a, b), weight in field.transitions.items():
        if b[0] != "I" or a[2:] == b[2:]:
            turns[LABELS.index(a), LABELS.index(b)] = weight
    return turns


def _plain(feature: str) -> str:
    return feature.partition("+")[2] if _is_copy(feature) else feature


def _is_copy(feature: str) -> bool:
    return feature.partition("+")[0] in TRAIN and "+" in feature


def evaluate(model: EntityModel, features: EntityFeatures, nlp: Language, shared: Path) -> dict[str, dict[str, float]]:
    """F1 on the held-out part of each convention, by kind."""
    figures = {}
    for convention, name in HELD_OUT.items():
        decoder = Decoder(model, features, convention)
        found, tagged = read_tagged(nlp, shared / "ner" / f"{name}.txt")
        got = [[LABELS[k] for k in labelled.labels] for labelled in decoder.label(found)]
        scores = score([labels for _, labels in tagged], got)
        figures[name] = {kind: round(of.f1, 4) for kind, of in scores.items()}
    return figures


def write_pipeline(model: EntityModel, folder: Path) -> None:
    """The whole chain with the model as a spaCy pipeline, in a folder that ``load`` and ``spacy.load`` open."""
    nlp = load(model=None)
    nlp.add_pipe("beritaextract_entities", name="entities", before="people")
    finder = nlp.get_pipe("entities")
    assert isinstance(finder, EntityFinder)
    finder.use_model(model)
    nlp.meta["name"] = "berita"
    nlp.meta["version"] = __version__
    nlp.meta["description"] = "Indonesian news into data: the chain of beritaextract with its entity model"
    nlp.meta["requirements"] = [f"beritaextract>={__version__}"]
    nlp.meta["license"] = "Apache-2.0"
    nlp.to_disk(folder)


def main() -> None:
    """Read, train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("out/entities"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    readings = read_corpus(args.shared, args.cache / "corpus.pkl")
    knowledge = learn(readings)
    features = EntityFeatures(packaged(), knowledge)
    nlp = load(model=None)
    data = {name: read_tagged(nlp, args.shared / "ner" / f"{file}.txt") for name, file in TRAIN.items()}
    told = silver(nlp, readings)
    jobs = [data, *({name: joined(corpus, told)} for name, corpus in data.items())]
    joint, *own = fit_all(features, jobs, Settings())
    fields = {name: [joint, field] for name, field in zip(data, own, strict=True)}
    about = {"library": __version__, "seed": SEED, "articles": ARTICLES, "trained_on": list(TRAIN.values())}
    model = EntityModel.from_bytes(assemble(fields, knowledge, about).to_bytes())
    figures = evaluate(model, features, nlp, args.shared)
    write_pipeline(replace(model, about={**about, "f1": figures}), args.out)
    print(json.dumps({"seconds": round(time.perf_counter() - began), "features": len(model.row), **figures}, indent=1))


if __name__ == "__main__":
    main()
