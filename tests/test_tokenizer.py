"""The tokeniser: a table of texts with their tokens, every abbreviation on its own example, saving and speed."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from beritaextract import load
from beritaextract.lexicon import Lexicon, packaged
from beritaextract.tokenizer import Abbreviation, abbreviation_forms, make_tokenizer, use_abbreviations

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "tables" / "tokens.tsv").read_text(encoding="utf8").splitlines()[2:]
    if line
]


def blank() -> Language:
    nlp = spacy.blank("id")
    nlp.tokenizer = make_tokenizer()(nlp)
    return nlp


NLP = blank()


def tokens(text: str, nlp: Language = NLP) -> list[str]:
    return [t.text for t in nlp.make_doc(text)]


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text for text, _ in CASES])
def test_tokens(text: str, wanted: str) -> None:
    assert [t for t in tokens(text) if not t.isspace()] == wanted.split("·")


@pytest.mark.parametrize("row", packaged().rows("abbreviations", Abbreviation), ids=lambda row: row.form)
def test_an_abbreviation_is_one_token_of_its_example(row: Abbreviation) -> None:
    forms = {row.form, row.form[0].upper() + row.form[1:], row.form.lower(), row.form.upper()}
    assert forms & set(tokens(row.example))


def test_there_are_many_abbreviations() -> None:
    assert len(packaged().rows("abbreviations", Abbreviation)) >= 120


@given(st.text() | st.text(alphabet="aBc.,-–“”\"'’ \n(5)/…😀\u200d:@"))
def test_the_text_is_never_changed(text: str) -> None:
    assert NLP.make_doc(text).text == text


@pytest.mark.parametrize("unit", ["a.", "“", "A-", "1.", "😀", "Jl.", "aa-", "!", "=-", "a/"])
def test_a_long_run_without_spaces_does_not_hang(unit: str) -> None:
    text = f"Warga pulang {unit * 10_000} lalu tidur."
    assert NLP.make_doc(text).text == text


def test_it_survives_saving_and_pickling(tmp_path: Path) -> None:
    NLP.to_disk(tmp_path / "model")
    text = " ".join(text for text, _ in CASES)
    assert tokens(text, spacy.load(tmp_path / "model")) == tokens(text)
    assert tokens(text, pickle.loads(pickle.dumps(NLP))) == tokens(text)


def test_a_users_abbreviations_are_kept_whole_and_removed_ones_are_not(tmp_path: Path) -> None:
    nlp = blank()
    table = "form\tfull\tends\texample\nZn.\tZona\t\tPasar itu di Zn. Utara.\n!Jl.\n"
    use_abbreviations(nlp.tokenizer, Lexicon({"abbreviations.tsv": table}))
    assert tokens("Pasar di Zn. Utara, Jl. Kenanga", nlp) == ["Pasar", "di", "Zn.", "Utara", ",", "Jl", ".", "Kenanga"]
    nlp.to_disk(tmp_path / "model")
    assert tokens("di Zn. Utara", spacy.load(tmp_path / "model")) == ["di", "Zn.", "Utara"]


def test_a_degree_is_known_with_and_without_its_last_stop() -> None:
    assert {"M.Si.", "M.Si", "Jl.", "jl.", "JL."} <= abbreviation_forms(packaged())


def test_the_tables_of_load_reach_the_tokeniser(tmp_path: Path) -> None:
    (tmp_path / "abbreviations.tsv").write_text(
        "form\tfull\tends\texample\nZn.\tZona\t\tDi Zn. Utara.\n", encoding="utf8"
    )
    assert tokens("Pasar di Zn. Utara.", load(resources=tmp_path)) == ["Pasar", "di", "Zn.", "Utara", "."]


@pytest.fixture(scope="module")
def affixes() -> list[re.Pattern[str]]:
    tokenizer = blank().tokenizer
    found = (tokenizer.prefix_search, tokenizer.suffix_search, tokenizer.infix_finditer)
    return [re.compile(method.__self__.pattern) for method in found]


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=1, max_size=20))
def test_a_word_of_letters_only_has_no_affixes(affixes: list[re.Pattern[str]], word: str) -> None:
    """What the tokeniser takes for granted."""
    assert not any(regex.search(word) for regex in affixes)
