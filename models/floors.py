"""Pinned scores: no figure of ``make eval`` may fall below them without somebody saying so.

``floors.json`` holds a set's floors and ceilings with a hash of the file that they were measured on. Scores are compared as
whole thousandths, so that what is printed is what counts.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Scores = Mapping[str, float]


@dataclass
class Pinned:
    """A set's pins: the SHA-256 of its data, and by figure what it may not fall below, or rise above."""

    sha256: str
    floors: dict[str, float] = field(default_factory=dict)
    ceilings: dict[str, float] = field(default_factory=dict)


class FloorError(Exception):
    """Pins that cannot be changed as asked: a floor would fall, and nothing allows it."""


def read(path: Path) -> dict[str, Pinned]:
    """The pins by set; none where there is no file. Raises FloorError when it is not of this shape."""
    if not path.is_file():
        return {}
    try:
        return {name: Pinned(**pins) for name, pins in json.loads(path.read_text(encoding="utf8")).items()}
    except (ValueError, TypeError, AttributeError) as fault:
        raise FloorError(f"{path}: {fault}") from None


def write(path: Path, pins: Mapping[str, Pinned]) -> None:
    """Write the pins."""
    told: dict[str, Any] = {name: vars(pinned) for name, pinned in pins.items()}
    path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf8")


def digest(data: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(data.read_bytes()).hexdigest()


def faults(name: str, pinned: Pinned, sha256: str, scores: Scores) -> list[str]:
    """What is wrong with a set's scores, a sentence each: other data, a figure below its floor, above its ceiling, or gone."""
    if sha256 != pinned.sha256:
        return [
            f"{name}: the data is not what the floors were pinned on (sha256 {sha256[:12]}, not {pinned.sha256[:12]})"
        ]
    found = [f"{name} {figure}: no score, and a pin" for figure in _figures(pinned) if figure not in scores]
    for figure, floor in pinned.floors.items():
        if figure in scores and _down(scores[figure]) < floor:
            found.append(f"{name} {figure}: {_down(scores[figure]):.3f} is under the floor of {floor:.3f}")
    for figure, ceiling in pinned.ceilings.items():
        if figure in scores and _up(scores[figure]) > ceiling:
            found.append(f"{name} {figure}: {_up(scores[figure]):.3f} is over the ceiling of {ceiling:.3f}")
    return found


def pin(
    name: str, before: Pinned | None, sha256: str, scores: Scores, ceilings: Scores, *, lower: str | None
) -> Pinned:
    """The pins at these scores: floors rise to them. Ceilings are given, and stay.

    A floor falls, disappears, or moves to other data only with ``lower``, the text of the changelog, which must have a line for
    it that names the set, the figure and the word "floor". Raises FloorError otherwise.
    """
    made = Pinned(
        sha256, {figure: _down(score) for figure, score in scores.items() if figure not in ceilings}, dict(ceilings)
    )
    if before is None:
        return made
    same = before.sha256 == sha256
    fallen = [f for f, floor in before.floors.items() if not same or made.floors.get(f, -1.0) < floor]
    fallen += [f for f, ceiling in before.ceilings.items() if made.ceilings.get(f, math.inf) > ceiling]
    if fallen and lower is None:
        raise FloorError(f"{name}: {', '.join(fallen)} would fall{'' if same else ' (other data)'}; say --lower-floors")
    if missing := [f for f in fallen if not _is_told(name, f, lower or "")]:
        raise FloorError(f"{name}: the changelog has no line on the floor of {name} {', '.join(missing)}")
    return made


def _is_told(name: str, figure: str, changelog: str) -> bool:
    """Has the changelog a line such as "- Lower the floor of gold places to 0.968: …"?"""
    told = re.compile(rf"(?<![\w+]){re.escape(f'{name} {figure}')}(?![\w+])")
    return any("floor" in line.lower() and told.search(line) for line in changelog.splitlines())


def _figures(pinned: Pinned) -> list[str]:
    return [*pinned.floors, *pinned.ceilings]


def _down(score: float) -> float:
    return math.floor(score * 1000 + 1e-9) / 1000


def _up(score: float) -> float:
    return math.ceil(score * 1000 - 1e-9) / 1000
