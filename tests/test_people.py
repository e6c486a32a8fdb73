"""Names of persons: tables that prove themselves, units, and properties that hold for any text."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from beritaextract import extract
from beritaextract.components.name_tables import (
    Degree,
    Honorific,
    NameBlocker,
    NameCue,
    NameTables,
    NameWord,
    NotName,
    PostWord,
    Rank,
)
from beritaextract.components.persons import is_nickname, likeness
from beritaextract.components.wordline import Line
from beritaextract.layers import extra, read
from beritaextract.lexicon import packaged
from beritaextract.records import Person, Record

TABLES = packaged()
SMALL = TABLES.rows("post_words", PostWord, key=lambda r: (r.word, r.role))


def people(record: Record) -> list[Person]:
    return [*record.officials, *record.other_people]


@pytest.mark.parametrize("row", TABLES.rows("honorifics", Honorific), ids=lambda r: r.form)
def test_honorific_stands_before_a_name(row: Honorific, nlp: Language) -> None:
    """The row's own example names one person, with the honorific in its field and not in the name."""
    (person,) = people(extract(row.example, nlp=nlp))
    given_words = [h.rstrip(".").lower() for h in (*person.honorifics, *person.degrees)]
    assert row.form.rstrip(".").lower() in given_words
    assert row.form.lower() not in person.name.lower().split()


@pytest.mark.parametrize("row", [r for r in TABLES.rows("ranks", Rank) if r.kind == "rank"], ids=lambda r: r.form)
def test_rank_goes_to_its_field(row: Rank, nlp: Language) -> None:
    """The row's own example names one person of that rank."""
    (person,) = people(extract(row.example, nlp=nlp))
    assert person.rank is not None
    assert person.rank.replace(".", "").lower() == row.form.lower()
    assert person.name.startswith("Gunarto")


@pytest.mark.parametrize("row", [r for r in TABLES.rows("ranks", Rank) if r.kind == "corps"], ids=lambda r: r.form)
def test_branch_belongs_to_the_rank(row: Rank, nlp: Language) -> None:
    """ "Letkol Inf Gunarto Salim": the branch is no part of the name."""
    (person,) = people(extract(row.example, nlp=nlp))
    assert (person.rank, person.name) == ("Letkol", "Gunarto Salim")


@pytest.mark.parametrize("row", TABLES.rows("degrees", Degree), ids=lambda r: r.form)
def test_degree_stands_behind_a_name(row: Degree, nlp: Language) -> None:
    """The row's own example names one person with that degree."""
    (person,) = people(extract(row.example, nlp=nlp))
    assert person.name == "Gunarto Salim"
    assert "".join(person.degrees).replace(".", "").replace(" ", "") == row.form.replace(".", "").replace(" ", "")


@pytest.mark.parametrize("row", TABLES.rows("name_cues", NameCue), ids=lambda r: r.form)
def test_cue_stands_before_a_name(row: NameCue, nlp: Language) -> None:
    """Somebody is found in the row's own example."""
    found = people(extract(row.example, nlp=nlp))
    assert {"Gunarto Salim", "Ratmini Lestari"} & {p.name for p in found}


@pytest.mark.parametrize("row", TABLES.rows("name_blockers", NameBlocker), ids=lambda r: r.form)
def test_thing_called_after_somebody_is_no_person(row: NameBlocker, nlp: Language) -> None:
    """ "Stadion Gunarto Salim" names nobody."""
    assert people(extract(row.example, nlp=nlp)) == []


@pytest.mark.parametrize("row", TABLES.rows("not_names", NotName), ids=lambda r: r.form)
def test_what_looks_like_a_name_is_none(row: NotName, nlp: Language) -> None:
    """ "El Nino" is nobody."""
    assert people(extract(row.example, nlp=nlp)) == []


@pytest.mark.parametrize(
    "row",
    [r for r in SMALL if r.role == "particle"],
    ids=lambda r: r.word,
)
def test_particle_stays_inside_the_name(row: PostWord, nlp: Language) -> None:
    """ "Gunarto bin Salim" is one name."""
    (person,) = people(extract(row.example, nlp=nlp))
    assert row.word in person.name.split()


@pytest.mark.parametrize("row", [r for r in SMALL if r.role == "pronoun"], ids=lambda r: r.word)
def test_a_pronoun_is_no_description(row: PostWord, nlp: Language) -> None:
    """ "kata pedagang, Juwondo, …" names the trader, "kata dia, Juwondo, …" nobody."""
    assert people(extract(row.example, nlp=nlp)) == []
    (person,) = people(extract(row.example.replace(row.word, "pedagang", 1), nlp=nlp))
    assert person.name == "Juwondo"


@pytest.mark.parametrize("row", [r for r in SMALL if r.role == "thing"], ids=lambda r: r.word)
def test_a_thing_that_bears_a_name_is_nobody(row: PostWord, nlp: Language) -> None:
    """ "kapal bernama Gunarto Salim" names nobody, "petani bernama Gunarto Salim" a farmer."""
    assert people(extract(row.example, nlp=nlp)) == []
    (person,) = people(extract(row.example.replace(row.word, "petani", 1), nlp=nlp))
    assert person.name == "Gunarto Salim"


