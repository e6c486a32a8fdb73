"""Officials in the Popolo shape."""

from __future__ import annotations

from typing import Any

import pytest
from spacy.language import Language

from beritaextract import extract
from beritaextract.popolo import to_popolo

TEXT = (
    "Plt Kepala Dinas Perhubungan Kota Serang, H. Gunarto Salim, S.T., membuka rapat. Hadir pula Bupati Kendal Ratmini "
    "Lestari dan Direktur Utama PT Sumber Pangan Suharno Wibawa."
)


@pytest.fixture(scope="module")
def popolo(nlp: Language) -> dict[str, Any]:
    return to_popolo(extract(TEXT, nlp=nlp, url="https://example.org/rapat"))


def test_every_person_has_id_and_name(popolo: dict[str, Any]) -> None:
    """Popolo requires a name of a person."""
    assert [p["name"] for p in popolo["persons"]] == ["Gunarto Salim", "Ratmini Lestari", "Suharno Wibawa"]
    assert len({p["id"] for p in popolo["persons"]}) == 3


def test_honorifics_and_degrees_become_prefix_and_suffix(popolo: dict[str, Any]) -> None:
    """ "H. Gunarto Salim, S.T."."""
    assert popolo["persons"][0]["honorific_prefix"].rstrip(".") == "H"
    assert popolo["persons"][0]["honorific_suffix"] == "S.T"


def test_membership_ties_person_post_and_organization(popolo: dict[str, Any]) -> None:
    """Every id that a membership names exists, and says role and acting status."""
    ids = {kind: {x["id"] for x in popolo[kind]} for kind in ("persons", "posts", "organizations", "areas")}
    for membership in popolo["memberships"]:
        assert membership["person_id"] in ids["persons"]
        assert membership["post_id"] in ids["posts"]
        assert membership.get("organization_id") is None or membership["organization_id"] in ids["organizations"]
        assert membership.get("area_id") is None or membership["area_id"] in ids["areas"]
    first = popolo["memberships"][0]
    assert (first["role"], first["acting_status"], first["former"]) == ("Kepala Dinas", "Plt", False)


def test_area_carries_its_official_code(popolo: dict[str, Any]) -> None:
    """The Bupati's area is Kabupaten Kendal."""
    areas = {a["id"]: a for a in popolo["areas"]}
    bupati = next(m for m in popolo["memberships"] if m["role"] == "Bupati")
    assert areas[bupati["area_id"]]["identifiers"] == [{"scheme": "kemendagri", "identifier": "33.24"}]


def test_the_republic_is_no_area_of_kemendagri(nlp: Language) -> None:
    """Its code is that of ISO 3166."""
    (area,) = to_popolo(extract("Menteri Perhubungan Gunarto Salim hadir.", nlp=nlp))["areas"]
    assert area["identifiers"] == [{"scheme": "iso-3166", "identifier": "ID"}]


def test_post_of_a_bare_area_has_no_organization(popolo: dict[str, Any]) -> None:
    """Popolo lets a post stand on an area."""
    post = next(p for p in popolo["posts"] if p["role"] == "Bupati")
    assert post["organization_id"] is None
    assert post["area_id"]


def test_sources_give_the_article(popolo: dict[str, Any]) -> None:
    """The address of the article is the source of what it says."""
    assert popolo["persons"][0]["sources"] == [{"url": "https://example.org/rapat"}]


def test_two_holders_share_a_post(nlp: Language) -> None:
    """A post is listed once however many held it."""
    record = extract("Mantan Bupati Kendal Suharno Wibawa menyalami Bupati Kendal Gunarto Salim di Kendal.", nlp=nlp)
    found = to_popolo(record)
    assert len(found["posts"]) == 1
    assert [m["former"] for m in found["memberships"]] == [True, False]


def test_article_without_people_gives_empty_lists(nlp: Language) -> None:
    """Nothing is invented."""
    assert to_popolo(extract("Hujan turun sepanjang malam.", nlp=nlp)) == {
        "persons": [],
        "organizations": [],
        "areas": [],
        "posts": [],
        "memberships": [],
    }
