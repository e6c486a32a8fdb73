"""The recipes' arithmetic: choices among candidates, and scores made probabilities."""

from __future__ import annotations

import numpy as np
import pytest

from beritaextract.components.speakers import Weight
from beritaextract.lexicon import packaged
from calibration import held_out, platt
from choices import fit, log_loss, share_right, shares
from reliability import Judged, expected_error
from tables import table

FIRST_IS_RIGHT = (np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([True, False]))


def test_shares_are_a_softmax() -> None:
    assert shares(np.array([[0.0], [0.0], [0.0]]), np.array([5.0])) == pytest.approx([1 / 3] * 3)


def test_the_fit_moves_weights_towards_the_right_candidates() -> None:
    weights = fit([FIRST_IS_RIGHT] * 20, np.zeros(2), pull=0.1, steps=200)
    assert weights[0] > 0.5 > -0.5 > weights[1]


def test_a_strong_pull_keeps_the_prior() -> None:
    """The stronger the pull, the nearer to what was argued for."""
    prior = np.array([0.0, 1.0])
    loose, tight = (fit([FIRST_IS_RIGHT] * 20, prior, pull=pull, steps=400) for pull in (0.1, 4.0))
    assert np.abs(tight - prior).sum() < np.abs(loose - prior).sum() / 2


def test_no_weight_falls_under_the_lowest() -> None:
    assert fit([FIRST_IS_RIGHT] * 20, np.zeros(2), pull=0.1, steps=200, lowest=0.0).min() == 0.0


def test_any_of_several_right_candidates_will_do() -> None:
    """Two forms of one name may stand as two candidates."""
    both = (np.array([[1.0], [1.0], [0.0]]), np.array([True, True, False]))
    assert share_right([both], np.array([1.0])) == 1.0
    assert log_loss([both], np.array([9.0])) < 0.01


def test_every_weight_has_its_prior_and_the_argument_for_it() -> None:
    prior = table("speaker_prior")
    assert [row["feature"] for row in prior] == [row.feature for row in packaged().rows("speaker_weights", Weight)]
    assert all(row["why"] for row in prior)


def judged(article: str, confidence: float, right: int, wrong: int) -> list[Judged]:
    return [Judged(article, "people", "*", confidence, n < right) for n in range(right + wrong)]


def test_the_calibration_error_is_the_gap_between_confidence_and_share_right() -> None:
    assert expected_error(judged("a", 0.9, 9, 1)) == pytest.approx(0.0)
    assert expected_error(judged("a", 0.75, 9, 1)) == pytest.approx(0.15)
    assert expected_error([*judged("a", 0.9, 9, 1), *judged("a", 0.75, 9, 1)]) == pytest.approx(0.075)


def test_scores_that_say_too_little_are_raised() -> None:
    """Of findings with 0.6 that are right nine times in ten the log-odds must rise."""
    slope, intercept = platt(judged("a", 0.6, 900, 100))
    assert 1 / (1 + np.exp(-(slope * np.log(0.6 / 0.4) + intercept))) == pytest.approx(0.9, abs=0.02)


def test_few_findings_leave_scores_nearly_as_they_are() -> None:
    slope, intercept = platt(judged("a", 0.6, 1, 0))
    assert (slope, intercept) == pytest.approx((1.0, 0.0), abs=0.4)


def test_a_finding_is_scaled_without_its_own_article() -> None:
    """What article "odd" says of itself does not count for it."""
    layers = [
        Judged("rest", layer, kind, 0.9, True)
        for layer, kind in [("positions", "*"), ("places", "*"), ("quotes", "direct"), ("quotes", "indirect")]
    ]
    rest = [x for n in range(20) for x in judged(f"a{n:02}", 0.8, 4, 1)]
    odd = judged("odd", 0.8, 0, 50)
    found = [x.confidence for x in held_out([*rest, *odd], layers) if x.article == "odd"]
    assert min(found) > 0.75
