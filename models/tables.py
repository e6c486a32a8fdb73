"""Read the tables that stand beside the training scripts."""

from __future__ import annotations

import csv
from pathlib import Path


def table(name: str) -> list[dict[str, str]]:
    """The rows of ``NAME.tsv`` as dicts, in file order; lines that begin with ``#`` are skipped."""
    lines = Path(__file__).with_name(f"{name}.tsv").read_text(encoding="utf8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
