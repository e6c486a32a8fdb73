"""Where records and failures go: to a temporary file that takes its name when it is complete."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from beritaextract.errors import InputError


class RecordFile(Protocol):
    """A file that records are written to, each given as JSON."""

    def write(self, record: bytes) -> None:
        """Add one record."""

    def close(self) -> None:
        """Write what is left."""


class JsonLines:
    """One record a line, packed with gzip where the name ends in .gz."""

    def __init__(self, path: Path, *, packed: bool = False) -> None:
        self.raw = path.open("wb")
        # no name and time in the header: the same records give the same bytes
        self.file = cast(BinaryIO, gzip.GzipFile("", "wb", 6, self.raw, mtime=0)) if packed else self.raw

    def write(self, record: bytes) -> None:
        """Add a line."""
        self.file.write(record + b"\n")

    def close(self) -> None:
        """Write what is left."""
        self.file.close()
        self.raw.close()


OUTPUTS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".parquet")


def output_paths(path: Path) -> tuple[Path, Path, Path, Path]:
    """OUT, OUT.failures.jsonl and what the two are called while they are written."""
    failures = path.with_name(f"{path.name}.failures.jsonl")
    return path, failures, path.with_name(f"{path.name}.part"), failures.with_name(f"{failures.name}.part")


class Output:
    """OUT and OUT.failures.jsonl, written beside themselves as ….part; ``commit`` gives them their names.

    Raises InputError when OUT cannot be written, has a suffix that is not known or is there already, unless ``overwrite``.
    """

    def __init__(self, path: Path, *, overwrite: bool = False) -> None:
        self.path, self.failures_path, self.part, self.failures_part = output_paths(path)
        self.records = self.failures = 0
        self._check(overwrite)
        self._is_open = True
        self._failure_file: JsonLines | None = None
        try:
            self._file = _record_file(self.part, path.name)
        except OSError as fault:
            raise InputError(f"{path}: cannot be written: {fault.strerror}") from None

    def write(self, record: bytes) -> None:
        """Add a record."""
        self._file.write(record)
        self.records += 1

    def fail(self, failure: bytes) -> None:
        """Add a failure; without any there is no file of failures."""
        if self._failure_file is None:
            self._failure_file = JsonLines(self.failures_part)
        self._failure_file.write(failure)
        self.failures += 1

    def commit(self) -> None:
        """Put the finished files in place of whatever was there."""
        self._close()
        if self._failure_file is None:
            self.failures_path.unlink(missing_ok=True)  # of an earlier run
        else:
            _bring_onto_disk(self.failures_part).replace(self.failures_path)
        _bring_onto_disk(self.part).replace(self.path)

    def __enter__(self) -> Output:
        return self

    def __exit__(self, *fault: object) -> None:
        """Without ``commit``, what was written stays under the name ….part; if that is nothing, nothing stays."""
        if self._is_open:
            self._close()
            if not self.records + self.failures:
                self.part.unlink()

    def _close(self) -> None:
        self._is_open = False
        try:
            self._file.close()
        finally:
            if self._failure_file is not None:
                self._failure_file.close()

    def _check(self, overwrite: bool) -> None:
        if not self.path.name.lower().endswith(OUTPUTS):
            raise InputError(f"{self.path}: what shall it be? Writable are {', '.join(OUTPUTS)}")
        if not self.path.parent.is_dir():
            raise InputError(f"{self.path}: there is no folder {self.path.parent}")
        if self.path.is_dir():
            raise InputError(f"{self.path}: is a folder")
        there = [path for path in output_paths(self.path) if path.exists()]
        if there and not overwrite:
            unfinished = (
                " (a run that did not finish, or still goes on)" if there[0] in (self.part, self.failures_part) else ""
            )
            raise InputError(f"{there[0]}: is there already{unfinished}; --overwrite replaces it")
        self.failures_part.unlink(missing_ok=True)


def _bring_onto_disk(path: Path) -> Path:
    """The path, once a power cut cannot take away what is in it."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return path


def _record_file(path: Path, name: str) -> RecordFile:
    if name.lower().endswith(".parquet"):
        from beritaextract.batch.arrow import ParquetFile

        return ParquetFile(str(path))
    return JsonLines(path, packed=name.lower().endswith(".gz"))
