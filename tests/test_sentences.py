"""Sentences: a table of texts with their boundaries, every row on its own example, what holds for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.sentences import LetterWord
from beritaextract.layers import write
from beritaextract.lexicon import packaged
from beritaextract.tokenizer import Abbreviation, make_tokenizer

CASES = (Path(__file__).parent / "tables" / "sentences.tsv").read_text(encoding="utf8").splitlines()[1:]


def splitter() -> Language:
    nlp = spacy.blank("id")
    nlp.tokenizer = make_tokenizer()(nlp)
    nlp.add_pipe("beritaextract_marks")
    nlp.add_pipe("beritaextract_sentences")
    return nlp


NLP = splitter()


def marked(text: str) -> str:
    """The text with the sign ¶ where a sentence starts within it."""
    starts = {sentence.start_char for sentence in NLP(text).sents} - {0}
    return "".join("¶" * (i in starts) + c for i, c in enumerate(text))


@pytest.mark.parametrize("case", CASES)
def test_sentences(case: str) -> None:
    assert marked(case.replace("¶", "")) == case


@pytest.mark.parametrize("row", packaged().rows("abbreviations", Abbreviation), ids=lambda row: row.form)
def test_an_abbreviation_ends_a_sentence_only_where_its_row_says_so(row: Abbreviation) -> None:
    assert len(list(NLP(row.example).sents)) == (2 if row.ends else 1)


@pytest.mark.parametrize("row", packaged().rows("letter_words", LetterWord), ids=lambda row: row.word)
def test_the_letter_of_a_letter_word_ends_a_sentence(row: LetterWord) -> None:
    assert len(list(NLP(row.example).sents)) == 2


def test_no_sentence_crosses_a_segment() -> None:
    doc = NLP.make_doc("Judul tanpa titik\n\nwarga pulang")
    write(doc, "segments", [(Span(doc, 0, 4), {"kind": "title"}), (Span(doc, 4, len(doc)), {"kind": "body"})])
    doc = NLP.get_pipe("beritaextract_sentences")(doc)
    assert [sentence.text for sentence in doc.sents] == ["Judul tanpa titik\n\n", "warga pulang"]


def test_it_works_on_the_tokens_of_the_blank_pipeline() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaextract_sentences")
    assert [s.text for s in nlp("Warga pulang. Mereka lelah.").sents] == ["Warga pulang.", "Mereka lelah."]


@given(st.text() | st.text(alphabet="aB1.?!…“”\"'’() \n-•"))
def test_sentences_partition_the_tokens_of_any_text(text: str) -> None:
    doc = NLP(text)
    sentences = list(doc.sents) if len(doc) else []
    assert [t.i for s in sentences for t in s] == list(range(len(doc)))
    assert "".join(s.text_with_ws for s in sentences) == text


def test_an_empty_doc_is_left_alone() -> None:
    assert len(NLP.get_pipe("beritaextract_sentences")(Doc(NLP.vocab))) == 0
