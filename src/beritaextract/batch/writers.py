"""Where records and failures go: to a temporary file that takes its name when it is complete."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol, cast

from beritaextract.batch.checkpoint import Checkpoint
from beritaextract.errors import InputError


class RecordFile(Protocol):
    """A file that records are written to, each given as JSON."""

    def write(self, record: bytes) -> None:
        """Add one record."""

    def close(self) -> None:
        """Write what is left."""


class JsonLines:
    """One record a line, packed with gzip where the name ends in .gz; ``keep`` is how much of an earlier run stays."""

    def __init__(self, path: Path, *, packed: bool = False, keep: int = 0) -> None:
        self.raw = path.open("r+b" if keep else "wb")
        if path.stat().st_size < keep:
            raise InputError(f"{path}: shorter than at its last checkpoint; --overwrite begins anew")
        if keep:
            self.raw.truncate(keep)
            self.raw.seek(keep)
        self.packed = packed
        self.file = self._begun()

    def write(self, record: bytes) -> None:
        """Add a line."""
        self.file.write(record + b"\n")

    def sync(self) -> int:
        """Bring all of it onto the disk and say how much it is; what stands there is whole, also of a packed file."""
        if self.packed:
            self.file.close()
        size = self.raw.tell()
        self.raw.flush()
        os.fsync(self.raw.fileno())
        self.file = self._begun()
        return size

    def close(self) -> None:
        """Write what is left."""
        self.file.close()
        self.raw.close()

    def _begun(self) -> BinaryIO:
        if not self.packed:
            return self.raw
        # no name and time in the header: the same records give the same bytes
        return cast(BinaryIO, gzip.GzipFile("", "wb", 6, self.raw, mtime=0))


OUTPUTS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".parquet")


class Paths(NamedTuple):
    """OUT, OUT.failures.jsonl, what the two are called while they are written, and the note of how far that is."""

    records: Path
    failures: Path
    part: Path
    failures_part: Path
    checkpoint: Path


def output_paths(out: Path) -> Paths:
    """All that a run to OUT may write."""
    names = ("", ".failures.jsonl", ".part", ".failures.jsonl.part", ".checkpoint")
    return Paths(*(out.with_name(out.name + name) for name in names))


class Output:
    """OUT and OUT.failures.jsonl, written beside themselves as ….part; ``commit`` gives them their names.

    ``resume`` goes on where the last checkpoint of an earlier run was, if there is one; ``run`` tells runs apart that must
    not be mixed. Raises InputError when OUT cannot be written, has a suffix that is not known or is there already, unless
    ``overwrite``.
    """

    def __init__(self, out: Path, *, overwrite: bool = False, resume: bool = False, run: str = "") -> None:
        self.paths = output_paths(out)
        self.run = run
        _check_name(out)
        if not overwrite:
            _check_absent(self.paths, resume)
        if not resume:
            self.paths.checkpoint.unlink(missing_ok=True)  # of the run that is overwritten
        start = self.start = Checkpoint.read(self.paths.checkpoint, run)
        self.records, self.failures = start.records, start.failures
        self._is_open = True
        try:
            self._file = _record_file(self.paths.part, out.name, start.record_bytes)
            self._failure_file = JsonLines(self.paths.failures_part, keep=start.failure_bytes)
        except OSError as fault:
            raise InputError(f"{out}: cannot be written: {fault.strerror}") from None

    def write(self, record: bytes) -> None:
        """Add a record."""
        self._file.write(record)
        self.records += 1

    def fail(self, failure: bytes) -> None:
        """Add a failure."""
        self._failure_file.write(failure)
        self.failures += 1

    def checkpoint(self) -> None:
        """Note how far the run is, so that it can go on from here after a power cut."""
        if isinstance(self._file, JsonLines):
            sizes = self._file.sync(), self._failure_file.sync()
            Checkpoint(self.run, self.records, self.failures, *sizes).write(self.paths.checkpoint)

    def commit(self) -> None:
        """Put the finished files in place of whatever was there; without failures there is no file of them."""
        self._close()
        if self.failures:
            _bring_onto_disk(self.paths.failures_part).replace(self.paths.failures)
        else:
            self.paths.failures_part.unlink()
            self.paths.failures.unlink(missing_ok=True)  # of an earlier run
        _bring_onto_disk(self.paths.part).replace(self.paths.records)
        self.paths.checkpoint.unlink(missing_ok=True)

    def __enter__(self) -> Output:
        return self

    def __exit__(self, *fault: object) -> None:
        """Without ``commit``, what was written stays under the name ….part; if that is nothing, nothing stays."""
        if self._is_open:
            self._close()
            if not self.records + self.failures:
                self.paths.part.unlink()
                self.paths.failures_part.unlink()
                self.paths.checkpoint.unlink(missing_ok=True)

    def _close(self) -> None:
        self._is_open = False
        try:
            self._file.close()
        finally:
            self._failure_file.close()


def _check_name(out: Path) -> None:
    if not out.name.lower().endswith(OUTPUTS):
        raise InputError(f"{out}: what shall it be? Writable are {', '.join(OUTPUTS)}")
    if not out.parent.is_dir():
        raise InputError(f"{out}: there is no folder {out.parent}")
    if out.is_dir():
        raise InputError(f"{out}: is a folder")


def _check_absent(paths: Paths, resume: bool) -> None:
    finished = [path for path in (paths.records, paths.failures) if path.exists()]
    if finished:
        raise InputError(f"{finished[0]}: is there already; --overwrite replaces it")
    if paths.part.exists() and not resume:
        raise InputError(
            f"{paths.part}: is there already, of a run that did not finish or still goes on;"
            " --resume goes on with it, --overwrite begins anew"
        )


def _bring_onto_disk(path: Path) -> Path:
    """The path, once a power cut cannot take away what is in it."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return path


def _record_file(path: Path, name: str, keep: int) -> RecordFile:
    if name.lower().endswith(".parquet"):
        from beritaextract.batch.arrow import ParquetFile

        return ParquetFile(str(path))
    return JsonLines(path, packed=name.lower().endswith(".gz"), keep=keep)
