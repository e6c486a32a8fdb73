"""Places: areas as such, countries, towns abroad, venues, mountains and seas."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from beritaextract.components.place_heads import NaturalHead, VenueHead
from beritaextract.components.place_links import PlaceLink
from beritaextract.components.place_names import ForeignPlace, NaturalName, Region
from beritaextract.components.place_selection import Bearer, Blocker
from beritaextract.components.toponym_scan import Cue, Stopword
from beritaextract.gazetteer import Country
from beritaextract.layers import PlaceRow, read, write
from beritaextract.lexicon import Lexicon, packaged
from beritaextract.tokenizer import make_tokenizer

TABLES = packaged()


def alone() -> Language:
    """Toponyms and places in a blank pipeline with our tokeniser and no other layer."""
    nlp = spacy.blank("id")
    nlp.tokenizer = make_tokenizer()(nlp)
    nlp.add_pipe("beritaextract_toponyms")
    nlp.add_pipe("beritaextract_places")
    return nlp


NLP = alone()


def places(text: str) -> list[tuple[str, PlaceRow]]:
    return [(span.text, row) for span, row in read(NLP(text), "places")]


@pytest.mark.parametrize("row", TABLES.rows("countries", Country), ids=lambda r: r.code)
def test_country_is_found_in_its_example(row: Country) -> None:
    assert any(found["code"] == row.code and found["kind"] == "country" for _, found in places(row.example))


@pytest.mark.parametrize("row", TABLES.rows("foreign_places", ForeignPlace), ids=lambda r: r.name)
def test_foreign_place_is_found_in_its_example(row: ForeignPlace) -> None:
    assert any(text == row.name and found["kind"] == "foreign" for text, found in places(row.example))
    assert any(row.country == country.code for country in TABLES.rows("countries", Country))


@pytest.mark.parametrize("row", TABLES.rows("regions", Region), ids=lambda r: r.name)
def test_region_is_found_in_its_example(row: Region) -> None:
    assert any(text == row.name and found["kind"] == row.kind for text, found in places(row.example))


@pytest.mark.parametrize("row", TABLES.rows("natural", NaturalName), ids=lambda r: r.name)
def test_natural_name_is_found_in_its_example(row: NaturalName) -> None:
    assert any(text == row.name and found["kind"] == "natural" for text, found in places(row.example))


@pytest.mark.parametrize("row", TABLES.rows("venues", VenueHead), ids=lambda r: r.form)
def test_venue_head_is_found_in_its_example(row: VenueHead) -> None:
    assert any(text.lower().startswith(row.form) and found["kind"] == "venue" for text, found in places(row.example))


@pytest.mark.parametrize("row", TABLES.rows("natural_heads", NaturalHead), ids=lambda r: r.form)
def test_natural_head_is_found_in_its_example(row: NaturalHead) -> None:
    assert any(text.lower().startswith(row.form) and found["kind"] == "natural" for text, found in places(row.example))


@pytest.mark.parametrize("row", TABLES.rows("place_cues", Cue), ids=lambda r: r.form)
def test_cue_points_at_a_place_in_its_example(row: Cue) -> None:
    assert f" {row.form} " in f" {row.example.lower()} "
    assert places(row.example)


@pytest.mark.parametrize("row", TABLES.rows("place_stopwords", Stopword), ids=lambda r: r.form)
def test_stopword_is_no_place_in_its_example(row: Stopword) -> None:
    assert not places(row.example)


@pytest.mark.parametrize("row", TABLES.rows("place_blockers", Blocker), ids=lambda r: r.form)
def test_blocker_leaves_no_area_in_its_example(row: Blocker) -> None:
    assert row.form in row.example.lower()
    assert not [found for _, found in places(row.example) if found["kind"] != "venue"]


@pytest.mark.parametrize("row", TABLES.rows("place_links", PlaceLink), ids=lambda r: r.form)
def test_link_changes_what_its_example_says(row: PlaceLink) -> None:
    """Without the row the places of the example read otherwise."""
    other = alone()
    for _, component in other.pipeline:
        component.use(Lexicon({"place_links.tsv": f"form\tkinds\texample\n!{row.form}\t\t\n"}))
    assert places(row.example) != [(span.text, found) for span, found in read(other(row.example), "places")]


@pytest.mark.parametrize("row", TABLES.rows("nationality_words", Bearer), ids=lambda r: r.form)
def test_bearer_has_a_country_in_its_example(row: Bearer) -> None:
    assert [found["kind"] for _, found in places(row.example)] == ["country"]


def test_an_area_in_another_layer_is_no_place() -> None:
    """Organisations, posts and persons keep the areas of their names."""
    doc = NLP.get_pipe("beritaextract_toponyms")(NLP.make_doc("Kejaksaan Negeri Serang di Cilegon ramai."))
    write(doc, "organizations", [(doc[0:3], {"name": "Kejaksaan Negeri Serang"})])
    found = read(NLP.get_pipe("beritaextract_places")(doc), "places")
    assert [span.text for span, _ in found] == ["Cilegon"]


def test_one_entry_a_place_at_its_first_mention() -> None:
    assert [(t, r["code"]) for t, r in places("Hujan turun di Jabar. Warga Jawa Barat senang.")] == [("Jabar", "32")]


def test_works_alone() -> None:
    """Without toponyms, with spaCy's own tokeniser, on nothing."""
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaextract_places")
    assert [s.text for s, _ in read(nlp("Rapat digelar di Gedung Pancasila, Jepang."), "places")] == [
        "Gedung Pancasila",
        "Jepang",
    ]
    assert read(nlp(""), "places") == []


@settings(max_examples=80, deadline=None)
@given(st.text())
def test_any_text(text: str) -> None:
    doc = NLP(text)
    for span, row in read(doc, "places"):
        assert span.text == text[span.start_char : span.end_char]
        assert 0 < row["confidence"] <= 1


WORDS = "Gedung Jalan Kota Serang , Jepang di ( ) No. 5 / Gunung Laut AS se-Indonesia Desa - Kelurahan Curug bahasa"


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split())))
def test_any_mixture_of_its_own_words(parts: list[str]) -> None:
    places(" ".join(parts))
