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
ARTICLES = [article.text for article in beritaextract.examples()]
JOINTS = (" ", " ", " ", " ", "", "\n", "\n\n", "  ", "\u00a0", ", ", ". ")

SCRIPTS = (
    "قال الوزير", "ꦧꦸꦥꦠꦶ", "知事は", "มุข", "Ἀθῆναι", "ｋａｔａ", "e\u0301", "👩‍👩‍👧‍👦", "\x00", "\u202e", "\u2066", "\ufeff",
    "&quot;", "&#8220;", "&nbsp;", "\u0085", "\u2028", "İ", "ß", "²", "٣", "x" * 300,
)  # fmt: skip
"""Arabic, Javanese and other scripts, NUL, bidi marks, entities, line ends that are none, odd cases and digits."""

POST = (
    "Plt Kepala Dinas Sosial Kota Serang",
    "Wakil Ketua Komisi II DPRD Banten",
    "mantan Bupati Lebak",
    "Kapolres",
    "juru bicara",
)
PERSON = (
    "Sudarman Wiryadi",
    "Dr. H. Ratnaningrum, S.H., M.Si.",
    "AKBP (Purn) Wiryadi",
    "I Gede Sudarman",
    "R.A. Wiryadi",
    "SUDARMAN",
)
CUE = ("kata", "ujar", "menurut", "mengatakan bahwa", "menegaskan,", "ungkapnya,", "dikatakan")
SAID = (
    "“Pasar ramai,”",
    '"Pasar ramai',
    "pasar ramai”",
    "'Pasar' ramai",
    "pasar itu ramai",
    "“Dia bilang ‘ramai’ kemarin.”",
    "“",
    "",
)
PLACE = (
    "di Kota Serang",
    "di Jalan Veteran No. 5, Kelurahan Cipare",
    "di Selat Sunda",
    "di Tokyo, Jepang",
    "se-Banten",
)
WHEN = (
    "Kamis (20/6/2024)",
    "kemarin",
    "pada 20-22 Juni 2024",
    "pukul 19.00 WIB",
    "sejak 31/02/2024",
    "tahun 0",
    "99/99/9999",
)
NOISE = (
    "\n\nBaca juga: Harga Beras Turun\n\n",
    "ADVERTISEMENT",
    "(ant/red)",
    "JAKARTA, KABAR - ",
    "Editor: Wiryadi",
    "#pasar",
)

some = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
soup = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(JOINTS)), min_size=1, max_size=60).map(
    lambda pairs: "".join(word + joint for word, joint in pairs)
)
fragments = st.sampled_from(
    (*POST, *PERSON, *CUE, *SAID, *PLACE, *WHEN, *NOISE, *SCRIPTS, *JOINTS, ", ", ". ", " dan ", " (", ") ")
)
grammar = st.lists(fragments, min_size=1, max_size=40).map(
    lambda parts: " ".join(parts) if len(parts) % 2 else "".join(parts)
)
"""Articles from pieces of the grammars: posts beside names beside cues in every order, with and without blanks."""


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """An article of the example batch with passages cut, doubled, moved, glued or broken into by something odd."""
    text = draw(st.sampled_from(ARTICLES))
    for _ in range(draw(st.integers(1, 6))):
        a = draw(st.integers(0, len(text)))
        b = min(len(text), a + draw(st.integers(0, 80)))
        piece, kind = text[a:b], draw(st.sampled_from(("cut", "double", "move", "glue", "odd", "upper", "lower")))
        if kind == "move":
            to = draw(st.integers(0, a))
            text = text[:to] + piece + text[to:a] + text[b:]
            continue
        changed = {
            "cut": "",
            "double": piece * 2,
            "glue": piece.replace(" ", ""),
            "upper": piece.upper(),
            "lower": piece.lower(),
        }
        text = text[:a] + changed.get(kind, draw(st.sampled_from(SCRIPTS)) + piece) + text[b:]
    return text if text.strip() else "Rapat."


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
@given(grammar.filter(str.strip))
def test_any_pieces_of_the_grammars(nlp: Language, text: str) -> None:
    check(text, nlp)


@some
@given(mutated())
def test_any_broken_article(nlp: Language, text: str) -> None:
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
    "text", ["a" * 5_000_000, "1" * 5_000_000, "Rapat." + " " * 5_000_000, "Rapat " + "-" * 1_000_000]
)
def test_a_line_of_megabytes(nlp: Language, text: str) -> None:
    record = beritaextract.extract(text, nlp=nlp)
    assert record.text == text


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


def test_work_grows_with_the_number_of_officials(nlp: Language) -> None:
    """Four times as many persons with national posts take four times the work: what the article is about is asked once."""
    stems = [
        a + b for a in ("Sar", "Kar", "War", "Har", "Dar", "Par", "Jar", "Mar") for b in ("wo", "di", "jo", "tin", "si")
    ]
    after = nlp.pipe_names[nlp.pipe_names.index("officials") :]

    def work(count: int) -> int:
        with nlp.select_pipes(disable=after):
            doc = nlp(" ".join(f"Presiden {first} {first}nto tiba." for first in stems[:count]))
        return effort(lambda: nlp.get_pipe("officials")(doc))

    assert work(40) < 5 * work(10)
