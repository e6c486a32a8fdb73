"""Toponyms: which names are areas, and which area each one means."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from beritaextract import Article
from beritaextract.components.toponym_resolution import Weight
from beritaextract.components.toponym_scan import Direction, LevelWord
from beritaextract.explanation.readings import readings
from beritaextract.gazetteer import Alias, gazetteer
from beritaextract.layers import read
from beritaextract.lexicon import packaged
from beritaextract.pipeline import make_doc
from beritaextract.tokenizer import make_tokenizer
from effort import effort


def alone() -> Language:
    """The component in a blank pipeline with our tokeniser and no other layer."""
    nlp = spacy.blank("id")
    nlp.tokenizer = make_tokenizer()(nlp)
    nlp.add_pipe("beritaextract_toponyms")
    return nlp


NLP = alone()


def found(text: str, nlp: Language = NLP) -> list[tuple[str, str | None]]:
    return [(span.text, row["code"]) for span, row in read(nlp(text), "toponyms")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rapat digelar di Kota Serang, Banten.", [("Kota Serang", "36.73"), ("Banten", "36")]),
        ("Rapat digelar di Kabupaten Serang.", [("Kabupaten Serang", "36.04")]),
        ("Bupati Serang meninjau panen.", [("Serang", "36.04")]),
        ("Wali Kota Serang meninjau panen.", [("Serang", "36.73")]),
        ("Walikota Serang meninjau panen.", [("Serang", "36.73")]),
        ("Pemkab Serang membuka lowongan.", [("Serang", "36.04")]),
        ("Gubernur Jambi meninjau panen.", [("Jambi", "15")]),
        ("Kabupaten Bogor panen raya. Warga Bogor senang.", [("Kabupaten Bogor", "32.01"), ("Bogor", "32.01")]),
        ("Polres Blitar menangkap pelaku.", [("Blitar", "35.05")]),
        ("Polres Blitar Kota menangkap pelaku.", [("Blitar", "35.72")]),
        ("Dandim 0426/Tulang Bawang hadir.", [("Tulang Bawang", "18.05")]),
        ("Warga Curug, Kota Serang, panen.", [("Curug", "36.73.04"), ("Kota Serang", "36.73")]),
        ("Warga di Kalianda panen.", [("Kalianda", "18.01.06")]),
        ("Hujan turun di Purwokerto.", [("Purwokerto", "33.02")]),
        (
            "Hujan turun di Jakarta Pusat, Barat, dan Timur.",
            [("Jakarta Pusat", "31.71"), ("Barat", "31.73"), ("Timur", "31.75")],
        ),
        (
            "Mereka berasal dari Bandung, Jambi, dan Medan.",
            [("Bandung", "32.73"), ("Jambi", "15.71"), ("Medan", "12.71")],
        ),
        ("Lurah se-Jawa Barat berkumpul.", [("se-Jawa Barat", "32")]),
        ("KABUPATEN SERANG DILANDA BANJIR", [("KABUPATEN SERANG", "36.04")]),
        ("Ibu Sri Mulyani dan Pak Rahmat hadir.", []),
        ("Mari kita pulang bersama.", []),
        ("Batu besar menimpa atap rumah.", []),
        ("Warga berlibur ke Batu, Jawa Timur.", [("Batu", "35.79"), ("Jawa Timur", "35")]),
        ("Kantor di Kuningan, Jakarta Selatan, tutup.", [("Jakarta Selatan", "31.74")]),
        ("Hujan turun di Serang Barat.", []),
        ("Pemkab Tulangbawang Barat membuka lowongan.", [("Tulangbawang Barat", "18.12")]),
        ("Camat Ciomas, Kabupaten Bogor, hadir.", [("Ciomas", "32.01.29"), ("Kabupaten Bogor", "32.01")]),
        ("Hujan turun di Kabupaten Menggala.", []),
        ("Warga Kecamatan Wanasari, Brebes, panen.", [("Kecamatan Wanasari", "33.29.08"), ("Brebes", "33.29")]),
        ("Kapal berangkat ke Sorong, ke Raja Ampat.", [("Sorong", "96.71"), ("Raja Ampat", "96.03")]),
    ],
)
def test_reads_area_names(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(text) == expected


def test_level_words_choose_among_many() -> None:
    """Of all villages named Sukamaju the one in the district named behind it."""
    text = "Banjir melanda Desa Sukamaju, Kecamatan Cikeusal, Kabupaten Serang."
    assert found(text)[0] == ("Desa Sukamaju", "36.04.23.2004")


def test_an_open_name_takes_the_reading_it_has_elsewhere() -> None:
    text = "Konvoi melintas ke Kediri menurut bupati. Besoknya warga Kota Kediri panen."
    assert [code for _, code in found(text)] == ["35.71", "35.71"]


def test_a_bare_name_means_one_area() -> None:
    """The mention that shows where it lies speaks for the others."""
    text = "Banjir melanda Desa Gandasoli, Sukabumi, Jawa Barat. Warga di Sukabumi mengungsi."
    assert {code for name, code in found(text) if name == "Sukabumi"} == {"32.02"}


def test_abstains_when_nothing_tells() -> None:
    """One of many villages of a name, and nothing else."""
    assert found("Banjir melanda Desa Sukamaju.") == [("Desa Sukamaju", None)]


def test_rows_tell_why() -> None:
    (_, row), *_ = read(NLP("Bupati Serang meninjau panen."), "toponyms")
    assert row["by"] == "toponyms.governed"
    assert row["name"] == "Kabupaten Serang"
    assert set(row["candidates"]) <= set(gazetteer())


def test_works_without_layers_and_on_nothing() -> None:
    assert found("") == []
    assert found("\n \n") == []


@pytest.mark.parametrize("row", packaged().rows("place_aliases", Alias), ids=lambda r: r.name)
def test_alias_is_found_in_its_example(row: Alias) -> None:
    assert any(code in row.codes for _, code in found(row.example))


@pytest.mark.parametrize("row", packaged().rows("level_words", LevelWord), ids=lambda r: r.form)
def test_level_word_tells_the_level_in_its_example(row: LevelWord) -> None:
    rows = [r for _, r in read(NLP(row.example), "toponyms")]
    assert any(
        r["kind"] in row.kinds and r["code"] and (r["marker"] or "").lower().replace(" .", ".") == row.form
        for r in rows
    )


@pytest.mark.parametrize("row", packaged().rows("directions", Direction), ids=lambda r: r.form)
def test_direction_is_completed_in_its_example(row: Direction) -> None:
    assert len([code for _, code in found(row.example) if code]) == 2


BOUNDS = {"margin", "floor_free", "floor_bound"}
"""Rows of toponym_weights.tsv that no reading gets: what a sum or a lead must reach."""


@pytest.mark.parametrize("row", packaged().rows("toponym_weights", Weight), ids=lambda r: r.feature)
def test_a_weight_counts_for_a_reading_of_its_example(row: Weight, nlp: Language) -> None:
    """An area that nothing else tells has a reading, too; a weight of nought adds nothing."""
    outlet = "Radar Serang" if row.feature == "outlet" else None
    seen = readings(nlp, nlp(make_doc(nlp, Article(row.example, outlet=outlet))))
    assert seen
    if row.feature not in BOUNDS and row.weight:
        assert row.feature in {name for reading in seen for option in reading.options for name in option.evidence}


@pytest.mark.parametrize("text", ["Warga Serang dan Bogor hadir. ", "Serang, Bogor, ", "Desa Sukamaju, "])
def test_work_is_linear(text: str) -> None:
    """Ten times the text takes no more than about ten times the work, in one long list too."""
    short, long = NLP.make_doc(text * 50), NLP.make_doc(text * 500)
    find = NLP.get_pipe("beritaextract_toponyms").find
    find(short)
    assert effort(lambda: find(long)) < 13 * effort(lambda: find(short))


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text(text: str) -> None:
    doc: Doc = NLP(text)
    for span, row in read(doc, "toponyms"):
        assert span.text == text[span.start_char : span.end_char]
        assert row["code"] is None or row["code"] in set(gazetteer()) or len(row["code"]) == 2


WORDS = "Kota Serang , Kabupaten di dan Curug . / ( Barat Wali Desa - Kec."


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split())))
def test_any_mixture_of_its_own_words(parts: list[str]) -> None:
    found(" ".join(parts))


def test_a_users_names_are_known(tmp_path: Path) -> None:
    """A folder with its own ``place_aliases.tsv`` adds names; the packaged gazetteer stays as it is."""
    (tmp_path / "place_aliases.tsv").write_text(
        "name\tcodes\texample\nKota Debus\t36.73\tPameran di Kota Debus.\n", encoding="utf8"
    )
    nlp = alone()
    nlp.get_pipe("beritaextract_toponyms").initialize(resources=tmp_path)
    assert found("Pameran di Kota Debus.", nlp) == [("Kota Debus", "36.73")]
    assert found("Pameran di Kota Debus.") == []
