"""The example article of the README: a press release in a noisy page, with two acting officials who speak."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from beritaextract import Record, extract

ARTICLE = Path(__file__).parent.parent / "docs" / "examples" / "siaran-pers.txt"


@pytest.fixture(scope="module")
def record(nlp: Language) -> Record:
    return extract(ARTICLE.read_text(encoding="utf8"), nlp=nlp)


def test_the_acting_regional_secretary(record: Record) -> None:
    person = record.officials[0]
    (post,) = person.positions
    assert (person.name, person.aliases) == ("Ratnaningrum Wiryadi", ("Ratnaningrum",))
    assert (post.text, post.acting, post.title, post.level) == (
        "Plh Sekda Banten",
        "Plh",
        "Sekretaris Daerah",
        "province",
    )
    assert post.jurisdiction is not None
    assert (post.jurisdiction.code, post.unit, post.organization) == ("36", None, None)


def test_the_acting_head_of_a_bureau(record: Record) -> None:
    person = record.officials[1]
    (post,) = person.positions
    assert (person.name, person.aliases) == ("Darmawan Suhendi", ("Darmawan",))
    assert post.text == "Plt Kepala Biro Pemerintahan dan Otonomi Daerah Setda Provinsi Banten"
    assert (post.acting, post.title, post.unit) == ("Plt", "Kepala Biro", "Biro Pemerintahan dan Otonomi Daerah")
    assert (post.organization, post.level, post.public) == ("Setda Provinsi Banten", "province", True)


def test_who_says_what(record: Record) -> None:
    said = [(q.kind, q.speaker.name if q.speaker else None, q.text.split()[0]) for q in record.quotes]
    assert said == [
        ("direct", "Ratnaningrum Wiryadi", "Warga"),
        ("indirect", "Ratnaningrum Wiryadi", "setiap"),
        ("direct", "Ratnaningrum Wiryadi", "Mari"),
        ("indirect", "Darmawan Suhendi", "hasil"),
        ("direct", "Darmawan Suhendi", "Nilai"),
    ]


def test_where_and_when(record: Record) -> None:
    assert [p.code for p in record.places if p.code] == ["36.73"]
    assert [d.value for d in record.dates] == ["2024-07-09", "2024-08-15"]
    assert record.topics[0].code == "medtop:11000000"


def test_the_page_around_it_is_no_part_of_it(record: Record) -> None:
    kinds = [s.kind for s in record.segments if s.kind != "body"]
    assert kinds == ["title", "repeat", "dateline", "related", "related", "credit"]
    assert {p.name for p in record.people} == {"Ratnaningrum Wiryadi", "Darmawan Suhendi"}