@pytest.mark.parametrize("row", [r for r in SMALL if r.role in ("opens", "short")], ids=lambda r: r.word)
def test_word_is_part_of_a_name(row: PostWord, nlp: Language) -> None:
    """ "La Ode Gunarsa", "Gunarto Dt. Rajo": the row's word belongs to the name, or to the degree before it."""
    (person,) = people(extract(row.example, nlp=nlp))
    assert row.word in f"{person.name} {' '.join(person.degrees)}".lower()


@pytest.mark.parametrize("row", [r for r in SMALL if r.role == "someone"], ids=lambda r: r.word)
def test_lone_word_before_what_somebody_is_is_a_name(row: PostWord, nlp: Language) -> None:
    """ "Hernal, salah satu petani, …"."""
    assert [p.name for p in people(extract(row.example, nlp=nlp))] == ["Hernal"]
    assert people(extract(row.example.replace(f"{row.word} petani", "pekan lalu", 1), nlp=nlp)) == []


@pytest.mark.parametrize("row", [r for r in SMALL if r.role == "or"], ids=lambda r: r.word)
def test_two_names_of_one_person(row: PostWord, nlp: Language) -> None:
    """ "Edward Omar Hidayat atau Eddy Hidayat" is one person."""
    (person,) = people(extract(row.example, nlp=nlp))
    assert person.aliases == ("Eddy Hidayat",)


@pytest.mark.parametrize(
    "row",
    [
        r
        for r in TABLES.rows("post_words", PostWord, key=lambda r: (r.word, r.role))
        if r.role in ("joins", "english", "of")
    ],
    ids=lambda r: r.word,
)
def test_small_word_joins_the_words_of_a_post(row: PostWord, nlp: Language) -> None:
    """The post of the row's own example holds the word and goes on behind it."""
    (person,) = people(extract(row.example, nlp=nlp))
    assert person.name == "Gunarto Salim"
    assert f" {row.word} " in person.positions[0].text


def test_every_name_word_has_counts() -> None:
    """Counts are not negative and words are lower-case and distinct."""
    rows = TABLES.rows("name_words", NameWord)
    assert len({r.word for r in rows}) == len(rows) > 10_000
    assert all(r.names >= 0 and r.others >= 0 and r.word == r.word.lower() for r in rows)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("gunarto salim", "gunarto salim", 4),
        ("gunarto", "gunarto salim", 3),
        ("salim", "gunarto salim", 3),
        ("m salim", "muhammad salim", 3),
        ("akhmad salim", "ahmad salim", 2),
        ("agus salim", "agus wibowo", 0),
        ("m", "muhammad salim", 0),
    ],
)
def test_likeness(a: str, b: str, expected: int) -> None:
    """How surely two names are one person's."""
    assert likeness(tuple(a.split()), tuple(b.split())) == expected


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("bandi", "subandi", True),
        ("rian", "rianumi asghar", True),
        ("gusal", "gunarto salim", True),
        ("gsw", "gunarto salim wibawa", True),
        ("gunarto", "gunarto salim", False),
        ("tono", "gunarto salim", False),
    ],
)
def test_nickname(short: str, full: str, expected: bool) -> None:
    """Short forms of a full name."""
    assert is_nickname((short,), tuple(full.split())) is expected


def test_line_folds_punctuation_into_gaps(nlp: Language) -> None:
    """ "Dr. Budi, S.H. (42)": five words; comma and bracket are what separates them."""
    tables = NameTables(TABLES)
    line = Line(nlp("Rapat dibuka Dr. Gunarto, S.H. (42) tadi."), tables.dotted)
    assert [k for k in line.key if k in ("dr", "gunarto", "s.h", "42")] == ["dr", "gunarto", "s.h", "42"]
    assert [line.gap[i] for i in range(len(line)) if line.key[i] in ("gunarto", "s.h", "42", "tadi")] == [
        "",
        ",",
        "(",
        ")",
    ]


def test_component_works_in_any_pipeline() -> None:
    """With spaCy's own tokeniser and no layer before it."""
    blank = spacy.blank("id")
    blank.add_pipe("beritaextract_people")
    doc = blank("“Sapi saya hilang,” kata Gunarto Salim.")
    assert [s.text for s, _ in read(doc, "people")] == ["Gunarto Salim"]
    assert extra(doc, "people", "persons")[0]["name"] == "Gunarto Salim"


WORDS = st.sampled_from(
    [
        "Bupati",
        "Kendal",
        "Gunarto",
        "Salim",
        ",",
        "(",
        ")",
        "dan",
        "H.",
        "S.H.",
        "AKBP",
        "kata",
        ".",
        "\n",
        "“",
        "”",
        "/",
        "-",
        "42",
        "Dr",
        "É",
        "I",
        "bin",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=80))
def test_any_text_slices_back(nlp: Language, text: str) -> None:
    """No text raises; every mention and post is a slice of the text, and belongs to a person."""
    doc = nlp(text)
    persons = extra(doc, "people", "persons", [])
    for span, row in (*read(doc, "people"), *read(doc, "officials")):
        assert text[span.start_char : span.end_char] == span.text
        assert 0 <= row["person"] < len(persons)


def test_long_runs_stay_linear(nlp: Language) -> None:
    """Ten thousand capitalised words do not take long."""
    doc = nlp("Gunarto Salim " * 5000)
    assert extra(doc, "people", "persons") is not None
