"""Who said it: the weights, confidence, links between layers."""

from __future__ import annotations

import pytest
from spacy.language import Language

from beritaextract import extract
from beritaextract.assemble import assemble
from beritaextract.components.speakers import Weight
from beritaextract.explanation.speakers import speaker_options
from beritaextract.lexicon import packaged

WEIGHTS = packaged().rows("speaker_weights", Weight)


@pytest.mark.parametrize("row", WEIGHTS, ids=lambda row: row.feature)
def test_every_kind_of_evidence_speaks_on_its_example(row: Weight, nlp: Language) -> None:
    """Of a candidate for the speaker of a quote that is there, and all quotes of it get one."""
    doc = nlp(row.example)
    weighed = [option.evidence for options in speaker_options(nlp, doc).values() for option in options]
    assert row.feature in {feature for evidence in weighed for feature in evidence}
    quotes = assemble(doc).quotes
    assert quotes
    assert all(q.speaker is not None for q in quotes)


def test_the_person_is_linked(nlp: Language) -> None:
    """A named speaker is one of the record's persons."""
    record = extract("“Tanggul ini masih aman,” kata Bupati Serang Samsul Arif.", nlp=nlp)
    [quote] = record.quotes
    assert quote.speaker is not None
    assert quote.speaker.person_id in {p.id for p in (*record.officials, *record.other_people)}


def test_a_nameless_source_is_no_person(nlp: Language) -> None:
    """ "seorang warga" keeps its words and has no person."""
    [quote] = extract("“Air naik sangat cepat malam itu,” kata seorang warga.", nlp=nlp).quotes
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.person_id) == ("seorang warga", None)


def test_a_pronoun_between_two_parts_of_a_quote_is_one_mention(nlp: Language) -> None:
    """It speaks for both."""
    record = extract("Camat Curug Sudarman hadir. “Pasar ramai,” kata dia, “harga beras turun.”", nlp=nlp)
    assert [quote.speaker and quote.speaker.text for quote in record.quotes] == ["dia", "dia"]
    assert [(m.text, m.kind) for m in record.people[0].mentions] == [("Sudarman", "name"), ("dia", "pronoun")]


def test_a_name_beside_the_cue_is_surer_than_a_pronoun(nlp: Language) -> None:
    """Confidence falls with the evidence."""
    near, far = extract(
        "“Tanggul ini masih aman,” kata Samsul Arif. “Pompa sudah kami pasang,” ujarnya.", nlp=nlp
    ).quotes
    assert near.confidence > far.confidence > 0.5


def test_a_quote_by_nobody(nlp: Language) -> None:
    """Without anybody in the text there is a quote and no speaker."""
    [quote] = extract("“Air naik sangat cepat malam itu,” ujarnya.", nlp=nlp).quotes
    assert quote.speaker is None


def test_quotes_by_person(nlp: Language) -> None:
    """All that one person said, by name or pronoun."""
    text = "“Tanggul ini aman,” kata Samsul Arif. “Warga jangan cemas,” kata Lukita Sari. “Pompa siap,” ujar Samsul."
    record = extract(text, nlp=nlp)
    [samsul] = [p for p in (*record.officials, *record.other_people) if p.name == "Samsul Arif"]
    assert [q.text for q in record.quotes_by(samsul)] == ["Tanggul ini aman,", "Pompa siap,"]
