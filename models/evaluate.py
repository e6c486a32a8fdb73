"""Score the library on the annotated articles of ../shared, through the command line as a user runs it.

Usage: evaluate.py [--shared DIR] [--out DIR] [--errors ID|all]

Prints one score table a set, and for the gold set how honest the confidences are; without the sets it says so and exits 0.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import reliability

SETS = {"gold": ("id", "text", "title", "published", "outlet", "url"), "pfsa": ("id", "text")}
"""The sets and what of each article the library is told; annotations never are."""


def main() -> int:
    """Convert each set that is there and run its own scorer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("out"))
    parser.add_argument("--errors", metavar="ID", help="list the errors of one article, or of all")
    args = parser.parse_args()
    status = 0
    for name, keys in SETS.items():
        annotated = args.shared / name / "dev.jsonl"
        if not annotated.is_file():
            print(f"{name}: {annotated} is not here; nothing to score")
            continue
        records = convert(annotated, keys, args.out / name)
        print(f"== {name}: {annotated}", flush=True)
        options = ["--errors", args.errors] if args.errors else []
        status |= subprocess.run(
            [sys.executable, annotated.with_name("score.py"), annotated, records, *options]
        ).returncode
        if name == "gold" and not args.errors:
            print(f"== {name}: are the confidences honest?\n{reliability.table(annotated, records)}", flush=True)
    return status


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
