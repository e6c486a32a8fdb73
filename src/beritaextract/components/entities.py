"""Named entities by a trained model: persons, organisations and locations, each with its probability."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import numpy as np
import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.base import TableComponent
from beritaextract.components.entity_features import EntityFeatures, sentences
from beritaextract.components.entity_model import OUTSIDE, Decoder, EntityModel, Labelled
from beritaextract.layers import EntityRow, words, write
from beritaextract.lexicon import Lexicon, packaged
from beritaextract.model import packaged_entities


@Language.factory(
    "beritaextract_entities",
    assigns=["doc.ents", "doc.spans"],
    default_config={"convention": None},
)
class EntityFinder(TableComponent):
    """Sets ``doc.ents`` and adds the layer ``entities``: spans labelled PERSON, ORGANIZATION or LOCATION.

    A conditional random field over words, whose features are the words' forms and what the layers titles, toponyms and
    organizations say; it works without them, less well. ``convention`` names a way of labelling that the model learnt
    (``idner``, ``nergrit``, ``nerui``; the model's first unless told): what counts as a location differs among them.
    """

    def __init__(self, nlp: Language, name: str = "beritaextract_entities", convention: str | None = None) -> None:
        self.convention = convention
        self._model: EntityModel | None = None
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Join the tables with the model, once there is one."""
        self._decoder: Decoder | None = None
        if self._model is not None:
            features = EntityFeatures(lexicon, self._model.knowledge)
            self._decoder = Decoder(self._model, features, self.convention)

    @property
    def model(self) -> EntityModel:
        """The model in use; the one that comes with the library, unless told otherwise."""
        if self._model is None:
            self.use_model(packaged_entities())
        return cast(EntityModel, self._model)

    def use_model(self, model: EntityModel) -> None:
        """Label with this model from now on. Raises ModelError when it does not know the component's convention."""
        self._model = model
        self.compile(self.lexicon)

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        found = self.find(doc)
        write(doc, "entities", found)
        doc.set_ents([span for span, _ in found])
        return doc

    def find(self, doc: Doc) -> list[tuple[Span, EntityRow]]:
        """The entities in text order."""
        labels, known = self.model.labels, self.model.knowledge
        of_content = list(sentences(doc, words(doc)))
        labelled = cast(Decoder, self._decoder).label(of_content)
        return [
            (
                Span(doc, sentence.tokens[start], sentence.tokens[end - 1] + 1, label=label),
                {"score": score, "organization": max(map(known.in_organizations, sentence.words[start:end]))},
            )
            for sentence, best in zip(of_content, labelled, strict=True)
            for start, end, label, score in _spans(labels, best)
        ]

    @property
    def settings(self) -> dict[str, Any]:
        """The convention."""
        return {"convention": self.convention}

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The user's tables and the model."""
        return bytes(srsly.msgpack_dumps({"tables": self.lexicon.overrides, "model": self.model.to_bytes()}))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> EntityFinder:
        """Compile with the tables and the model of ``to_bytes``. Raises ModelError when the model is of another version."""
        saved = srsly.msgpack_loads(data)
        self.lexicon = Lexicon(saved["tables"]) if saved["tables"] else packaged()
        self.use_model(EntityModel.from_bytes(saved["model"], path=self.name))
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        own = None if self._model is None or self._model is packaged_entities() else self._model.to_bytes()
        return _rebuild, (self.name, self.convention, self.lexicon.overrides, own)


def _rebuild(name: str, convention: str | None, overrides: dict[str, str], own: bytes | None) -> EntityFinder:
    made = EntityFinder(cast(Language, None), name, convention)
    made.lexicon = Lexicon(overrides) if overrides else packaged()
    made.use_model(packaged_entities() if own is None else EntityModel.from_bytes(own, path=name))
    return made


def _spans(names: Sequence[str], best: Labelled) -> Iterator[tuple[int, int, str, float]]:
    """(first word, word behind the last, label, probability of its least sure word) of each entity of a sentence."""
    labels = [names[k] for k in best.labels]
    at = 0
    while at < len(labels):
        end = at + 1
        if labels[at] != OUTSIDE:
            kind = labels[at][2:]
            while end < len(labels) and labels[end] == f"I-{kind}":
                end += 1
            share = best.shares[np.arange(at, end), best.labels[at:end]].min()
            yield at, end, kind, round(float(share), 4)
        at = end
