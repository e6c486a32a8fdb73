"""How good records are on articles that you annotated yourself: precision, recall and F1 with every error by name.

>>> from beritaextract import evaluation, extract
>>> annotation = evaluation.Annotation.model_validate({
...     "id": "a-1", "text": "Camat Curug, Darmawan, hadir. “Siap,” kata Darmawan.",
...     "officials": [{"name": "Darmawan", "positions": [{"text": "Camat Curug", "title": "Camat"}]}],
...     "quotes": [{"text": "Siap,", "speaker": "Darmawan"}],
... })
>>> record = extract(annotation.text, id=annotation.id)
>>> scores = evaluation.score([record], [annotation])
>>> scores["officials"].f1, scores["direct_speakers"].f1
(1.0, 1.0)

The format of annotations is that of docs/scoring.md.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from beritaextract.evaluation.annotations import Annotation as Annotation
    from beritaextract.evaluation.annotations import draft as draft
    from beritaextract.evaluation.annotations import read_annotations as read_annotations
    from beritaextract.evaluation.judging import score as score
    from beritaextract.evaluation.scores import LAYERS as LAYERS
    from beritaextract.evaluation.scores import Error as Error
    from beritaextract.evaluation.scores import Score as Score
    from beritaextract.evaluation.scores import Scores as Scores

_HOME = {
    "Annotation": "annotations",
    "Error": "scores",
    "LAYERS": "scores",
    "Score": "scores",
    "Scores": "scores",
    "draft": "annotations",
    "read_annotations": "annotations",
    "score": "judging",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    """Import a public name at its first use, so that the command line need not load pydantic and spaCy to help."""
    if name not in _HOME:
        raise AttributeError(f"module 'beritaextract.evaluation' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"beritaextract.evaluation.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
