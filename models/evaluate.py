"""Score the library on the annotated articles of ../shared, through the command line as a user runs it.

Usage: evaluate.py [--shared DIR] [--out DIR] [--errors ID|all] [--pin [--lower-floors]]

Prints one score table a set, and for the gold set how honest the confidences are. Exits 1 when a figure is under its floor in
``floors.json``, naming the figure, the score and the floor. ``--pin`` raises the floors to the scores; one falls only with
``--lower-floors`` and a line in the changelog. Without the sets it says so and exits 0.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import calibration
import floors
import reliability

SETS = {"gold": ("id", "text", "title", "published", "outlet", "url"), "pfsa": ("id", "text")}
"""The sets and what of each article the library is told; annotations never are."""

HONEST = {f"calibration_error_{layer}": 0.05 for layer in ("people", "places", "quotes")}
"""Calibration errors of held-out articles that may not be passed."""

FLOORS = Path(__file__).with_name("floors.json")
CHANGELOG = Path(__file__).parent.parent / "CHANGELOG.md"


def main() -> int:
    """Convert each set that is there and run its own scorer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("out"))
    parser.add_argument("--errors", metavar="ID", help="list the errors of one article, or of all")
    parser.add_argument("--pin", action="store_true", help="raise the floors of floors.json to the scores")
    parser.add_argument(
        "--lower-floors", action="store_true", help="with --pin: let floors fall that the changelog names"
    )
    args = parser.parse_args()
    measured: dict[str, tuple[str, dict[str, float]]] = {}
    for name, keys in SETS.items():
        annotated = args.shared / name / "dev.jsonl"
        if not annotated.is_file():
            print(f"{name}: {annotated} is not here; nothing to score")
            continue
        records = convert(annotated, keys, args.out / name)
        print(f"== {name}: {annotated}", flush=True)
        run_scorer(annotated, records, ["--errors", args.errors] if args.errors else [])
        if not args.errors:
            scores = figures(json.loads(run_scorer(annotated, records, ["--json"], keep=True)))
            if name == "gold":
                scores |= confidences(args.shared, annotated, records)
            measured[name] = floors.digest(annotated), scores
    return gate(measured, pin=args.pin, lower=args.lower_floors) if measured else 0


def run_scorer(annotated: Path, records: Path, options: Sequence[str], *, keep: bool = False) -> str:
    """Run the set's own scorer; what it printed, when that is to be kept. SystemExit when it fails."""
    command = [sys.executable, str(annotated.with_name("score.py")), str(annotated), str(records), *options]
    done = subprocess.run(command, stdout=subprocess.PIPE if keep else None, text=True)
    if done.returncode:
        raise SystemExit(f"{command[1]} ended with status {done.returncode}")
    return done.stdout or ""


def figures(scores: dict[str, Any]) -> dict[str, float]:
    """The scorer's figures by name: F1 where it gives one, else the share that is right."""
    return {name: row.get("f1", row.get("acc")) for name, row in scores.items() if isinstance(row, dict)}


def confidences(shared: Path, annotated: Path, records: Path) -> dict[str, float]:
    """Print how honest the confidences are; the calibration errors of held-out articles that have a ceiling."""
    found = {record["id"]: record for record in reliability.read_lines(records)}
    print(f"== are the confidences honest?\n{reliability.table(reliability.judge(annotated, found))}", flush=True)
    if not (shared / "corpus" / "articles.jsonl.gz").is_file():
        print(f"{shared / 'corpus'} is not here; no calibration error of held-out articles")
        return {}
    errors = {f"calibration_error_{name}": e for name, e in calibration.report(*calibration.evidence(shared)).items()}
    return {name: error for name, error in errors.items() if name in HONEST}


def gate(measured: dict[str, tuple[str, dict[str, float]]], *, pin: bool, lower: bool) -> int:
    """Compare with the floors, or pin them anew; 1 when a floor is passed or may not fall."""
    try:
        pins = floors.read(FLOORS)
        if pin:
            changelog = CHANGELOG.read_text(encoding="utf8") if lower else None
            for name, (sha256, scores) in measured.items():
                ceilings = HONEST if name == "gold" else {}
                pins[name] = floors.pin(name, pins.get(name), sha256, scores, ceilings, lower=changelog)
            floors.write(FLOORS, pins)
            print(f"floors pinned in {FLOORS}")
        told = [
            fault
            for name, (sha256, scores) in measured.items()
            if name in pins
            for fault in floors.faults(name, pins[name], sha256, scores)
        ]
    except floors.FloorError as fault:
        told = [str(fault)]
    for sentence in told:
        print(sentence, file=sys.stderr)
    return 1 if told else 0


def convert(annotated: Path, keys: tuple[str, ...], folder: Path) -> Path:
    """The records of a set, made by ``beritaextract convert``; a failure is said on standard error and counts as missing."""
    folder.mkdir(parents=True, exist_ok=True)
    articles, records = folder / "articles.jsonl", folder / "records.jsonl"
    rows = [json.loads(line) for line in annotated.read_text(encoding="utf8").splitlines() if line.strip()]
    with articles.open("w", encoding="utf8") as file:
        for row in rows:
            file.write(json.dumps({k: row[k] for k in keys if row.get(k)}, ensure_ascii=False) + "\n")
    command = [sys.executable, "-m", "beritaextract", "convert", articles, "-o", records, "--overwrite", "--quiet"]
    done = subprocess.run(command)
    if done.returncode > 1:
        raise SystemExit(f"convert ended with status {done.returncode}")
    return records


if __name__ == "__main__":
    sys.exit(main())
