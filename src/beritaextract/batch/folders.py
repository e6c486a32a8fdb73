"""A folder of flat tables as an output."""

from __future__ import annotations

import shutil
from pathlib import Path

from beritaextract.batch.batchinfo import Batch
from beritaextract.batch.kinds import Encoder
from beritaextract.errors import InputError
from beritaextract.tables import TABLES

INFO = "batch.json"
"""The file in the folder that says what batch it is."""


class Folder:
    """A folder with one file a table and ``batch.json``; what the files are, a subclass says."""

    encoder: Encoder
    is_part = False
    suffix = ""

    def build(self, part: Path, new: Path, batch: Batch) -> None:
        """Fill a new folder; one that a run left there that was killed is thrown away."""
        if new.exists():
            shutil.rmtree(new)
        new.mkdir()
        self.fill(part, new, batch)
        (new / INFO).write_bytes(batch.to_bytes(indent=True) + b"\n")

    def fill(self, part: Path, folder: Path, batch: Batch) -> None:
        """Write the files of the tables."""
        raise NotImplementedError

    def describe(self, out: Path, batch: Batch) -> None:
        """It is in the folder."""

    def check(self, out: Path) -> None:
        """A folder with anything in it that is not such a table is never replaced."""
        if not out.exists():
            return
        if not out.is_dir():
            raise InputError(f"{out}: is a file; tables go into a folder")
        ours = {INFO, *(f"{name}{suffix}" for name in TABLES for suffix in (".parquet", ".csv"))}
        strange = sorted(path.name for path in out.iterdir() if path.name not in ours)
        if strange:
            raise InputError(f"{out}: holds {strange[0]}, which is no table of a batch; name an empty or a new folder")
