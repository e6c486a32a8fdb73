"""No text whatever makes the chain raise, and every offset slices back; nor does any text take long."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from spacy.language import Language

import beritaextract
from beritaextract.schema import record_schema
from effort import effort

VOCABULARY = """
Plt. Plh Pj mantan eks Kepala Biro Organisasi Dinas Sosial Sekda Bupati Wali Kota Wakil Gubernur Banten Serang DPRD Provinsi
Jawa Barat Kabupaten Kecamatan Curug Desa Direktur Jenderal Pemasyarakatan Ketua Umum Komisi II Kapolres AKBP Dr. H. Sudarman
Wiryadi Ratnaningrum SH M.Si kata ujar ungkapnya katanya menurut mengatakan menjelaskan bahwa dia ia lanjutnya Kamis
(20/6/2024) Senin lalu 15 Agustus 2024 pukul 19.00 WIB besok tahun ini PT RSUD Jalan Gedung Sungai Rp1,2 miliar yang di dari
dan untuk warga rapat pasar BACA JUGA: (red) Editor: – - , . ; : ? ! ( ) / “ ” " ' ‘ ’ « »
"""
WORDS = VOCABULARY.split()
JOINTS = (" ", " ", " ", " ", "", "\n", "\n\n", "  ", "\u00a0", ", ", ". ")

some = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
soup = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(JOINTS)), min_size=1, max_size=60).map(
    lambda pairs: "".join(word + joint for word, joint in pairs)
)
validator = Draft202012Validator(record_schema())


def check(text: str, nlp: Language) -> None:
    """The record keeps the contract."""
    record = beritaextract.extract(text, nlp=nlp, published="2024-06-20")
    assert record.text == text
    data = json.loads(record.to_bytes())
    faults = [f"{fault.json_path}: {fault.message[:200]}" for fault in validator.iter_errors(data)]
    assert not faults
    for item in items(data):
        assert text[item["start"] : item["end"]] == item["text"]
    ids = [person["id"] for person in data["officials"] + data["other_people"]]
    assert len(ids) == len(set(ids))
    assert {quote["speaker"]["person_id"] for quote in data["quotes"] if quote["speaker"]} <= {None, *ids}


def items(data: Any) -> list[dict[str, Any]]:
    """Everything in a record that has text, start and end."""
    if isinstance(data, list):
        return [item for part in data for item in items(part)]
    if not isinstance(data, dict):
        return []
    own = [data] if {"text", "start", "end"} <= set(data) else []
    return own + [item for part in data.values() for item in items(part)]


@some
@given(soup)
def test_any_heap_of_words(nlp: Language, text: str) -> None:
    check(text, nlp)


@some
@given(st.text(min_size=1, max_size=200).filter(str.strip))
def test_any_characters(nlp: Language, text: str) -> None:
    check(text, nlp)


@pytest.mark.parametrize(
    "text",
    [
        "Kabar itu), Sudarman Direktur Jenderal Pemasyarakatan Sudarman, hadir.",
        "“" * 50,
        "”“" * 25,
        "\ufeff\u200b\u200e.",
        "(" * 500,
        "Plt " * 200,
        "Bupati " * 200,
        "👩‍👩‍👧‍👦 kata e\u0301 Sudarman\u0000.",
    ],
)
def test_odd_texts(nlp: Language, text: str) -> None:
    check(text, nlp)


@pytest.mark.parametrize(
    "piece",
    [
        "Bupati Serang, Sudarman Wiryadi, membuka rapat di Kota Serang, Kamis (20/6/2024). “Pasar ramai,” kata Sudarman. ",
        "pasar",
        "Kepala Dinas Sosial Provinsi Banten dan ",
        "“Pasar ramai, ",
        "1/2/",
        "a, ",
        "\n",
    ],
)
def test_work_grows_with_the_length_of_the_text(nlp: Language, piece: str) -> None:
    """A text four times as long takes four times the work, nowhere near sixteen times."""

    def work(size: int) -> int:
        text = "Rapat. " + piece * (size // len(piece))
        return effort(lambda: beritaextract.extract(text, nlp=nlp))

    work(1_000)
    assert work(20_000) < 5.5 * work(5_000)
