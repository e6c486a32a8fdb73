"""Persons whom the rules miss, as the entity model sees them: the evidence that is weighed, and what is taken."""

from __future__ import annotations

import re

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from beritaextract import load
from beritaextract.components.model_names import Weight, without
from beritaextract.components.names import Found
from beritaextract.components.people import PersonFinder
from beritaextract.layers import read, write
from beritaextract.lexicon import packaged
from beritaextract.model import packaged_entities

WEIGHTS = packaged().rows("model_name_weights", Weight)


@pytest.fixture(scope="module")
def chain() -> Language:
    return load(model=None)


def until_people(chain: Language, text: str, name: str, score: float) -> Doc:
    """The Doc as the step ``people`` gets it when the model gives ``name`` this probability wherever it stands."""
    doc = chain.make_doc(text)
    for step, component in chain.pipeline:
        if step == "people":
            known = max(map(packaged_entities().knowledge.in_organizations, name.split()))
            spans = [doc.char_span(*found.span(), label="PERSON") for found in re.finditer(re.escape(name), text)]
            write(doc, "entities", [(span, {"score": score, "organization": known}) for span in spans])
            return doc
        doc = component(doc)
    raise AssertionError("no step people")


def finder_of(chain: Language) -> PersonFinder:
    finder = chain.get_pipe("people")
    assert isinstance(finder, PersonFinder)
    return finder


def evidence(chain: Language, text: str, name: str, score: float = 0.99) -> dict[str, float]:
    """The evidence about ``name``; {} when the rules found it or bar it."""
    doc = until_people(chain, text, name, score)
    finder = finder_of(chain)
    line, rest, found, again = finder.by_rules(doc)
    return next((one.evidence for one in finder.model_names.doubtful(doc, line, rest, [*found, *again])), {})


def seen(chain: Language, text: str, name: str, score: float) -> list[str]:
    """The persons of the layer ``people``."""
    doc = finder_of(chain)(until_people(chain, text, name, score))
    return [span.text for span, _ in read(doc, "people")]


@pytest.mark.parametrize("row", WEIGHTS, ids=lambda row: row.feature)
def test_every_kind_of_evidence_is_there_in_its_example(row: Weight, chain: Language) -> None:
    """The threshold's example is one that is taken; "share" and "words" are numbers and 0 hardly ever."""
    if row.feature == "threshold":
        assert seen(chain, row.example, row.name, 0.999) == [row.name]
    else:
        assert evidence(chain, row.example, row.name).get(row.feature, 0.0) != 0.0


@pytest.mark.parametrize(
    ("feature", "text", "name"),
    [
        ("bracket", "Bantuan diterima Gunarto Salim (Gunarsal) kemarin.", "Gunarsal"),
        ("dash", "Hadiah jatuh ke tangan Gunarto Salim-Kurniang kemarin.", "Kurniang"),
        ("beside", "Hadiah jatuh ke tangan Kurniang Laksa, lalu Gunarto Salim pulang.", "Kurniang Laksa"),
        ("part", "Hadiah jatuh ke tangan Kurniang Laksa, Stable itu tutup.", "Kurniang Laksa"),
        ("capitals", "Hadiah jatuh ke tangan Kurniang McLaksa kemarin.", "Kurniang McLaksa"),
        ("lone", "Hadiah jatuh ke tangan Kurniang Laksa kemarin.", "Kurniang Laksa"),
        ("small", "Hadiah jatuh ke tangan Kurniang Laksa kemarin. Warga senang.", "Kurniang Laksa"),
    ],
)
def test_evidence_that_only_seems_there_is_not(feature: str, text: str, name: str, chain: Language) -> None:
    """A bracket or a dash behind a person, no list, a comma between, a surname with Mc."""
    assert feature not in evidence(chain, text, name)


def test_a_sure_name_is_taken_where_rules_waver(chain: Language) -> None:
    text = "Hadiah itu jatuh ke tangan pasangan Kurniang Laksa dari desa sebelah."
    assert seen(chain, text, "Kurniang Laksa", 0.51) == []
    assert seen(chain, text, "Kurniang Laksa", 0.999) == ["Kurniang Laksa"]


def test_a_name_in_a_list_needs_less(chain: Language) -> None:
    text = "Hadiah itu jatuh ke tangan pasangan Kurniang Laksa/Gunarto Salim kemarin."
    assert seen(chain, text, "Kurniang Laksa", 0.51) == ["Kurniang Laksa", "Gunarto Salim"]


def test_a_lone_word_needs_more(chain: Language) -> None:
    assert seen(chain, "Kemudian Gunsalwa lewat di sana.", "Gunsalwa", 0.9) == []
    assert seen(chain, "Kemudian Gunsalwa menjelaskan cara menanam padi.", "Gunsalwa", 0.999) == ["Gunsalwa"]


def test_the_word_of_an_article_is_named_again(chain: Language) -> None:
    """What is taken once may stand in short elsewhere."""
    text = "Hadiah itu jatuh ke tangan pasangan Kurniang Laksa dari desa sebelah. Kurniang senang."
    assert seen(chain, text, "Kurniang Laksa", 0.999) == ["Kurniang Laksa", "Kurniang"]


def test_a_things_name_stays_one_however_sure_the_model(chain: Language) -> None:
    assert not seen(chain, "Bantuan tiba di Masjid Gunarto Salim kemarin.", "Gunarto Salim", 0.9999)


def test_an_abbreviation_in_brackets_is_no_person(chain: Language) -> None:
    assert not seen(chain, "Latihan Kebun Lestari Makmur (Pakulem) berjalan dua hari.", "Pakulem", 0.99)


def test_a_name_that_rules_found_is_not_found_twice(chain: Language) -> None:
    assert seen(chain, "Menurut Gunarto Salim, harga turun.", "Gunarto Salim", 0.99) == ["Gunarto Salim"]


def test_what_somebody_in_commas_belongs_to_is_no_person(chain: Language) -> None:
    text = "“Air naik,” ujar pengelola rumah makan Sari Laksana, Gunarto Salim, kepada wartawan."
    assert seen(chain, text, "Sari Laksana", 0.99) == ["Gunarto Salim"]


def test_the_first_of_a_list_of_names_is_one_of_them(chain: Language) -> None:
    text = "Hadiah jatuh ke tangan pasangan Kurniang Laksa, Gunarto Salim, dan Lestari Wibawa."
    assert "Kurniang Laksa" in seen(chain, text, "Kurniang Laksa", 0.999)


def test_runs_are_cut_where_names_are_taken_out() -> None:
    name = Found(3, 5, "model", 2.0, False, [], [], None, 3, 5)
    assert list(without([(1, 7), (9, 10)], [name])) == [(1, 3), (5, 7), (9, 10)]
