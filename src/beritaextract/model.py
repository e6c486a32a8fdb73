"""Where the trained pipeline is, and whether it fits this library."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import srsly
from spacy.util import is_compatible_version

from beritaextract.components.entity_model import EntityModel
from beritaextract.errors import ModelError

NAME = "id_berita"
"""The folder of the pipeline that comes with the library."""

PACKAGED = "packaged"
"""Says that the pipeline which comes with the library is meant."""

_META, _ENTITIES = "meta.json", "entities"


def packaged_model() -> Path:
    """The folder of the trained pipeline that comes with the library: in the package, or in the sources beside it."""
    installed = Path(str(files("beritaextract"))) / "models" / NAME
    return installed if installed.is_dir() else Path(__file__).parents[2] / "models" / NAME


@lru_cache(maxsize=1)
def packaged_entities() -> EntityModel:
    """The entity model that comes with the library, read once."""
    return read_entities(packaged_model())


def entities_of(model: str | Path) -> EntityModel:
    """The entity model of a folder, or the packaged one. Raises ModelError as ``read_entities``."""
    return packaged_entities() if model == PACKAGED else read_entities(model)


def read_entities(folder: str | Path) -> EntityModel:
    """The entity model of a folder that ``nlp.to_disk`` wrote.

    Raises ModelError when there is none, or when it was made for another version of this library.
    """
    folder = Path(folder)
    if not (folder / _META).is_file():
        raise ModelError(f"{folder}: no trained pipeline (a folder with {_META}, as nlp.to_disk writes it)")
    _check_version(folder)
    part = folder / _ENTITIES
    if not part.is_file():
        raise ModelError(f"{folder}: the pipeline has no trained component {_ENTITIES!r}")
    try:
        saved = srsly.msgpack_loads(part.read_bytes())["model"]
    except (ValueError, KeyError, TypeError):
        raise ModelError(f"{part}: no entity model (not readable)") from None
    return EntityModel.from_bytes(saved, path=part)


def _check_version(folder: Path) -> None:
    """The pipeline's ``requirements`` must allow this version of the library."""
    from beritaextract import __version__

    try:
        needs = srsly.read_json(folder / _META).get("requirements", [])
    except (ValueError, AttributeError):
        raise ModelError(f"{folder / _META}: not readable as JSON") from None
    for need in needs:
        name, _, versions = need.partition("beritaextract")
        if not name and is_compatible_version(__version__, versions) is False:
            raise ModelError(
                f"{folder}: made for beritaextract {versions}, this is {__version__}; "
                "train it again (make train) or install the library that it was made with"
            )
