"""Where records and failures go: to ….part files, of which the product is made when they are complete."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from beritaextract.batch.batchinfo import Batch, moment
from beritaextract.batch.checkpoint import Checkpoint
from beritaextract.batch.kinds import Kind
from beritaextract.batch.lines import info_path
from beritaextract.batch.outcomes import REASONS_KEPT, Done, Item
from beritaextract.batch.partfile import PartFile, bring_names_onto_disk, bring_onto_disk
from beritaextract.errors import InputError


class Paths(NamedTuple):
    """OUT, its failures and its description; while a run goes on their parts, and the note of how far it is.

    ``new`` is the product in the making, ``old`` the folder that it replaces.
    """

    records: Path
    failures: Path
    info: Path
    part: Path
    failures_part: Path
    checkpoint: Path
    new: Path
    old: Path


def output_paths(out: Path) -> Paths:
    """All that a run to OUT may write."""
    beside = (".failures.jsonl", ".part", ".failures.jsonl.part", ".checkpoint", ".new", ".old")
    failures, part, failures_part, checkpoint, new, old = (out.with_name(out.name + name) for name in beside)
    return Paths(out, failures, info_path(out), part, failures_part, checkpoint, new, old)


class Output:
    """OUT and OUT.failures.jsonl, written beside themselves as ….part; ``commit`` makes the product.

    ``resume`` goes on where the last checkpoint of an earlier run was, if there is one; ``run`` tells runs apart that must
    not be mixed, and is empty for one that cannot be gone on with. Raises InputError when OUT cannot be written or is there
    already, unless ``overwrite``, and when another run is writing it.
    """

    def __init__(self, out: Path, kind: Kind, *, overwrite: bool = False, resume: bool = False, run: str = "") -> None:
        self.paths = output_paths(out)
        self.kind = kind
        self.run = run
        if not out.parent.is_dir():
            raise InputError(f"{out}: there is no folder {out.parent}")
        start = self.start = Checkpoint.read(self.paths.checkpoint, run) if resume else Checkpoint()
        self.replace = overwrite or start.replace
        kind.check(out)
        if not self.replace and not start.complete:
            _check_absent(self.paths, resume)
        self.began = start.began or moment()
        self.done, self.ahead = start.done, dict(start.ahead)
        self.records, self.failures, self.reasons = start.records, start.failures, start.reasons
        self._open: list[PartFile] = []
        try:
            self._take_hold(out)
        except BaseException:
            self._close()
            raise

    def write(self, chunk: Sequence[Item], results: Sequence[Done]) -> None:
        """Add what became of a chunk."""
        records, failures = self._open
        for result in results:
            records.append(result.record_bytes)
            failures.append(result.failure_bytes)
            self.records += result.records
            self.failures += result.failures
            self.reasons = (*self.reasons, *result.reasons)[:REASONS_KEPT]
        self.ahead[chunk[0][0]] = chunk[-1][0] + 1
        while self.done in self.ahead:
            self.done = self.ahead.pop(self.done)

    def checkpoint(self, *, complete: bool = False) -> None:
        """Note how far the run is, so that it can go on from here after a power cut."""
        sizes = [file.sync() for file in self._open]
        if self.run:
            Checkpoint(
                run=self.run,
                began=self.began,
                done=self.done,
                ahead=tuple(sorted(self.ahead.items())),
                records=self.records,
                failures=self.failures,
                record_bytes=sizes[0],
                failure_bytes=sizes[1],
                reasons=self.reasons,
                complete=complete,
                replace=self.replace,
            ).write(self.paths.checkpoint)

    def commit(self, batch: Batch) -> None:
        """Make the product and put it in place of whatever was there; without failures there is no file of them.

        Every step may be done twice, so that a run that was killed here can go on.
        """
        paths = self.paths
        if not self.start.complete:
            self.checkpoint(complete=True)
        if paths.part.exists():
            if not self.kind.is_part:
                self.kind.build(paths.part, paths.new, batch)
                bring_onto_disk(paths.new)
            self._put_failures()
            self.kind.describe(paths.records, batch)
            _put(paths.part if self.kind.is_part else paths.new, paths.records, paths.old)
        self._close()
        paths.part.unlink(missing_ok=True)
        paths.checkpoint.unlink(missing_ok=True)
        bring_names_onto_disk(paths.records.parent)

    def __enter__(self) -> Output:
        return self

    def __exit__(self, *fault: object) -> None:
        """Without ``commit``, what was written stays under the name ….part; if that is nothing, nothing stays."""
        if self._open:
            self._close()
            _remove(self.paths.new)  # half of it is worth nothing, and the disk may be full
            if not self.records + self.failures:
                for path in (self.paths.part, self.paths.failures_part, self.paths.checkpoint):
                    path.unlink(missing_ok=True)

    def _take_hold(self, out: Path) -> None:
        """Open and lock the parts, and cut off what was written after the checkpoint."""
        if self.start.complete and not self.paths.part.exists():
            return  # the product is in its place
        try:
            self._open.append(PartFile(self.paths.part))
            if self.start.complete:
                return
            if not self.start.run:
                self.paths.checkpoint.unlink(missing_ok=True)  # of a run that is not gone on with
            self._open.append(PartFile(self.paths.failures_part))
            for file, keep in zip(self._open, (self.start.record_bytes, self.start.failure_bytes), strict=True):
                file.cut(keep)
        except OSError as fault:
            raise InputError(f"{out}: cannot be written: {fault.strerror}") from None

    def _put_failures(self) -> None:
        if self.paths.failures_part.exists():
            if self.failures:
                self.paths.failures_part.replace(self.paths.failures)
            else:
                self.paths.failures_part.unlink()
        if not self.failures:
            self.paths.failures.unlink(missing_ok=True)  # of an earlier run

    def _close(self) -> None:
        while self._open:
            self._open.pop().close()


def _check_absent(paths: Paths, resume: bool) -> None:
    is_there = [
        path for path in (paths.records, paths.failures) if path.is_file() or (path.is_dir() and any(path.iterdir()))
    ]
    if is_there:
        raise InputError(f"{is_there[0]}: is there already; --overwrite replaces it")
    if paths.part.exists() and not resume:
        raise InputError(
            f"{paths.part}: is there already, of a run that did not finish or still goes on;"
            " --resume goes on with it, --overwrite begins anew"
        )


def _put(new: Path, out: Path, old: Path) -> None:
    """Give the product its name; a folder cannot take the place of another in one step."""
    if out.is_dir():
        out.replace(old)
    new.replace(out)
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
