"""How the entity model is trained: silver sentences, corpora joined, fields fitted side by side."""

from __future__ import annotations

import pytest

pytest.importorskip("pycrfsuite")
pytest.importorskip("scipy")

import entities
from beritaextract import load
from beritaextract.components.entity_features import EntityFeatures, Sentence, WordKnowledge
from beritaextract.lexicon import packaged
from entity_words import Reading

TOLD = (["Kemarin", "Lestari", "Wibawa", "pulang", "ke", "Kendal", "."], ["", "PER", "PER", "", "", "LOC", ""])
UNTOLD = (["Kemarin", "Lestari", "pulang", "naik", "Sembrani", "."], ["", "PER", "", "", "", ""])
SHORT = (["Kata", "Lestari", "."], ["", "PER", ""])
PLAIN = (["kemarin", "warga", "desa", "itu", "pulang", "."], [""] * 6)


def corpus(*sentences: tuple[list[str], list[str]]) -> entities.Corpus:
    found = [Sentence(words, list(range(len(words))), [()] * len(words)) for words, _ in sentences]
    return found, list(sentences)


def test_silver_is_of_sentences_whose_capitalised_words_are_all_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first word need not be; a sentence of few words or without a name teaches nothing."""
    monkeypatch.setattr(entities, "SILVER", 1)
    found, tagged = entities.silver(load(model=None), [Reading([UNTOLD, TOLD]), Reading([SHORT, PLAIN])])
    assert [sentence.words for sentence in found] == [TOLD[0]]
    assert tagged == [(TOLD[0], ["O", "B-PERSON", "I-PERSON", "O", "O", "B-LOCATION", "O"])]


def test_silver_knows_what_the_rules_say_of_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entities, "SILVER", 1)
    [sentence], _ = entities.silver(load(model=None), [Reading([TOLD])])
    assert any(tag.startswith("P") for tag in sentence.tags[TOLD[0].index("Kendal")])


def test_fields_fitted_side_by_side_are_those_fitted_alone() -> None:
    features = EntityFeatures(packaged(), WordKnowledge({}, {}))
    first = corpus((["Lestari", "Wibawa", "pulang"], ["B-PERSON", "I-PERSON", "O"]), (["warga", "pulang"], ["O", "O"]))
    second = corpus((["ke", "Kendal"], ["O", "B-LOCATION"]), (["ke", "rumah"], ["O", "O"]))
    jobs = [{"idner": first}, {"idner": first, "nergrit": second}]
    settings = entities.Settings(rounds=5, least=1)
    together = entities.fit_all(features, jobs, settings)
    assert [field.weights for field in together] == [entities.fit(features, job, settings).weights for job in jobs]
    assert together[0].weights != together[1].weights


def test_corpora_are_joined_sentence_by_sentence() -> None:
    both = entities.joined(corpus(TOLD), corpus(SHORT, PLAIN))
    assert [sentence.words for sentence in both[0]] == [words for words, _ in both[1]] == [TOLD[0], SHORT[0], PLAIN[0]]
