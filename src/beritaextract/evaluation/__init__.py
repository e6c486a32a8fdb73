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

from beritaextract.evaluation.annotations import Annotation, draft, read_annotations
from beritaextract.evaluation.judging import score
from beritaextract.evaluation.scores import LAYERS, Error, Score, Scores

__all__ = ["LAYERS", "Annotation", "Error", "Score", "Scores", "draft", "read_annotations", "score"]
