"""Posts and their holders: links that prove themselves, units, and how often a post is counted."""

from __future__ import annotations

import pytest
from spacy.language import Language

from beritaextract import extract
from beritaextract.components.name_tables import PostLink, PostWord
from beritaextract.components.posts import overlap
from beritaextract.lexicon import packaged
from beritaextract.records import Person, Record

ROWS = packaged().rows("post_links", PostLink)
WORDS = packaged().rows("post_words", PostWord, key=lambda r: (r.word, r.role))


def people(record: Record) -> list[Person]:
    return [*record.officials, *record.other_people]


@pytest.mark.parametrize("row", [r for r in ROWS if r.kind == "behind"], ids=lambda r: r.form)
def test_link_behind_a_name_binds_the_post(row: PostLink, nlp: Language) -> None:
    """ "Gunarto Salim selaku Bupati Kendal": one post, held now."""
    (person,) = people(extract(row.example, nlp=nlp))
    assert [(p.title in ("Bupati", "Camat"), p.former) for p in person.positions] == [(True, False)]


@pytest.mark.parametrize("row", [r for r in ROWS if r.kind == "former"], ids=lambda r: r.form)
def test_link_to_a_former_post(row: PostLink, nlp: Language) -> None:
    """ "Gunarto Salim pernah menjabat Bupati Kendal": held once."""
    (person,) = people(extract(row.example, nlp=nlp))
    assert [(p.title, p.former) for p in person.positions] == [("Bupati", True)]


@pytest.mark.parametrize("row", [r for r in ROWS if r.kind in ("before", "then")], ids=lambda r: r.form)
def test_link_between_post_and_name(row: PostLink, nlp: Language) -> None:
    """ "Jabatan Camat Weleri dijabat oleh Gunarto Salim": his; "Camat Weleri saat itu, …": no longer."""
    (person,) = people(extract(row.example, nlp=nlp))
    assert [(p.title, p.former) for p in person.positions] == [("Camat", row.kind == "then")]


@pytest.mark.parametrize("row", [r for r in WORDS if r.role in ("appoints", "into")], ids=lambda r: r.word)
def test_verb_of_appointing(row: PostWord, nlp: Language) -> None:
    """The one appointed gets the post, not the one who appoints."""
    posts = {p.name: [x.title for x in p.positions] for p in people(extract(row.example, nlp=nlp))}
    assert posts == {"Gunarto Salim": ["Bupati"], "Ratmini Lestari": ["Gubernur"]}


@pytest.mark.parametrize("row", [r for r in WORDS if r.role == "pointer"], ids=lambda r: r.word)
def test_pointer_behind_a_post(row: PostWord, nlp: Language) -> None:
    """ "Ketua PMI Kendal itu" is who was just named."""
    (person,) = people(extract(row.example, nlp=nlp))
    assert [p.text for p in person.positions] == ["Ketua PMI Kendal"]


@pytest.mark.parametrize("row", [r for r in WORDS if r.role == "nobody"], ids=lambda r: r.word)
def test_title_that_is_nobodys(row: PostWord, nlp: Language) -> None:
    """ "para bupati" is not the Bupati of the article."""
    (person,) = people(extract(f"Bupati Kendal Gunarto Salim hadir. {row.example}", nlp=nlp))
    assert [m.text for m in person.mentions] == ["Gunarto Salim"]


@pytest.mark.parametrize("row", [r for r in WORDS if r.role == "predicate"], ids=lambda r: r.word)
def test_predicate_ends_a_post(row: PostWord, nlp: Language) -> None:
    """A subject ends before it."""
    (person,) = people(extract(row.example, nlp=nlp))
    assert person.name == "Gunarto Salim"


def test_same_post_twice_is_one_entry(nlp: Language) -> None:
    """Short and long forms of a post are one, in the longest form."""
    text = "Wagub Gunarto Salim hadir. Wakil Gubernur Jawa Tengah Gunarto Salim lalu pidato."
    (person,) = people(extract(text, nlp=nlp))
    assert [p.text for p in person.positions] == ["Wakil Gubernur Jawa Tengah"]


def test_same_title_in_two_bodies_is_two_posts(nlp: Language) -> None:
    """A chairman of two bodies holds two posts."""
    text = "Ketua PMI Kendal Gunarto Salim hadir. Gunarto Salim, Ketua DPRD Kendal, lalu pidato."
    (person,) = people(extract(text, nlp=nlp))
    assert [p.organization for p in person.positions] == ["PMI Kendal", "DPRD Kendal"]


def test_no_title_no_post(nlp: Language) -> None:
    """Nothing is guessed for a person without a post."""
    (person,) = people(extract("“Sapi saya hilang,” kata Katiyo di kandangnya.", nlp=nlp))
    assert person.positions == ()


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("DPRD Kendal", "DPRD Kendal", 1.0),
        ("DPRD", "DPRD Kota Kendal", 1.0),
        ("PMI Kendal", "DPRD Kendal", 0.5),
        (None, "DPRD", 1.0),
    ],
)
def test_overlap(a: str | None, b: str | None, expected: float) -> None:
    """Shared words of the shorter name."""
    assert overlap(a, b) == expected


@pytest.mark.parametrize("row", [r for r in WORDS if r.role == "plural"], ids=lambda r: r.word)
def test_plural_title_is_nobodys(row: PostWord, nlp: Language) -> None:
    """ "para pejabat Gunarto Salim" are his men, not he."""
    (person,) = people(extract(row.example, nlp=nlp))
    assert (person.name, person.positions) == ("Gunarto Salim", ())


