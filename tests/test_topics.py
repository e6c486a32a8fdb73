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
    broader,
    count,
    key,
    labels,
    narrow_evidence,
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
CODES = (*packaged_model().codes, *broader())
PHRASES = Phrases(topic_words(packaged()), CODES)


@pytest.mark.parametrize("row", topic_words(packaged()), ids=lambda row: f"{row.term} {row.topic[7:9]}")
def test_a_telling_word_speaks_for_its_topic_in_its_example(row: TopicWord) -> None:
    weighed = PHRASES.weigh(words(NLP.make_doc(row.example)).lower)
    assert weighed[CODES.index(row.topic)] >= row.weight > 0


@pytest.mark.parametrize("row", packaged().rows("topics", TopicLabel), ids=lambda row: row.name)
def test_the_example_of_a_topic_is_about_it(row: TopicLabel) -> None:
    found = NLP(row.example).cats
    assert next(iter(found)) == (row.broader or row.code)
    assert row.code in found


def test_the_labels_are_the_17_top_levels_and_narrower_ones() -> None:
    top = [f"medtop:{i:02}000000" for i in range(1, 18)]
    assert list(labels()) == [*top, *broader()]
    assert labels()["medtop:11000000"] == ("politics and government", "politik dan pemerintahan")
    assert labels()["medtop:20000574"] == ("election", "pemilihan umum")
    assert packaged_model().codes == tuple(top)
    assert set(broader().values()) <= set(top)


def test_a_narrower_topic_comes_behind_its_top_level() -> None:
    """Its probability is its top level's times its own."""
    found = NLP("Gempa kuat mengguncang pesisir. Gempa itu memicu tsunami dan longsor, kata BPBD.").cats
    assert 0.7 < found["medtop:20000148"] < found["medtop:03000000"]
    assert next(iter(found)) == "medtop:03000000"


def test_a_narrower_topic_needs_its_words_at_the_start() -> None:
    """What only comes up far below is not what the article is about."""
    text = "Gempa kuat mengguncang pesisir dan longsor menutup jalan desa."
    late = "Korban bencana itu dirawat di posko. " * 30 + text
    assert "medtop:20000148" in NLP(text).cats
    assert "medtop:20000148" not in NLP(late).cats


def test_a_narrower_topic_needs_its_top_level() -> None:
    """A film about an earthquake is no disaster."""
    text = "Film gempa dan tsunami itu tayang di bioskop; sutradara dan aktor film itu menang di festival film."
    assert set(NLP(text).cats) == {"medtop:01000000"}


def test_a_words_weight_in_the_title_counts_twice() -> None:
    phrases = Phrases([TopicWord("gempa", "a", 2.0, "")], ["a"])
    assert narrow_evidence(phrases, ["x"] * 30 + ["gempa"], ["warga"]).tolist() == [2.0]
    assert narrow_evidence(phrases, ["x"] * 30, ["gempa"]).tolist() == [4.0]
    assert narrow_evidence(phrases, ["x"] * 200 + ["gempa"], []).tolist() == [0.0]


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
