"""Key phrases: which words make them, which do not, and what holds for any text."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.keywords import MOST, KeywordFinder, Stopword, packaged_statistics
from beritaextract.layers import read, write
from beritaextract.lexicon import Lexicon, packaged
from beritaextract.tokenizer import make_tokenizer


def blank() -> Language:
    nlp = spacy.blank("id")
    nlp.tokenizer = make_tokenizer()(nlp)
    nlp.add_pipe("beritaextract_sentences")
    nlp.add_pipe("beritaextract_keywords")
    return nlp


NLP = blank()


def phrases(doc: Doc) -> list[str]:
    return [span.text for span, _ in read(doc, "keywords")]


def test_nouns_that_belong_together_are_one_phrase() -> None:
    found = phrases(NLP("Pemerintah mendorong reformasi birokrasi. Reformasi birokrasi dinilai lambat."))
    assert found[0].lower() == "reformasi birokrasi"
    assert not {"reformasi", "birokrasi", "Reformasi"} & set(found)


def test_verbs_and_stop_words_are_no_phrases() -> None:
    found = phrases(NLP("Mereka mengatakan acara itu digelar pekan depan dan sudah disiapkan."))
    assert not {"mengatakan", "digelar", "acara", "pekan", "depan", "disiapkan"} & set(found)


def test_names_stay_whole() -> None:
    assert "Danau Kembar Permai" in phrases(
        NLP("Air di Danau Kembar Permai surut. Wisata ke Danau Kembar Permai pun sepi.")
    )


def test_the_first_mention_without_clitic_is_shown() -> None:
    assert "pupuk" in phrases(NLP("Menurut petani, pupuknya habis. Mereka lalu mencari pupuk."))


def test_persons_of_an_earlier_layer_are_candidates_and_count_together() -> None:
    doc = NLP.make_doc("Lestari Wibawa datang. Petani menyambut Lestari di sawah.")
    row = {"person": 0, "kind": "name"}
    write(doc, "people", [(Span(doc, 0, 2, label="name"), row), (Span(doc, 6, 7, label="name"), row)])
    assert phrases(NLP.get_pipe("beritaextract_keywords")(doc))[0] == "Lestari Wibawa"


def test_at_most_three_are_persons() -> None:
    doc = NLP.make_doc("Andi, Budi, Cici, Dedi dan Euis bertemu.")
    names = [i for i, token in enumerate(doc) if token.text[0].isupper()]
    write(doc, "people", [(Span(doc, i, i + 1, label="name"), {"person": i, "kind": "name"}) for i in names])
    assert (
        len(set(phrases(NLP.get_pipe("beritaextract_keywords")(doc))) & {"Andi", "Budi", "Cici", "Dedi", "Euis"}) == 3
    )


def test_nothing_is_taken_from_what_is_no_content() -> None:
    doc = NLP.make_doc("Baca juga: harga pupuk bersubsidi naik\n\nPetani memanen padi.")
    write(
        doc,
        "segments",
        [
            (Span(doc, 0, 9), {"kind": "related", "by": "test"}),
            (Span(doc, 9, len(doc)), {"kind": "body", "by": "test"}),
        ],
    )
    assert not {"pupuk", "pupuk bersubsidi", "harga pupuk"} & set(phrases(NLP.get_pipe("beritaextract_keywords")(doc)))


def test_a_users_stop_words_are_no_phrases() -> None:
    finder = KeywordFinder(spacy.blank("id"))
    doc = NLP.make_doc("Harga pupuk naik. Stok pupuk habis.")
    assert "pupuk" in {span.text for span, _ in finder.find(doc)}
    finder.use(Lexicon({"stopwords.tsv": "word\tkind\npupuk\tgeneral\n"}))
    assert "pupuk" not in {span.text for span, _ in finder.find(doc)}


def test_stop_words_are_lower_case_and_stand_once() -> None:
    rows = [row.word for row in packaged().rows("stopwords", Stopword)]
    assert len(rows) == len(set(rows))
    assert all(word == word.lower() for word in rows)


@pytest.mark.parametrize(
    ("word", "noun"), [("petani", True), ("birokrasi", True), ("digelar", False), ("sangat", False)]
)
def test_the_statistics_tell_nouns(word: str, noun: bool) -> None:
    assert (packaged_statistics().words[word][1] >= 55) is noun


@given(st.text() | st.text(alphabet="Ab .\n-“”1"))
def test_any_text_has_few_phrases_best_first(text: str) -> None:
    found = read(NLP(text), "keywords")
    scores = [row["score"] for _, row in found]
    assert len(found) <= MOST
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score < 1 for score in scores)
