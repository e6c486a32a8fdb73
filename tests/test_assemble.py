"""What assemble makes of the layers: each thing once, in its order, with what follows from its code."""

from __future__ import annotations

import spacy
from spacy.language import Language

from beritaextract import Article, extract
from beritaextract.assemble import assemble
from beritaextract.layers import read
from beritaextract.pipeline import make_doc

TEXT = (
    "Dinas Sosial Kota Serang membagi beras di Kota Serang. Warga Jakarta ikut. Dinas Sosial Kota Serang kembali ke "
    "Kota Serang bersama Polres Cilegon."
)


def test_an_organization_stands_once_at_its_first_mention(nlp: Language) -> None:
    found = extract(TEXT, nlp=nlp).organizations
    assert [(o.name, o.start) for o in found] == [
        ("Dinas Sosial Kota Serang", 0),
        ("Kepolisian Resor Cilegon", TEXT.index("Polres")),
    ]


def test_a_place_stands_once_at_its_first_mention(nlp: Language) -> None:
    found = extract(TEXT, nlp=nlp).places
    assert [(p.name, p.start) for p in found] == [
        ("Kota Serang", TEXT.index("di Kota Serang") + 3),
        ("DKI Jakarta", TEXT.index("Jakarta")),
    ]


def test_a_place_without_a_code_has_the_path_of_what_it_lies_in(nlp: Language) -> None:
    """And its country, but no position, which belongs to a code."""
    (hotel, *_) = extract("Rapat digelar di Hotel Kencana, Kota Serang.", nlp=nlp).places
    assert (hotel.code, hotel.lat, hotel.lon) == (None, None, None)
    assert (hotel.path, hotel.country) == (("Hotel Kencana", "Kota Serang", "Banten", "Indonesia"), "ID")


def test_topics_come_likeliest_first_with_both_names(nlp: Language) -> None:
    topics = extract("Bupati dan DPRD membahas APBD. Harga pupuk dan beras petani ikut dibahas.", nlp=nlp).topics
    scores = [topic.score for topic in topics]
    assert scores
    assert scores == sorted(scores, reverse=True)
    assert all(topic.name and topic.name_id and topic.name != topic.name_id for topic in topics)


def test_people_are_numbered_over_officials_and_others_by_their_first_mention(nlp: Language) -> None:
    text = "“Siap,” kata Ratmini Lestari. Bupati Kendal Gunarto Salim mengangguk. “Kami juga,” kata Suharno Wibawa."
    record = extract(text, nlp=nlp)
    assert [(p.id, p.name) for p in record.people] == [
        ("p1", "Ratmini Lestari"),
        ("p2", "Gunarto Salim"),
        ("p3", "Suharno Wibawa"),
    ]
    assert [p.id for p in record.officials] == ["p2"]


def test_what_the_caller_knows_goes_before_what_was_found(nlp: Language) -> None:
    text = "Pasar Ramai Kembali\n\nSERANG, KABARLAIN.id – Rapat usai."
    assert extract(text, nlp=nlp).title == "Pasar Ramai Kembali"
    assert extract(text, nlp=nlp, title="Lain").title == "Lain"
    assert extract(text, nlp=nlp, outlet="Kabar Kita").source.outlet == "Kabar Kita"


def test_layers_that_no_component_wrote_are_empty() -> None:
    bare = spacy.blank("id")
    record = assemble(bare(TEXT))
    assert record.text == TEXT
    assert len(record.id) == 16
    found = (record.segments, record.people, record.quotes, record.places, record.dates, record.topics, record.keywords)
    assert found == ((),) * 7


def test_a_record_of_a_doc_is_that_of_extract(nlp: Language) -> None:
    doc = nlp(make_doc(nlp, Article(TEXT, id="a")))
    assert read(doc, "organizations")
    assert assemble(doc) == extract(TEXT, id="a", nlp=nlp)
