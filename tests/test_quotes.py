"""Finding quotes: the tables row by row, properties for any text, work that grows with the text."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from beritaextract import extract
from beritaextract.components.cues import Cue, Cues, CueVerb, QuoteWord
from beritaextract.layers import read
from beritaextract.lexicon import packaged
from beritaextract.stemming import stem

ONE_QUOTE = frozenset(
    ["agent", "body", "indefinite", "source", "predicate", "relative", "by", "within", "during", "companion"]
)
VERBS = packaged().rows("cue_verbs", CueVerb)
WORDS = packaged().rows("quote_words", QuoteWord, key=lambda r: (r.word, r.role))


@lru_cache(maxsize=1)
def cues() -> Cues:
    return Cues(packaged())


@lru_cache(maxsize=1)
def alone() -> Language:
    """The components of quotes alone, on spaCy's own tokeniser."""
    nlp = spacy.blank("id")
    for name in ("marks", "quotes", "speakers"):
        nlp.add_pipe(f"beritaextract_{name}")
    return nlp


def test_the_table_is_broad() -> None:
    """At least 150 reporting words, of all kinds and frames, each base once."""
    assert len(VERBS) >= 150
    assert max(Counter(row.base for row in VERBS).values()) == 1
    assert {row.kind for row in VERBS} == {"speech", "request", "writing", "judgement"}
    assert {row.frame for row in VERBS} == {"clause", "noun", "person", "report", "that", "mark", "source"}


@pytest.mark.parametrize("row", VERBS, ids=lambda row: row.base)
def test_every_reporting_word_fires_on_its_example(row: CueVerb, nlp: Language) -> None:
    """The example of a row gives a quote whose cue has the row's base as lemma."""
    lemmas = [q.cue.lemma for q in extract(row.example, nlp=nlp).quotes if q.cue is not None]
    assert row.base in lemmas


@pytest.mark.parametrize("row", WORDS, ids=lambda row: f"{row.role} {row.word}")
def test_every_small_word_plays_its_part(row: QuoteWord, nlp: Language) -> None:
    """The example of a row holds its word, and what is found in it is what the role says."""
    quotes = extract(row.example, nlp=nlp).quotes
    assert row.word in row.example.lower() or row.word in [q.cue.lemma for q in quotes if q.cue]
    names = [q.speaker.name for q in quotes if q.speaker is not None]
    texts = [q.text.lower() for q in quotes]
    if row.role in ("blocker", "empty", "vague", "similar"):
        assert quotes == ()
    elif row.role == "supposed":
        assert "pembeli" not in " ".join(names)
    elif row.role in ("pronoun", "plural"):
        assert len(quotes) == 1
    elif row.role in ("opener", "that"):
        assert not texts[0].startswith(row.word)
    elif row.role == "aim":
        assert texts[0].startswith(row.word)
    elif row.role in (
        "stop",
        "inner",
        "link",
        "deictic",
        "anaphor",
        "adverb",
        "listener",
        "lead",
        "connective",
        "capacity",
        "manner",
        "how",
        "negation",
        "denial",
    ):
        assert set(names) == {"Samsul Arif"}
        assert len(quotes) == 1
    elif row.role == "occasion":
        assert [(q.text, q.by.split()[0]) for q in quotes] == [
            ("Pompa air di pasar itu sudah menyala", "quotes.told_before")
        ]
    elif row.role == "describing":
        assert texts == ["pompa air di pasar itu sudah menyala"]
    elif row.role == "including":
        assert names == ["Banyak warga"]
    elif row.role == "existence":
        assert names == ["pedagang"]
    elif row.role == "kin":
        assert names == ["Sartini Dewi"]
    elif row.role == "through":
        assert names == ["Lukita Sari"]
    elif row.role == "turn":
        assert names == ["Samsul Arif", "Lukita Sari"]
    elif row.role == "joiner":
        assert [q.cue.text for q in quotes if q.cue] == ["menjelaskan", "meminta"]
    elif row.role in ONE_QUOTE:
        assert len(quotes) == 1
    else:
        assert row.role == "particle"
        assert not cues().is_predicate(row.word)


