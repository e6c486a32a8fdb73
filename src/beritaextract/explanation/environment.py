"""What made an explanation: versions, the chain, the tables and a user's changes to them."""

from __future__ import annotations

import hashlib
import platform
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from spacy.language import Language

import beritaextract
from beritaextract.components.base import TableComponent
from beritaextract.lexicon import table_names
from beritaextract.model import packaged_model


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
    """Twelve hexadecimal digits that change when a packaged table, outlet or model does."""
    return digest_of(Path(str(files("beritaextract"))) / "data", packaged_model())


def digest_of(*folders: Path) -> str:
    """Twelve hexadecimal digits of all that the files in and below the folders hold, and of their names."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _rows(text: str) -> int:
    """Rows of a table's text below its header."""
    return max(sum(bool(line.strip()) and not line.startswith("#") for line in text.splitlines()) - 1, 0)
