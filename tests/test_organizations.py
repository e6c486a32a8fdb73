"""The layer organizations: every row of its tables on its own example, where names end, and the tails of posts."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from beritaextract.components.organization_forms import Department, Organ, OrganPattern, TailWord
from beritaextract.layers import extra, read
from beritaextract.lexicon import packaged
from beritaextract.tokenizer import make_tokenizer


@pytest.fixture(scope="module")
def chain() -> Language:
    nlp = spacy.blank("id")
    nlp.tokenizer = make_tokenizer()(nlp)
    for name in ("titles", "toponyms", "organizations"):
        nlp.add_pipe(f"beritaextract_{name}")
    return nlp


@lru_cache(maxsize=1)
def bare() -> Language:
    """Without area names and with spaCy's own tokeniser, as in somebody else's pipeline."""
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaextract_titles")
    nlp.add_pipe("beritaextract_organizations")
    return nlp


def found(nlp: Language, text: str) -> list[tuple[str, dict[str, Any]]]:
    return [(span.text, row) for span, row in read(nlp(text), "organizations")]


@pytest.mark.parametrize("row", packaged().rows("organizations", Organ), ids=lambda r: r.form)
def test_organisation_row_fires_on_its_own_example(row: Organ, chain: Language) -> None:
    assert any(r["name"].startswith(row.name) and text.startswith(row.form) for text, r in found(chain, row.example))


@pytest.mark.parametrize("row", packaged().rows("departments", Department), ids=lambda r: r.name)
def test_department_row_fires_on_its_own_example(row: Department, chain: Language) -> None:
    """The name of the office is the whole of what stands before the verb or the area."""
    [first, *_] = [text for text, _ in found(chain, row.example)]
    verb = next(w for w in row.example.split() if w.islower() and w not in ("dan", "kala"))
    assert row.example.split(f" {verb}")[0].startswith(first)
    assert row.example.startswith(first)


@pytest.mark.parametrize(
    "row",
    packaged().rows("organization_patterns", OrganPattern, key=lambda p: (p.prefix, p.base, p.of)),
    ids=lambda r: r.example,
)
def test_pattern_fires_on_its_own_example(row: OrganPattern, chain: Language) -> None:
    [(text, found_row), *_] = found(chain, row.example)
    assert (text.startswith(row.prefix), found_row["name"].startswith(row.name)) == (True, True)


@pytest.mark.parametrize("row", packaged().rows("organization_tails", TailWord), ids=lambda r: r.form)
def test_tail_word_works_in_its_own_example(row: TailWord, chain: Language) -> None:
    """It is part of the organisation's name, or stands between a post and its body, or ends a post."""
    doc = chain(row.example)
    if row.kind == "of":
        assert [tail["organization"] is not None for tail in extra(doc, "organizations", "tails")] == [True]
    elif row.kind == "stop":
        [(head, _)] = read(doc, "titles")
        assert [tail["end"] for tail in extra(doc, "organizations", "tails")] == [head.end]
    else:
        assert row.form in read(doc, "organizations")[0][0].text


@pytest.mark.parametrize(
    ("text", "span", "name"),
    [
        ("Pemprov Banten membangun jalan.", "Pemprov Banten", "Pemerintah Provinsi Banten"),
        ("Setda Provinsi Banten pindah.", "Setda Provinsi Banten", "Sekretariat Daerah Provinsi Banten"),
        (
            "Dinas PUPR Kota Serang libur.",
            "Dinas PUPR Kota Serang",
            "Dinas Pekerjaan Umum dan Penataan Ruang Kota Serang",
        ),
        (
            "Disdikbud Kabupaten Pati libur.",
            "Disdikbud Kabupaten Pati",
            "Dinas Pendidikan dan Kebudayaan Kabupaten Pati",
        ),
        ("Kemenkeu menyurati daerah.", "Kemenkeu", "Kementerian Keuangan"),
        (
            "Dinas Koperasi, Usaha Kecil dan Perdagangan Pemkab Pati libur.",
            "Dinas Koperasi, Usaha Kecil dan Perdagangan Pemkab Pati",
            "Dinas Koperasi, Usaha Kecil dan Perdagangan Pemerintah Kabupaten Pati",
        ),
        (
            "Dinas Kehutanan (Dishut) Provinsi Lampung mendata.",
            "Dinas Kehutanan (Dishut) Provinsi Lampung",
            "Dinas Kehutanan Provinsi Lampung",
        ),
        (
            "DPC PDIP Kota Serang rapat.",
            "DPC PDIP Kota Serang",
            "Dewan Pimpinan Cabang Partai Demokrasi Indonesia Perjuangan Kota Serang",
        ),
        (
            "Perhimpunan Hotel dan Restoran Indonesia (PHRI) Lampung rapat.",
            "Perhimpunan Hotel dan Restoran Indonesia (PHRI) Lampung",
            None,
        ),
    ],
)
def test_name_runs_to_its_end_and_is_given_in_full(text: str, span: str, name: str | None, chain: Language) -> None:
    [(at, row)] = found(chain, text)
    assert at == span
    assert name is None or row["name"] == name


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        (
            "Dinas Perhubungan, Dinas Kesehatan dan Polres Pati hadir.",
            ["Dinas Perhubungan", "Dinas Kesehatan", "Polres Pati"],
        ),
        ("menurut Kepala Dinas Sosial Budi Santoso di sana", ["Dinas Sosial"]),
        ("kata Ketua Umum PSSI Budi Santoso", ["PSSI"]),
        ("kata Direktur PT Angkasa Merah Budi Santoso", ["PT Angkasa Merah"]),
        ("Bidang Angkutan Dinas Perhubungan Kota Serang", ["Bidang Angkutan", "Dinas Perhubungan Kota Serang"]),
        ("dia main di bank, lalu ke kantor", []),
    ],
)
def test_name_stops_before_what_is_not_its_own(text: str, spans: list[str], chain: Language) -> None:
    assert [at for at, _ in found(chain, text)] == spans


