"""The gate of make eval: a figure under its floor fails by name; a floor falls only when the changelog says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from floors import FloorError, Pinned, digest, faults, pin, read, write

PINS = Pinned("abc", {"places": 0.971, "direct": 1.0}, {"error_quotes": 0.05})
GOOD = {"places": 0.9712, "direct": 1.0, "error_quotes": 0.036}


def test_scores_at_their_floors_pass() -> None:
    assert faults("gold", PINS, "abc", GOOD) == []


def test_a_score_under_its_floor_is_told_with_set_figure_score_and_floor() -> None:
    told = faults("gold", PINS, "abc", {**GOOD, "places": 0.9709})
    assert told == ["gold places: 0.970 is under the floor of 0.971"]
    assert faults("gold", PINS, "abc", {**GOOD, "places": 0.9}) == ["gold places: 0.900 is under the floor of 0.971"]


def test_an_error_over_its_ceiling_is_told() -> None:
    told = faults("gold", PINS, "abc", {**GOOD, "error_quotes": 0.0501})
    assert told == ["gold error_quotes: 0.051 is over the ceiling of 0.050"]


def test_a_figure_that_is_no_longer_measured_is_told() -> None:
    assert faults("gold", PINS, "abc", {"direct": 1.0, "error_quotes": 0.0}) == ["gold places: no score, and a pin"]


def test_scores_of_other_data_are_not_compared_but_refused() -> None:
    [told] = faults("gold", PINS, "xyz", GOOD)
    assert "not what the floors were pinned on" in told


def test_floors_rise_to_better_scores_rounded_down() -> None:
    made = pin("gold", PINS, "abc", {**GOOD, "places": 0.9859}, {"error_quotes": 0.05}, lower=None)
    assert made.floors == {"places": 0.985, "direct": 1.0}
    assert made.ceilings == {"error_quotes": 0.05}


def test_a_floor_does_not_fall_by_itself() -> None:
    with pytest.raises(FloorError, match="gold: places would fall; say --lower-floors"):
        pin("gold", PINS, "abc", {**GOOD, "places": 0.96}, {"error_quotes": 0.05}, lower=None)


@pytest.mark.parametrize(
    "line",
    [
        "- Places of the dateline are left out.",
        "- Lower the floor of gold direct to 0.99.",
        "- Lower the floor of pfsa places.",
        "- gold places are fewer.",
        "- Lower the floor of gold places+kind to 0.9.",
    ],
)
def test_a_floor_does_not_fall_without_its_line_in_the_changelog(line: str) -> None:
    with pytest.raises(FloorError, match="the changelog has no line on the floor of gold places"):
        pin("gold", PINS, "abc", {**GOOD, "places": 0.96}, {"error_quotes": 0.05}, lower=line)


def test_a_floor_falls_with_its_line() -> None:
    line = "## 0.2.0\n- Lower the floor of gold places to 0.960: towns abroad have no codes any more."
    made = pin("gold", PINS, "abc", {**GOOD, "places": 0.96}, {"error_quotes": 0.05}, lower=line)
    assert made.floors["places"] == 0.96


def test_a_ceiling_does_not_rise_and_a_figure_does_not_vanish_by_itself() -> None:
    with pytest.raises(FloorError, match="direct, error_quotes would fall"):
        pin("gold", PINS, "abc", {"places": 0.98, "error_quotes": 0.06}, {"error_quotes": 0.07}, lower=None)


def test_other_data_needs_the_word_too() -> None:
    with pytest.raises(FloorError, match="other data"):
        pin("gold", PINS, "xyz", {**GOOD, "places": 0.99}, {"error_quotes": 0.05}, lower=None)


def test_a_new_set_is_pinned_at_once() -> None:
    assert pin("new", None, "abc", {"places": 0.5}, {}, lower=None) == Pinned("abc", {"places": 0.5})


def test_pins_are_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert read(path) == {}
    write(path, {"gold": PINS})
    assert read(path) == {"gold": PINS}


def test_pins_that_are_none_are_refused_with_their_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text('{"gold": {"floor": {}}}')
    with pytest.raises(FloorError, match=r"floors\.json"):
        read(path)


def test_the_hash_is_of_the_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "a", tmp_path / "b"
    one.write_text("x")
    two.write_text("x\n")
    assert digest(one) != digest(two)


def test_every_pinned_set_has_floors_and_a_whole_hash() -> None:
    pins = read(Path(__file__).parent.parent / "models" / "floors.json")
    assert set(pins) == {"gold", "pfsa"}
    assert all(len(p.sha256) == 64 and p.floors for p in pins.values())
    assert pins["gold"].ceilings == {f"calibration_error_{layer}": 0.05 for layer in ("people", "places", "quotes")}
