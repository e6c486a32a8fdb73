"""How far a run is, on disk, so that a run that was killed can go on."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import beritaextract
from beritaextract.batch.inputs import STANDARD_INPUT, Input
from beritaextract.batch.partfile import bring_names_onto_disk
from beritaextract.errors import InputError


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Of a ``run``: records and failures that are safely written, and how long the two files were then.

    ``done`` articles from the beginning are among them, and behind those the chunks ``ahead`` (first article and the one
    after the last), which came early. ``complete``: nothing is left but to make the product, which may ``replace`` what has
    its name.
    """

    run: str = ""
    began: str = ""
    done: int = 0
    ahead: tuple[tuple[int, int], ...] = ()
    records: int = 0
    failures: int = 0
    record_bytes: int = 0
    failure_bytes: int = 0
    reasons: tuple[str, ...] = ()
    complete: bool = False
    replace: bool = False

    @property
    def articles(self) -> int:
        """How many articles of the inputs are done."""
        return self.records + self.failures

    @classmethod
    def read(cls, path: Path, run: str) -> Checkpoint:
        """The checkpoint of a file, or of nothing done when there is none. Raises InputError when it is of another run."""
        try:
            values = json.loads(path.read_text(encoding="utf8"))
            ahead = tuple((first, end) for first, end in values["ahead"])
            found = cls(**(values | {"ahead": ahead, "reasons": tuple(values["reasons"])}))
        except FileNotFoundError:
            return cls()
        except (ValueError, TypeError, KeyError) as fault:
            raise InputError(f"{path}: no checkpoint ({fault}); --overwrite begins anew") from None
        if found.run != run:
            raise InputError(f"{path}: of a run with other inputs, options or tables; --overwrite begins anew")
        return found

    def write(self, path: Path) -> None:
        """Replace the file in one step, so that there is always a whole one."""
        new = path.with_name(f"{path.name}.new")
        with new.open("w", encoding="utf8") as file:
            json.dump(asdict(self), file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        bring_names_onto_disk(path.parent)


def run_of(inputs: Sequence[Input], settings: Mapping[str, object]) -> str:
    """A hash of all that the output depends on: the files with size and time, the settings, the version.

    Raises InputError for standard input, which cannot be read again.
    """
    if any(one.name == STANDARD_INPUT for one in inputs):
        raise InputError("standard input cannot be read again; --resume needs files")
    files = [(one.name, one.size, Path(one.name).stat().st_mtime_ns) for one in inputs]
    parts = json.dumps([beritaextract.__version__, files, dict(settings)], sort_keys=True)
    return hashlib.sha256(parts.encode("utf8", "surrogatepass")).hexdigest()