def test_an_abbreviation_explained_in_the_article_counts_for_the_rest_of_it(chain: Language) -> None:
    text = "Forum Petani Garam Madura (FPGM) menolak impor. Ketua FPGM marah."
    assert [(at, row["by"]) for at, row in found(chain, text)][-1] == ("FPGM", "organizations.defined")


def test_code_is_that_of_the_area_or_of_the_republic(chain: Language) -> None:
    text = "DPRD Kota Serang menyurati KPK dan Yayasan Anak Pesisir."
    assert [row["code"] for _, row in found(chain, text)] == ["36.73", "ID", None]


def tail(doc: Doc, key: str) -> str | None:
    [row] = extra(doc, "organizations", "tails")
    return None if row[key] is None else doc[row[key][0] : row[key][1]].text


@pytest.mark.parametrize(
    ("text", "unit", "organization", "area"),
    [
        ("Kabid Angkutan Jalan Dishub Kota Serang", "Angkutan Jalan", "Dishub Kota Serang", None),
        (
            "Kepala Bidang Angkutan Jalan Dinas Perhubungan DKI Jakarta",
            "Bidang Angkutan Jalan",
            "Dinas Perhubungan DKI Jakarta",
            None,
        ),
        ("Kasat Reskrim Polres Metro Bekasi Kota", "Reskrim", "Polres Metro Bekasi Kota", None),
        ("Wakil Ketua Komisi II DPRD Kota Serang dari Fraksi PKS", "Komisi II", "DPRD Kota Serang", None),
        (
            "Direktur Jenderal Bina Keuangan Daerah Kementerian Dalam Negeri",
            "Bina Keuangan Daerah",
            "Kementerian Dalam Negeri",
            None,
        ),
        ("Kepala Dinas Sosial Kota Serang", None, "Dinas Sosial Kota Serang", None),
        ("Kabag Prokopim", None, "Prokopim", None),
        ("Bupati Pati", None, None, "Pati"),
        ("pakar hukum tata negara dari Universitas Bumi Pertiwi", None, "Universitas Bumi Pertiwi", None),
        (
            "Kepala Bidang (Kabid) Perdagangan Dinas Perdagangan Kota Serang",
            "Bidang (Kabid) Perdagangan",
            "Dinas Perdagangan Kota Serang",
            None,
        ),
    ],
)
def test_tail_of_a_post(
    text: str, unit: str | None, organization: str | None, area: str | None, chain: Language
) -> None:
    doc = chain(f"{text}, Budi Santoso, hadir.")
    assert (tail(doc, "unit"), tail(doc, "organization"), tail(doc, "area")) == (unit, organization, area)


OFFICES = [
    "Dinas",
    "DPC",
    "Sosial",
    "PUPR",
    "Kota",
    "PT",
    "Kepala",
    "Universitas",
    "Kabid",
    "Direktur",
    "Ketua",
    "Dirjen",
    "Polres",
]
OTHERS = [
    "Budi",
    "pakar",
    "hukum",
    "Dandim",
    "0999",
    "I",
    "II",
    "Camat",
    "Menteri",
    "Komisi",
    "DPR",
    "RI",
    "Tbk",
    "Dr.",
    "Metro",
]
MARKS = ["dan", "dari", ",", "(", ")", "/", "-", "\n", "\u200b"]
PIECES = [*OFFICES, *OTHERS, *MARKS]


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_any_text_gives_spans_within_it(text: str) -> None:
    doc = bare()(text)
    spans = [span for span, _ in read(doc, "organizations")]
    assert all(text[s.start_char : s.end_char] == s.text for s in spans)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))  # noqa: RUF007
