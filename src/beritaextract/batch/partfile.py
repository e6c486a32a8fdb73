"""The file that a run adds to while it goes on, in one hand at a time and whole up to every checkpoint."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

from beritaextract.errors import InputError

try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]

_PATIENCE = 5.0
"""Seconds to wait for the last workers of a run that was killed, which hold its file for a moment longer."""


class PartFile:
    """A file that nobody else may add to as long as it is open.

    Raises InputError when another run has it open, OSError when it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            self._lock()
        except InputError:
            os.close(self.file)
            raise

    def cut(self, keep: int) -> None:
        """Go on behind the first ``keep`` bytes. Raises InputError when it is shorter than that."""
        if not self._is_regular():
            return
        if os.fstat(self.file).st_size < keep:
            raise InputError(f"{self.path}: shorter than at its last checkpoint; --overwrite begins anew")
        os.ftruncate(self.file, keep)
        os.lseek(self.file, keep, os.SEEK_SET)

    def append(self, data: bytes) -> None:
        """Add some bytes."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self.file, rest) :]
        except OSError as fault:
            raise OSError(fault.errno, fault.strerror, str(self.path)) from None

    def sync(self) -> int:
        """Bring all of it onto the disk and say how much it is."""
        size = os.lseek(self.file, 0, os.SEEK_CUR)
        if self._is_regular():
            os.fsync(self.file)
        return size

    def close(self) -> None:
        """Let go of it."""
        os.close(self.file)

    def _is_regular(self) -> bool:
        return stat.S_ISREG(os.fstat(self.file).st_mode)

    def _lock(self) -> None:
        if fcntl is None:
            return
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > until:
                    raise InputError(f"{self.path}: another run is writing it") from None
                time.sleep(0.05)
            except OSError:
                return  # a file system without locks


def bring_onto_disk(path: Path) -> Path:
    """The path, once a power cut cannot take away what is in the file, or in the files of the folder."""
    if path.is_dir():
        for inside in path.iterdir():
            bring_onto_disk(inside)
        bring_names_onto_disk(path)
        return path
    with path.open("rb") as file:
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            os.fsync(file.fileno())
    return path


def bring_names_onto_disk(folder: Path) -> None:
    """Make the names of a folder's files, as they are now, outlive a power cut; where a system cannot, nothing is done."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
