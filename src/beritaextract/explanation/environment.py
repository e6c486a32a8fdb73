"""What made an explanation: versions, the chain, the tables and a user's changes to them."""

from __future__ import annotations

import hashlib
import platform
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from spacy.language import Language

import beritaextract
from beritaextract.components.base import TableComponent
from beritaextract.lexicon import table_names


def environment(nlp: Language) -> dict[str, Any]:
    """Versions, stages in their order, and tables; ``changed`` maps each table of a user's to its number of rows."""
    changed: dict[str, int] = {}
    for _, component in nlp.pipeline:
        if isinstance(component, TableComponent):
            changed |= {name: _rows(text) for name, text in component.lexicon.overrides.items()}
    return {
        "beritaextract": beritaextract.__version__,
        "python": platform.python_version(),
        "spacy": version("spacy"),
        "platform": platform.platform(terse=True),
        "stages": list(nlp.pipe_names),
        "tables": len(table_names()),
        "fingerprint": fingerprint(),
        "changed": changed,
    }


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Twelve hexadecimal digits that change when a packaged table or model does."""
    digest = hashlib.sha256()
    folder = files("beritaextract").joinpath("data")
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_file():
            digest.update(entry.name.encode())
            digest.update(entry.read_bytes())
    return digest.hexdigest()[:12]


def _rows(text: str) -> int:
    """Rows of a table's text below its header."""
    return max(sum(bool(line.strip()) and not line.startswith("#") for line in text.splitlines()) - 1, 0)
