"""From scores to probabilities: the scale of a layer, and what holds for every scale shipped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from beritaextract import extract
from beritaextract.article import Article
from beritaextract.assemble import assemble
from beritaextract.confidence import Scale, Scales, log_odds, logistic, scales
from beritaextract.lexicon import packaged
from beritaextract.pipeline import make_doc

SHIPPED = packaged().rows("confidence", Scale, key=lambda row: (row.layer, row.kind))


def test_slope_and_intercept_are_of_the_log_odds() -> None:
    """Twice the log-odds of 0.8 (odds 4) are odds of 16."""
    assert Scales([Scale("quotes", "direct", 2, 0)]).probability("quotes", "direct", 0.8) == pytest.approx(
        16 / 17, abs=1e-3
    )


def test_an_intercept_moves_every_score() -> None:
    """Log 3 more makes odds of 1 odds of 3."""
    assert Scales([Scale("places", "*", 1, 1.0986)]).probability("places", "*", 0.5) == 0.75


def test_a_layer_without_a_row_keeps_its_scores() -> None:
    assert Scales(()).probability("people", "*", 0.6543) == 0.654


def test_a_row_for_all_kinds_counts_where_none_is_for_the_kind() -> None:
    """ "*" is the rest."""
    both = Scales([Scale("quotes", "*", 1, 5), Scale("quotes", "direct", 1, 0)])
    assert both.probability("quotes", "direct", 0.5) == 0.5
    assert both.probability("quotes", "mixed", 0.5) > 0.99


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_shipped_scale_keeps_the_order_and_gives_probabilities(low: float, high: float) -> None:
    """A surer finding never becomes a less sure one; nothing leaves 0 to 1."""
    for row in SHIPPED:
        a, b = (scales().probability(row.layer, row.kind, x) for x in sorted((low, high)))
        assert 0 <= a <= b <= 1


@given(st.floats(0.001, 0.999))
def test_log_odds_and_back(p: float) -> None:
    assert logistic(log_odds(p)) == pytest.approx(p)


def test_every_layer_with_a_confidence_has_its_scale() -> None:
    assert {(row.layer, row.kind) for row in SHIPPED} == {
        ("people", "*"),
        ("positions", "*"),
        ("places", "*"),
        ("quotes", "direct"),
        ("quotes", "indirect"),
        ("quotes", "mixed"),
    }


def test_the_record_has_probabilities_where_the_components_have_scores(nlp: Language) -> None:
    """Without scales the record shows what the components gave."""
    text = "Bupati Serang Samsul Arif tiba di Kota Serang. “Tanggul ini masih aman,” kata Samsul."
    doc = nlp(make_doc(nlp, Article(text)))
    raw, honest = assemble(doc, Scales(())), extract(text, nlp=nlp)
    assert raw.places[0].confidence == doc.spans["places"].attrs["rows"][0]["confidence"]
    parts = [doc.spans[layer].attrs["rows"][0]["confidence"] for layer in ("quotes", "speakers")]
    score = parts[0] * parts[1]
    assert raw.quotes[0].confidence == round(score, 3)
    assert honest.quotes[0].confidence == scales().probability("quotes", "direct", score) != raw.quotes[0].confidence
