"""How honest the confidences are: of the findings with a confidence of about p, the share that is right.

Reads annotated articles and records as ../shared/gold/score.py does, and judges with that scorer's own measures: a person by
name or alias, a post by person, words, title, acting, former and area, a quote by its span and speaker, a place by its code.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.001)
LAYERS = ("people", "positions", "quotes", "places")

Item = dict[str, Any]


class Judged(NamedTuple):
    """A finding: the article it is of, its layer and kind as in ``confidence.tsv``, its confidence and whether it is right."""

    article: str
    layer: str
    kind: str
    confidence: float
    right: bool


def judge(annotated: Path, records: Mapping[str, Item]) -> list[Judged]:
    """All findings in the records of annotated articles; ``records`` by id."""
    score = _scorer(annotated.with_name("score.py"))
    found = []
    for gold in read_lines(annotated):
        record = records.get(gold["id"])
        if record is None:
            continue
        for layer, items in (
            ("people", _people(gold, record, score)),
            ("positions", _positions(gold, record, score)),
            ("quotes", _quotes(gold, record, score)),
            ("places", _places(gold, record)),
        ):
            found += [Judged(gold["id"], layer, *item) for item in items]
    return found


def expected_error(items: Sequence[Judged]) -> float:
    """Expected calibration error: how far mean confidence and share right lie apart, over the ranges of confidence."""
    error = 0.0
    for inside in _ranges(items):
        error += abs(sum(x.confidence for x in inside) - sum(x.right for x in inside)) / len(items)
    return error


def table(items: Sequence[Judged]) -> str:
    """A row a layer and range: how many, mean confidence, share right; then the expected calibration error of the layer."""
    lines = [f"{'confidence':12}{'from':>7}{'to':>7}{'n':>6}{'mean':>8}{'right':>8}"]
    for layer in LAYERS:
        here = [x for x in items if x.layer == layer]
        for inside in _ranges(here):
            low, high = next((a, b) for a, b in pairwise(BINS) if a <= inside[0].confidence < b)
            mean, right = (sum(v) / len(inside) for v in zip(*((x.confidence, x.right) for x in inside), strict=True))
            lines.append(f"{layer:12}{low:7.2f}{min(high, 1):7.2f}{len(inside):6}{mean:8.3f}{right:8.3f}")
        if here:
            lines.append(f"{layer:12}expected calibration error {expected_error(here):.3f}")
    return "\n".join(lines)


def _ranges(items: Iterable[Judged]) -> Iterator[list[Judged]]:
    """The findings by range of confidence, lowest first, empty ranges left out."""
    items = list(items)
    for low, high in pairwise(BINS):
        if inside := [x for x in items if low <= x.confidence < high]:
            yield inside


def _people(gold: Item, record: Item, score: ModuleType) -> Iterator[tuple[str, float, bool]]:
    known = {score.norm_name(form) for p in gold["people"] for form in (p["name"], *p.get("aliases", []))}
    for person in record["officials"] + record["other_people"]:
        forms = {score.norm_name(form) for form in (person["name"], *person["aliases"])}
        yield "*", person["confidence"], bool(forms & known)


def _positions(gold: Item, record: Item, score: ModuleType) -> Iterator[tuple[str, float, bool]]:
    for person in record["officials"] + record["other_people"]:
        forms = {score.norm_name(form) for form in (person["name"], *person["aliases"])}
        posts = [
            post
            for p in gold["people"]
            if forms & {score.norm_name(form) for form in (p["name"], *p.get("aliases", []))}
            for post in p["positions"]
        ]
        for post in person["positions"]:
            best = max(posts, key=lambda a: score.token_iou(a["mention"], post["text"]), default=None)
            yield "*", post["confidence"], best is not None and _same_post(best, post, score)


def _same_post(wanted: Item, post: Item, score: ModuleType) -> bool:
    return (
        score.token_iou(wanted["mention"], post["text"]) >= 0.5
        and post["acting"] == wanted["acting"]
        and bool(post["former"]) == bool(wanted["former"])
        and score.words(post["title"]) == score.words(wanted["title"])
        and (post["jurisdiction"] or {}).get("code") == wanted["jurisdiction"]
    )


def _quotes(gold: Item, record: Item, score: ModuleType) -> Iterator[tuple[str, float, bool]]:
    spans = []
    for quote in gold["quotes"]:
        start = score.find(gold["text"], quote["text"], quote.get("nth", 1))
        spans.append((quote, (start, start + len(quote["text"]))))
    for quote in record["quotes"]:
        at = (quote["start"], quote["end"])
        best = max(spans, key=lambda s: score.span_iou(s[1], at), default=None)
        found = best is not None and score.span_iou(best[1], at) >= (0.8 if best[0]["kind"] == "direct" else 0.5)
        yield (
            quote["kind"],
            quote["confidence"],
            found and best is not None and _same_speaker(gold, best[0], quote, score),
        )


def _same_speaker(gold: Item, wanted: Item, quote: Item, score: ModuleType) -> bool:
    said, meant = (quote["speaker"] or {}).get("name"), wanted.get("speaker")
    if meant is None or said is None:
        return meant is None and said is None
    person = next((p for p in gold["people"] if p["name"] == meant), None)
    if person is not None:
        return score.norm_name(said) in {score.norm_name(form) for form in (meant, *person.get("aliases", []))}
    a, b = " ".join(score.words(meant)), " ".join(score.words(said))
    return a in b or b in a or score.token_iou(a, b) >= 0.5


def _places(gold: Item, record: Item) -> Iterator[tuple[str, float, bool]]:
    codes = {place.get("code") for place in gold["places"]}
    seen: set[str] = set()
    for place in record["places"]:
        if place["code"] and place["code"] not in seen:
            seen.add(place["code"])
            yield "*", place["confidence"], place["code"] in codes


def _scorer(path: Path) -> ModuleType:
    """The scorer beside the annotations, as a module."""
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location("gold_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_lines(path: Path) -> list[Item]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]
