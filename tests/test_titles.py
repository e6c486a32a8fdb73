"""The layer titles: every row of its tables on its own example, and the grammar around a head."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from beritaextract.components.organization_forms import Ministry, Organ
from beritaextract.components.title_forms import Marker, Pattern, Title
from beritaextract.layers import read
from beritaextract.lexicon import packaged
from beritaextract.tokenizer import make_tokenizer


@pytest.fixture(scope="module")
def titles() -> Language:
    nlp = spacy.blank("id")
    nlp.tokenizer = make_tokenizer()(nlp)
    nlp.add_pipe("beritaextract_titles")
    return nlp


@lru_cache(maxsize=1)
def bare() -> Language:
    """With spaCy's own tokeniser, as in somebody else's pipeline."""
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaextract_titles")
    return nlp


def found(nlp: Language, text: str) -> list[tuple[str, dict[str, Any]]]:
    return [(span.text, row) for span, row in read(nlp(text), "titles")]


@pytest.mark.parametrize("row", packaged().rows("titles", Title), ids=lambda r: r.form)
def test_title_row_fires_on_its_own_example(row: Title, titles: Language) -> None:
    assert (row.form, row.title) in [(r["row"], r["title"]) for _, r in found(titles, row.example)]


@pytest.mark.parametrize("row", packaged().rows("acting", Marker), ids=lambda r: r.form)
def test_marker_row_fires_on_its_own_example(row: Marker, titles: Language) -> None:
    """An acting or former marker shows in the row, a word behind the head belongs to the span, a blocker leaves no title;
    a deputy's word begins the title."""
    heads = found(titles, row.example)
    if row.kind == "block":
        assert heads == []
    elif row.kind == "after":
        assert [(text.lower().endswith(row.form.lower()), r["acting"]) for text, r in heads] == [(True, row.value)]
    elif row.kind == "deputy":
        assert [r["title"].split()[0] for _, r in heads] == [row.value]
    else:
        assert [(r["acting"], r["former"]) for _, r in heads] == [(row.value, row.kind == "former")]


@pytest.mark.parametrize("row", packaged().rows("ministries", Ministry), ids=lambda r: r.name)
def test_portfolio_fires_on_its_own_example(row: Ministry, titles: Language) -> None:
    assert f"Menteri {row.name}" in [r["title"] for _, r in found(titles, row.example)]


@pytest.mark.parametrize(
    "row", packaged().rows("title_patterns", Pattern, key=lambda p: (p.prefix, p.base, p.of)), ids=lambda r: r.example
)
def test_pattern_fires_on_its_own_example(row: Pattern, titles: Language) -> None:
    assert any(
        r["row"].startswith(f"{row.prefix}+") and r["title"].startswith(row.title)
        for _, r in found(titles, row.example)
    )


def test_a_glued_pattern_makes_a_title_of_every_organisation_with_a_head(titles: Language) -> None:
    organ = next(r for r in packaged().rows("organizations", Organ) if r.form == "Bapenda")
    assert [(text, r["title"], r["organization"]) for text, r in found(titles, "Kabapenda Kota Bima datang.")] == [
        ("Kabapenda", f"Kepala {organ.head}", organ.name)
    ]


@pytest.mark.parametrize(
    ("text", "span", "title", "acting", "former"),
    [
        ("Plh Sekda Jambi", "Plh Sekda", "Sekretaris Daerah", "Plh", False),
        ("Plt. Kadis Sosial", "Plt. Kadis", "Kepala Dinas", "Plt", False),
        ("PLT KEPALA DINAS SOSIAL", "PLT KEPALA DINAS", "Kepala Dinas", "Plt", False),
        ("Penjabat (Pj) Gubernur Riau", "Penjabat (Pj) Gubernur", "Gubernur", "Pj", False),
        ("Pelaksana Tugas (Plt.) Wali\nKota Bima", "Pelaksana Tugas (Plt.) Wali\nKota", "Wali Kota", "Plt", False),
        ("mantan Pj. Bupati Kudus", "mantan Pj. Bupati", "Bupati", "Pj", True),
        ("Eks-Wakil Bupati Kudus", "Eks-Wakil Bupati", "Wakil Bupati", None, True),
        ("Kepala Bidang (Kabid) Rehabilitasi", "Kepala Bidang (Kabid)", "Kepala Bidang", None, False),
        ("Sekretaris Daerah (Sekda) Riau", "Sekretaris Daerah (Sekda)", "Sekretaris Daerah", None, False),
        ("Kadishub (Plt) Kota Bima", "Kadishub (Plt)", "Kepala Dinas", "Plt", False),
        ("Presiden ke-4 RI", "Presiden ke-4", "Presiden", None, False),
        ("Wakil Ketua II DPRD", "Wakil Ketua II", "Wakil Ketua", None, False),
        (
            "Menteri Pendidikan Tinggi, Sains dan Teknologi",
            None,
            "Menteri Pendidikan Tinggi, Sains, dan Teknologi",
            None,
            False,
        ),
        ("Menteri Pertanian Ad Interim", None, "Menteri Pertanian", "Ad Interim", False),
    ],
)
def test_grammar_of_a_head(
    text: str, span: str | None, title: str, acting: str | None, former: bool, titles: Language
) -> None:
    [(at, row)] = found(titles, text)
    assert (at, row["title"], row["acting"], row["former"]) == (span or text, title, acting, former)


def test_inner_is_where_the_organisation_begins(titles: Language) -> None:
    [(text, row)] = found(titles, "Plt Kepala Dinas Sosial")
    assert text.split()[row["inner"]] == "Dinas"


@pytest.mark.parametrize(
    "text",
    [
        "Calon Bupati Kudus",
        "Piala Presiden bergulir",
        "dia kasi uang",
        "orang karo itu",
        "kepala korban luka",
        "Lukman Hakim tiba",
    ],
)
def test_no_head(text: str, titles: Language) -> None:
    assert found(titles, text) == []


PIECES = [
    "Plt",
    "Kepala",
    "Dinas",
    "Bupati",
    "(Pj)",
    "mantan",
    "eks-Camat",
    "Menteri",
    "(",
    ")",
    ",",
    ".",
    "-",
    "\n",
    "\u200b",
    "Wakil",
    "II",
]


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_any_text_gives_spans_within_it(text: str) -> None:
    doc = bare()(text)
    spans = [span for span, _ in read(doc, "titles")]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(text[s.start_char : s.end_char] == s.text for s in spans)
