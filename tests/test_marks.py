"""Pairing quotation marks."""

from __future__ import annotations

from functools import lru_cache

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from beritaextract.components import marks
from beritaextract.layers import read

MARKS = "\"“”„«»'‘’`"


@pytest.fixture(scope="module")
def pairer() -> Language:
    return _cached()


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("“Ya,” kata Budi.", ["“Ya,”"]),
        ('"Ya," kata Budi.', ['"Ya,"']),
        ("”Ya,” kata Budi.", ["”Ya,”"]),
        ("«Ya,» kata Budi.", ["«Ya,»"]),
        ("„Ya,“ kata Budi.", ["„Ya,“"]),
        ("‘Ya,’ kata Budi.", ["‘Ya,’"]),
        ("''Ya,'' kata Budi.", ["''Ya,''"]),
        ('“Ya," kata Budi.', ['“Ya,"']),
        ("&quot;Ya,&quot; kata Budi.", ["&quot;Ya,&quot;"]),
        ("'Kami siap,\" kata Budi.", ["'Kami siap,\""]),
        ("“Kami siap,’ kata Budi.", ["“Kami siap,’"]),
        ("ungkapnya.“Kita siap”pungkasnya.", ["“Kita siap”"]),
        ('"Ia bilang "tidak" kepada saya," kata Budi.', ['"Ia bilang "tidak" kepada saya,"', '"tidak"']),
        ("“Ia bilang ‘tidak’ kepada saya,” kata Budi.", ["“Ia bilang ‘tidak’ kepada saya,”", "‘tidak’"]),
        (
            "“Kata “PKI” dan istilah “Orde Lama”,” kata Budi.",
            ["“Kata “PKI” dan istilah “Orde Lama”,”", "“PKI”", "“Orde Lama”"],
        ),
        ("“Satu.\n\n“Dua,” kata Budi.", ["“Satu.\n\n“Dua,”"]),
        ("“Kita siap, “ujarnya. “Ya, “katanya.", ["“Kita siap, “", "“Ya, “"]),
        ("?Kita siap,? kata Budi. Siapa itu? Apa ?Surya? itu?", ["?Kita siap,?", "?Surya?"]),
        ("??Kita siap,?? kata Budi. Apa kabar?? Baik.", ["??Kita siap,??"]),
        ("?Kita siap?? kata Budi.", ["?Kita siap??"]),
        ("Siapa itu? Benarkah?? tanya Budi. Ya ? ya?", []),
        ("Salat Jum'at di Masjid Al Qur'an.", []),
        ("", []),
    ],
)
def test_passages_between_marks(pairer: Language, text: str, passages: list[str]) -> None:
    """Marks of every kind are paired by where they stand."""
    assert [span.text for span, row in read(pairer(text), "marks") if row["closed"]] == passages


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Kata Budi, “kami siap.", "“kami siap."),
        ("Kami siap,” kata Budi.", "”"),
        ('"Kami siap. "Ayo," kata Budi.', '"Kami siap.'),
    ],
)
def test_a_missing_mark_leaves_an_open_passage(pairer: Language, text: str, passage: str) -> None:
    """What lacks one of its marks is kept as open."""
    assert [span.text for span, row in read(pairer(text), "marks") if not row["closed"]] == [passage]


@given(st.text(alphabet=MARKS + "ab A.,\n", max_size=80))
@settings(deadline=None, max_examples=300)
def test_any_number_of_marks(text: str) -> None:
    """Any text with any number of marks gives passages that slice back and do not cross."""
    nlp = _cached()
    doc = nlp(text)
    spans = [(span.start_char, span.end_char, span.text) for span, _ in read(doc, "marks")]
    assert all(doc.text[a:b] == inner and a < b for a, b, inner in spans)


def test_work_grows_with_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times the text is ten times the marks looked at, not a hundred times."""
    looked: list[int] = []
    once = marks._mark

    def counting(view: marks.Words, i: int, j: int, start: int, end: int) -> marks.Mark:
        looked.append(i)
        return once(view, i, j, start, end)

    monkeypatch.setattr(marks, "_mark", counting)
    nlp = _cached()
    nlp("“Ya, ' kata Budi. " * 20)
    few = len(looked)
    looked.clear()
    nlp("“Ya, ' kata Budi. " * 200)
    assert len(looked) == 10 * few


@lru_cache(maxsize=1)
def _cached() -> Language:
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": "beritaextract.tokenizer.v1"}}})
    nlp.add_pipe("beritaextract_marks")
    return nlp