@pytest.mark.parametrize(
    ("word", "base", "voice", "carrier"),
    [
        ("kata", "kata", "root", False),
        ("katanya", "kata", "root", True),
        ("mengatakan", "kata", "active", False),
        ("dikatakan", "kata", "passive", False),
        ("dikatakannya", "kata", "passive", True),
        ("menegaskan", "tegas", "active", False),
        ("mengungkapkan", "ungkap", "active", False),
        ("menyampaikan", "sampai", "active", False),
        ("berharap", "harap", "active", False),
        ("mengaku", "aku", "active", False),
        ("diakuinya", "aku", "passive", True),
        ("menurutnya", "menurut", "source", True),
        ("bilang", "bilang", "both", False),
        ("mewanti-wanti", "wanti-wanti", "active", False),
    ],
)
def test_forms_of_reporting_words(word: str, base: str, voice: str, carrier: bool) -> None:
    """Inflected forms are recognised through the stem and the affixes round it."""
    found = cues().find(word)
    assert isinstance(found, Cue)
    assert (found.row.base, found.voice, found.carrier) == (base, voice, carrier)


@pytest.mark.parametrize(
    "word", ["sampai", "nyata", "perkataan", "pengakuan", "pemintaan", "rumah", "mengatakannya", "", "nya"]
)
def test_other_words_are_no_cues(word: str) -> None:
    """Nouns of the same stems, bare roots that do not report, and anything else."""
    assert cues().find(word) is None


@pytest.mark.parametrize(
    ("word", "root"),
    [("menegaskan", "tegas"), ("mengungkapkan", "ungkap"), ("katanya", "kata"), ("menyampaikan", "sampai")],
)
def test_stems(word: str, root: str) -> None:
    """A stem is the word without its affixes."""
    assert stem(word) == root


PIECES = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "'",
        "’",
        "«",
        "kata",
        "ujarnya",
        "mengatakan",
        "bahwa",
        "menurut",
        "Menurut",
        "Budi",
        "dia",
        ",",
        ".",
        ":",
        "(",
        ")",
        "disampaikan",
        "Hal",
        "itu",
        "jalan",
        "Kami",
        "dibuka",
        "serta",
        "mengajak",
        "yang",
        "&quot;",
        "sementara",
        "“Kami",
        "\n\n",
    ]
)


@given(st.lists(PIECES, max_size=60).map(" ".join))
@settings(deadline=None, max_examples=200)
def test_any_order_of_cues_and_marks(text: str) -> None:
    """No order of marks, cues and names raises; offsets slice back; links point to earlier quotes."""
    doc = alone()(text)
    for n, (span, row) in enumerate(read(doc, "quotes")):
        assert doc.text[span.start_char : span.end_char] == span.text
        assert row["link"] is None or row["link"] < n
        assert row["cue"] is None or doc.text[slice(*row["cue"])].strip()
        assert 0 < row["confidence"] < 1
    for span, row in read(doc, "speakers"):
        assert span.text
        assert 0 < row["confidence"] <= 1


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=100)
def test_any_text(text: str) -> None:
    """Any Unicode is read without an error."""
    alone()(text)


@pytest.mark.parametrize("mark", ["“”", '"', "'", "«»", "“", "”"])
def test_marks_only(mark: str, nlp: Language) -> None:
    """An article of marks alone, in an odd number, has no quotes."""
    assert extract(mark * 201, nlp=nlp).quotes == ()


def test_two_hundred_quotes(nlp: Language) -> None:
    """An article of 200 quotes gives 200, all of the same speaker."""
    text = (
        "“Tanggul ini masih aman,” kata Bupati Parigi Samsul Arif.\n\n"
        + "“Pompa sudah kami pasang,” ujarnya.\n\n" * 199
    )
    quotes = extract(text, nlp=nlp).quotes
    assert len(quotes) == 200
    assert {q.speaker.name for q in quotes if q.speaker} == {"Samsul Arif"}


def test_work_grows_with_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times the text looks at about ten times as many words."""
    from beritaextract.components.discourse import Discourse

    looked = Counter[str]()
    once = Discourse.is_word

    def counting(self: Discourse, i: int) -> bool:
        looked["words"] += 1
        return once(self, i)

    monkeypatch.setattr(Discourse, "is_word", counting)
    piece = 'Ketua panitia Marno mengatakan lomba dibuka besok. “Kami siap,” kata dia. Menurut Marno, hadiah sudah tersedia. " '
    alone()(piece * 10)
    few = looked["words"]
    looked.clear()
    alone()(piece * 100)
    assert looked["words"] <= 12 * few
