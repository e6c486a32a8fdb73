"""Topics: every telling word on its own example, the packaged model, what holds for any text."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from beritaextract.components.topics import (
    Phrases,
    TopicLabel,
    TopicScorer,
    TopicWord,
    count,
    key,
    labels,
    packaged_model,
    topic_words,
)
from beritaextract.errors import ResourceError
from beritaextract.layers import words
from beritaextract.lexicon import Lexicon, packaged
from beritaextract.tokenizer import make_tokenizer

HEADER = "term\ttopic\tweight\texample\n"


def blank() -> Language:
    nlp = spacy.blank("id")
    nlp.tokenizer = make_tokenizer()(nlp)
    nlp.add_pipe("beritaextract_topics")
    return nlp


NLP = blank()
PHRASES = Phrases(topic_words(packaged()), packaged_model().codes)


@pytest.mark.parametrize("row", topic_words(packaged()), ids=lambda row: f"{row.term} {row.topic[7:9]}")
def test_a_telling_word_speaks_for_its_topic_in_its_example(row: TopicWord) -> None:
    weighed = PHRASES.weigh(words(NLP.make_doc(row.example)).lower)
    assert weighed[packaged_model().codes.index(row.topic)] >= row.weight > 0


@pytest.mark.parametrize("row", packaged().rows("topics", TopicLabel), ids=lambda row: row.name)
def test_the_example_of_a_topic_is_about_it(row: TopicLabel) -> None:
    assert next(iter(NLP(row.example).cats)) == row.code


def test_the_labels_are_the_17_top_levels() -> None:
    assert list(labels()) == [f"medtop:{i:02}000000" for i in range(1, 18)]
    assert labels()["medtop:11000000"] == ("politics and government", "politik dan pemerintahan")
    assert packaged_model().codes == tuple(labels())


def test_the_topics_come_most_likely_first_and_are_probabilities() -> None:
    scores = list(NLP("Bupati dan DPRD membahas APBD. Harga pupuk dan beras petani ikut dibahas.").cats.values())
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)


def test_a_title_given_apart_counts() -> None:
    doc = NLP.make_doc("Acara itu berlangsung meriah sejak pagi.")
    doc._.article = {"title": "Timnas Juara Turnamen Bulu Tangkis"}
    assert next(iter(NLP.get_pipe("beritaextract_topics")(doc).cats)) == "medtop:15000000"


def test_a_text_without_a_known_word_has_no_topic() -> None:
    assert NLP("xyzzy plugh 12345").cats == {}


@pytest.mark.parametrize(
    ("word", "wanted"), [("harganya", "harga"), ("siswa-siswa", "siswa"), ("tanya", "tanya"), ("se-kota", "se-kota")]
)
def test_a_word_is_counted_without_clitic_and_doubling(word: str, wanted: str) -> None:
    assert key(word) == wanted


def test_words_of_the_start_and_of_the_title_count_twice() -> None:
    counts = count(["gempa", *["itu"] * 60, "gempa"], ["gempa"])
    assert counts["gempa"] == 5


def test_a_users_words_are_added() -> None:
    scorer = TopicScorer(spacy.blank("id"))
    scorer.use(
        Lexicon({"topic_words.tsv": HEADER + "layangan aduan\tmedtop:15000000\t20\tLomba layangan aduan itu seru.\n"})
    )
    assert next(iter(scorer.classify(["lomba", "layangan", "aduan", "itu", "seru"]))) == "medtop:15000000"


def test_a_topic_that_is_not_there_is_told() -> None:
    with pytest.raises(ResourceError, match="layangan: there is no topic 'medtop:99'"):
        TopicScorer(spacy.blank("id")).use(
            Lexicon({"topic_words.tsv": HEADER + "layangan\tmedtop:99\t1\tLayangan itu putus.\n"})
        )


@given(st.text())
def test_any_text_has_topics_or_none(text: str) -> None:
    assert all(0 < score < 1 for score in NLP(text).cats.values())
