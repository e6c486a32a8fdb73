"""What all components share: tables compiled once, a layer added to each Doc, and their settings saved with the pipeline."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import ensure_path

from beritaextract.lexicon import Lexicon, packaged

BATCH = 16
"""Docs that a component works on in a row: more of them gain little, and all of a batch are in memory at once."""


class TableComponent(Pipe):
    """A component that compiles its tables once (``compile``) and then finds things in Docs (``__call__``).

    ``nlp.initialize()``, or ``initialize(resources=folder)`` on the component, adds a user's tables; they are saved with the
    pipeline, which so needs no folder to load again.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.lexicon = packaged()
        self.compile(self.lexicon)

    @abstractmethod
    def compile(self, lexicon: Lexicon) -> None:
        """Turn tables into whatever finds fast. Called once, and again when the user's tables change."""

    @abstractmethod
    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """The Docs with their layer, a batch at a time: what finds it stays in the processor's caches from one to the next."""
        handle = self.get_error_handler()
        for docs in _batches(stream, min(batch_size, BATCH)):
            done = []
            for doc in docs:
                try:
                    done.append(self(doc))
                except Exception as fault:  # for whoever runs the pipeline to decide, as in every spaCy component
                    handle(self.name, self, [doc], fault)
            yield from done

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]] | None = None,
        *,
        nlp: Language | None = None,
        resources: str | Path | None = None,
    ) -> None:
        """Use the tables of the folder ``resources`` on top of ours. Raises ResourceError on a fault in them."""
        self.use(Lexicon.read(resources))

    def use(self, lexicon: Lexicon) -> None:
        """Compile again from these tables, unless they are the ones in use."""
        if lexicon is not self.lexicon:
            self.lexicon = lexicon
            self.compile(lexicon)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The user's tables."""
        return bytes(srsly.msgpack_dumps(self.lexicon.overrides))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> TableComponent:
        """Compile with the tables of ``to_bytes``."""
        overrides = srsly.msgpack_loads(data)
        self.use(Lexicon(overrides) if overrides else packaged())
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the user's tables to the file ``path``."""
        ensure_path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> TableComponent:
        """Compile with the tables of ``to_disk``."""
        return self.from_bytes(ensure_path(path).read_bytes())

    @property
    def settings(self) -> dict[str, Any]:
        """The options of the constructor behind ``nlp`` and ``name``, for a copy of the component."""
        return {}

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.name, self.settings, self.lexicon.overrides)


def _batches(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    source = iter(stream)
    return iter(lambda: list(islice(source, size)), [])


def _rebuild(
    component: Callable[..., TableComponent], name: str, settings: dict[str, Any], overrides: dict[str, str]
) -> TableComponent:
    made = component(None, name, **settings)
    made.use(Lexicon(overrides) if overrides else packaged())
    return made
