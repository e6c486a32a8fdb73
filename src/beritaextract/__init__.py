"""Indonesian news into data: officials with their posts, quotes with their speakers, places, dates and topics.

>>> import beritaextract
>>> record = beritaextract.extract("Plh Sekda Banten, Virgojanti, membuka rapat di Kota Serang, Kamis (20/6/2024).")
>>> record.officials[0].positions[0].title
'Sekretaris Daerah'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from beritaextract.article import Article as Article
    from beritaextract.display.showing import Records as Records
    from beritaextract.display.showing import show as show
    from beritaextract.errors import ArticleError as ArticleError
    from beritaextract.errors import BeritaExtractError as BeritaExtractError
    from beritaextract.errors import InputError as InputError
    from beritaextract.errors import ModelError as ModelError
    from beritaextract.errors import ResourceError as ResourceError
    from beritaextract.example_articles import examples as examples
    from beritaextract.explanation.explaining import explain as explain
    from beritaextract.explanation.structure import Explanation as Explanation
    from beritaextract.frames import to_frame as to_frame
    from beritaextract.pipeline import extract as extract
    from beritaextract.pipeline import load as load
    from beritaextract.records import Failure as Failure
    from beritaextract.records import Record as Record
    from beritaextract.registry.register import Register as Register
    from beritaextract.registry.register import register as register
    from beritaextract.runs import extract_many as extract_many

_HOME = {
    "Article": "article",
    "ArticleError": "errors",
    "BeritaExtractError": "errors",
    "Explanation": "explanation.structure",
    "Failure": "records",
    "InputError": "errors",
    "ModelError": "errors",
    "Record": "records",
    "Records": "display.showing",
    "Register": "registry.register",
    "ResourceError": "errors",
    "examples": "example_articles",
    "explain": "explanation.explaining",
    "extract": "pipeline",
    "extract_many": "runs",
    "load": "pipeline",
    "show": "display.showing",
    "register": "registry.register",
    "to_frame": "frames",
}

__all__ = sorted([*_HOME, "__version__"])


def __getattr__(name: str) -> Any:
    """Import a public name at its first use, so that ``import beritaextract`` does not load spaCy."""
    if name not in _HOME:
        raise AttributeError(f"module 'beritaextract' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"beritaextract.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