@pytest.mark.parametrize("row", [r for r in WORDS if r.role == "stop"], ids=lambda r: r.word)
def test_stop_word_is_in_no_post(row: PostWord, nlp: Language) -> None:
    """A post ends before it."""
    posts = [p.text for person in people(extract(row.example, nlp=nlp)) for p in person.positions]
    assert all(f" {row.word} " not in f" {text} " for text in posts)


def holders(record: Record) -> dict[str, list[str]]:
    """Persons with the titles of their posts."""
    return {p.name: [x.title for x in p.positions] for p in people(record)}


@pytest.mark.parametrize("row", [r for r in WORDS if r.role == "beside"], ids=lambda r: r.word)
def test_post_of_whom_the_subject_is_with(row: PostWord, nlp: Language) -> None:
    """ "Kepada Bupati, Gunarto Salim mengeluh": the subject behind the comma is not the Bupati."""
    assert holders(extract(row.example, nlp=nlp)) == {"Gunarto Salim": []}


@pytest.mark.parametrize("row", [r for r in WORDS if r.role == "vague"], ids=lambda r: r.word)
def test_vague_title_needs_its_body(row: PostWord, nlp: Language) -> None:
    """ "pejabat Gunarto Salim" holds no post that anybody could name."""
    assert holders(extract(row.example, nlp=nlp)) == {"Gunarto Salim": []}


@pytest.mark.parametrize("row", [r for r in WORDS if r.role in ("client", "speaks")], ids=lambda r: r.word)
def test_client_does_not_get_the_post(row: PostWord, nlp: Language) -> None:
    """ "kuasa hukum Ratmini Lestari, Gunarto Salim": he holds it, in her name."""
    found = holders(extract(row.example, nlp=nlp))
    assert [t.lower() for t in found["Gunarto Salim"]] == [row.word]
    assert found["Ratmini Lestari"] == []


@pytest.mark.parametrize("row", [r for r in WORDS if r.role == "client"], ids=lambda r: r.word)
def test_nobody_gets_the_post_beside_a_lone_client(row: PostWord, nlp: Language) -> None:
    """Without a second name it is not known who serves the client."""
    text = f"“Kami akan banding,” ujar {row.word} Ratmini Lestari di pengadilan."
    assert holders(extract(text, nlp=nlp)) == {"Ratmini Lestari": []}


@pytest.mark.parametrize("row", [r for r in WORDS if r.role == "shared"], ids=lambda r: r.word)
def test_title_that_several_hold(row: PostWord, nlp: Language) -> None:
    """ "Anggota DPRD Kendal A dan B": both."""
    found = holders(extract(row.example, nlp=nlp))
    assert [[t.lower() for t in titles] for titles in found.values()] == [[row.word], [row.word]]


@pytest.mark.parametrize("row", [r for r in WORDS if r.role == "kin"], ids=lambda r: r.word)
def test_relative_does_not_get_the_post(row: PostWord, nlp: Language) -> None:
    """ "Istri Bupati Kendal, Gunarto Salim": he is no Bupati."""
    assert holders(extract(row.example, nlp=nlp)) == {"Gunarto Salim": []}


@pytest.mark.parametrize("row", [r for r in WORDS if r.role == "seat"], ids=lambda r: r.word)
def test_seat_is_only_spoken_of(row: PostWord, nlp: Language) -> None:
    """The subject behind the comma does not hold the post that is spoken of."""
    assert holders(extract(row.example, nlp=nlp)) == {"Gunarto Salim": []}


@pytest.mark.parametrize("row", [r for r in WORDS if r.role in ("term", "dismisses")], ids=lambda r: r.word)
def test_post_that_is_over(row: PostWord, nlp: Language) -> None:
    """A term that ended before the article's year, a dismissal: the post is a former one, else it is not."""
    former = [[x.former for x in p.positions] for p in people(extract(row.example, nlp=nlp, published="2024-06-20"))]
    assert former == [[True]]
    then = extract(row.example.replace(row.word, "nama", 1), nlp=nlp, published="2012-06-20")
    assert not any(x.former for p in people(then) for x in p.positions)


@pytest.mark.parametrize("row", [r for r in WORDS if r.role == "demands"], ids=lambda r: r.word)
def test_what_is_demanded_is_not_over(row: PostWord, nlp: Language) -> None:
    """Who is asked to step down still holds the post; who steps down held it."""
    (person,) = people(extract(row.example, nlp=nlp))
    assert [x.former for x in person.positions] == [False]
    (person,) = people(extract(row.example.replace(row.word, "melihat", 1), nlp=nlp))
    assert [x.former for x in person.positions] == [True]


@pytest.mark.parametrize("row", [r for r in WORDS if r.role == "team"], ids=lambda r: r.word)
def test_team_is_called_after_an_official(row: PostWord, nlp: Language) -> None:
    """ "Ketua Tim Sukses Bupati Gunarto Salim": he is the Bupati, not the chairman."""
    assert holders(extract(row.example, nlp=nlp)) == {"Gunarto Salim": ["Bupati"]}


@pytest.mark.parametrize("row", [r for r in WORDS if r.role == "body"], ids=lambda r: r.word)
def test_word_that_leads_on_only_to_a_body(row: PostWord, nlp: Language) -> None:
    """A place or a day behind it is no part of the post."""
    posts = [p.text for person in people(extract(row.example, nlp=nlp)) for p in person.positions]
    assert all(f" {row.word} " not in text for text in posts)


def test_the_second_word_of_a_country_begins_no_body(nlp: Language) -> None:
    """ "Amerika Serikat" is no union ("Serikat Petani")."""
    (person,) = extract("Presiden Amerika Serikat Donny Sutanto menolak tawaran itu.", nlp=nlp).people
    post = person.positions[0]
    assert (post.text, post.unit, post.organization) == ("Presiden Amerika Serikat", None, None)
