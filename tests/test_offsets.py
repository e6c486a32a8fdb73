"""Clock times without a zone take the offset of a place, when asked to."""

from __future__ import annotations

import pickle

import pytest
import spacy
from spacy.language import Language

from beritaextract import extract, load


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load(place_offsets=True, temporals=True)


def values(text: str, nlp: Language) -> list[str]:
    record = extract(text, nlp=nlp)
    assert all(("+place_offset" in x.by) <= ("+" in x.value) for x in (*record.dates, *record.temporals))
    return [x.value for x in (*record.dates, *record.temporals)]


@pytest.mark.parametrize(
    ("fact", "text", "wanted"),
    [
        (
            "the nearest place of the sentence tells it",
            "Dari Kota Bandung rombongan berangkat, lalu tiba di Kota Ambon Senin (24/6/2024) pukul 19.00.",
            ["2024-06-24T19:00+09:00"],
        ),
        (
            "both ends of a span take it",
            "Pasar murah digelar di Kota Makassar, Senin (24/6/2024) pukul 08.00-12.00.",
            ["2024-06-24T08:00+08:00/2024-06-24T12:00+08:00"],
        ),
        (
            "a written zone stays",
            "Siaran dari Kota Ambon dimulai Senin (24/6/2024) pukul 19.00 WIB.",
            ["2024-06-24T19:00+07:00"],
        ),
        (
            "a sentence without a place takes the dateline's",
            "JAYAPURA, KABAR - Lomba dibuka Senin (24/6/2024) pukul 08.00. Peserta datang dari Kota Medan.",
            ["2024-06-24T08:00+09:00"],
        ),
        (
            "without a dateline the areas of the article tell it when they agree",
            "Lomba dibuka Senin (24/6/2024) pukul 08.00. Peserta datang dari Kota Medan dan Kota Padang.",
            ["2024-06-24T08:00+07:00"],
        ),
        (
            "areas in two zones tell nothing",
            "Lomba dibuka Senin (24/6/2024) pukul 08.00. Peserta datang dari Kota Medan dan Kota Ambon.",
            ["2024-06-24T08:00"],
        ),
        (
            "a zone written elsewhere counts among the areas",
            "Lomba dibuka Senin (24/6/2024) pukul 08.00. Final Rabu (26/6/2024) pukul 09.00 WIT. Peserta dari Kota Medan.",
            ["2024-06-24T08:00", "2024-06-26T09:00+09:00"],
        ),
        (
            "a place abroad leaves the time alone",
            "JAKARTA, KABAR - Rombongan mendarat di Malaysia Senin (24/6/2024) pukul 19.00.",
            ["2024-06-24T19:00"],
        ),
        (
            "no place, no offset",
            "Lomba dibuka Senin (24/6/2024) pukul 08.00.",
            ["2024-06-24T08:00"],
        ),
        (
            "a lone clock time takes it too",
            "Di Kota Ambon gempa terasa pukul 19.00.",
            ["T19:00+09:00"],
        ),
    ],
)
def test_offset(fact: str, text: str, wanted: list[str], nlp: Language) -> None:
    assert values(text, nlp) == wanted, fact


def test_off_by_default() -> None:
    """A value has only the offset that is written."""
    record = extract("Lomba dibuka di Kota Ambon, Senin (24/6/2024) pukul 08.00.")
    assert [d.value for d in record.dates] == ["2024-06-24T08:00"]


def test_survives_pickling_and_saving(nlp: Language, tmp_path: object) -> None:
    """A pipeline with offsets can be copied to another process and saved."""
    text = "Lomba dibuka di Kota Ambon, Senin (24/6/2024) pukul 08.00."
    nlp.to_disk(str(tmp_path))
    for again in (pickle.loads(pickle.dumps(nlp)), spacy.load(str(tmp_path))):
        assert values(text, again) == ["2024-06-24T08:00+09:00"]


def test_needs_no_other_component() -> None:
    """In a pipeline without dates and places it changes nothing."""
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaextract_offsets")
    assert nlp("Pukul 19.00 di Ambon.").text == "Pukul 19.00 di Ambon."
