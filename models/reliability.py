"""How honest the confidences are: of the findings with a confidence of about p, the share that is right.

Reads annotated articles and records as ../shared/gold/score.py does, and judges with that scorer's own measures: a person by
name or alias, a quote by its span and speaker, a place by its code.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.001)

Item = dict[str, Any]


def table(annotated: Path, records: Path) -> str:
    """A row a kind and bin: how many, mean confidence, share right; then the expected calibration error of the kind."""
    score = _scorer(annotated.with_name("score.py"))
    found = {record["id"]: record for record in _read(records)}
    judged: dict[str, list[tuple[float, bool]]] = {"people": [], "quotes": [], "places": []}
    for gold in _read(annotated):
        record = found.get(gold["id"])
        if record is not None:
            judged["people"] += _people(gold, record, score)
            judged["quotes"] += _quotes(gold, record, score)
            judged["places"] += _places(gold, record)
    lines = [f"{'confidence':12}{'from':>7}{'to':>7}{'n':>6}{'mean':>8}{'right':>8}"]
    for kind, items in judged.items():
        error = 0.0
        for low, high in pairwise(BINS):
            inside = [(c, ok) for c, ok in items if low <= c < high]
            if inside:
                mean, right = sum(c for c, _ in inside) / len(inside), sum(ok for _, ok in inside) / len(inside)
                error += abs(mean - right) * len(inside) / len(items)
                lines.append(f"{kind:12}{low:7.2f}{min(high, 1):7.2f}{len(inside):6}{mean:8.3f}{right:8.3f}")
        lines.append(f"{kind:12}expected calibration error {error:.3f}")
    return "\n".join(lines)


def _people(gold: Item, record: Item, score: ModuleType) -> Iterator[tuple[float, bool]]:
    known = {score.norm_name(form) for p in gold["people"] for form in (p["name"], *p.get("aliases", []))}
    for person in record["officials"] + record["other_people"]:
        forms = {score.norm_name(form) for form in (person["name"], *person["aliases"])}
        yield person["confidence"], bool(forms & known)


def _quotes(gold: Item, record: Item, score: ModuleType) -> Iterator[tuple[float, bool]]:
    spans = []
    for quote in gold["quotes"]:
        start = score.find(gold["text"], quote["text"], quote.get("nth", 1))
        spans.append((quote, (start, start + len(quote["text"]))))
    for quote in record["quotes"]:
        at = (quote["start"], quote["end"])
        best = max(spans, key=lambda s: score.span_iou(s[1], at), default=None)
        found = best is not None and score.span_iou(best[1], at) >= (0.8 if best[0]["kind"] == "direct" else 0.5)
        yield quote["confidence"], found and best is not None and _same_speaker(gold, best[0], quote, score)


def _same_speaker(gold: Item, wanted: Item, quote: Item, score: ModuleType) -> bool:
    said, meant = (quote["speaker"] or {}).get("name"), wanted.get("speaker")
    if meant is None or said is None:
        return meant is None and said is None
    person = next((p for p in gold["people"] if p["name"] == meant), None)
    if person is not None:
        return score.norm_name(said) in {score.norm_name(form) for form in (meant, *person.get("aliases", []))}
    a, b = " ".join(score.words(meant)), " ".join(score.words(said))
    return a in b or b in a or score.token_iou(a, b) >= 0.5


def _places(gold: Item, record: Item) -> Iterator[tuple[float, bool]]:
    codes = {place.get("code") for place in gold["places"]}
    seen: set[str] = set()
    for place in record["places"]:
        if place["code"] and place["code"] not in seen:
            seen.add(place["code"])
            yield place["confidence"], place["code"] in codes


def _scorer(path: Path) -> ModuleType:
    """The scorer beside the annotations, as a module."""
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location("gold_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(path: Path) -> list[Item]:
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]
