"""The files behind what a person types: a file, a folder, a pattern, or "-" for standard input."""

from __future__ import annotations

import glob
import gzip
import io
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from beritaextract.batch import zstd
from beritaextract.batch.encoding import SAMPLE
from beritaextract.errors import InputError

STANDARD_INPUT = "-"
FORMATS = ("txt", "html", "jsonl", "json", "csv", "tsv", "parquet")
_SUFFIXES = {f".{name}": name for name in FORMATS} | {".htm": "html", ".ndjson": "jsonl"}
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read, and its format (None: to be told by its beginning)."""

    name: str
    format: str | None
    size: int = 0

    @property
    def said(self) -> str:
        """What it is called in messages."""
        return "standard input" if self.name == STANDARD_INPUT else self.name


def find_inputs(given: Sequence[str], *, format: str | None = None, leave_out: Collection[Path] = ()) -> list[Input]:
    """All files that the arguments name, those of a folder in the order of their names.

    ``format`` is taken for every file, whatever its suffix; ``leave_out`` are files and folders that are none. Raises InputError
    when nothing is named, for a path that is not there, a pattern or folder without a readable file, and a suffix that is not
    known.
    """
    if not given:
        raise InputError("no input is named")
    found = [one for argument in given for one in _find(argument, format, {path.resolve() for path in leave_out})]
    if sum(one.name == STANDARD_INPUT for one in found) > 1:
        raise InputError("standard input (-) can be read only once")
    return found


def format_of(name: str) -> str | None:
    """ "berita.jsonl.gz" -> "jsonl"; None when the suffix is not known."""
    return _SUFFIXES.get(Path(name.lower().removesuffix(".gz").removesuffix(".zst")).suffix)


@contextmanager
def opened(one: Input, count: Callable[[int], object]) -> Iterator[tuple[bytes, BinaryIO]]:
    """The first bytes of an input and a stream that begins with them; gzip and Zstandard are unpacked, whatever its name.

    ``count`` is told of every so many bytes that were read from the file.
    """
    with sys.stdin.buffer if one.name == STANDARD_INPUT else open(one.name, "rb") as raw:
        ahead = _Ahead(raw, raw.read(len(zstd.MAGIC)), count)
        plain: _Stream = ahead
        if ahead.first.startswith(_GZIP):
            plain = gzip.GzipFile(fileobj=io.BufferedReader(ahead))
        elif ahead.first == zstd.MAGIC:
            plain = io.BufferedReader(zstd.Unpacked(io.BufferedReader(ahead)))
        sample = _read_up_to(plain, SAMPLE)
        yield sample, io.BufferedReader(_Ahead(plain, sample, lambda _: None), SAMPLE)


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes | None: ...


class _Ahead(io.RawIOBase):
    """A stream, pipe or file, with what was already read of it put back in front."""

    def __init__(self, rest: _Stream, first: bytes, count: Callable[[int], object]) -> None:
        self.rest = rest
        self.count = count
        self.first = first

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self.first[: len(buffer)] if self.first else self.rest.read(len(buffer)) or b""
        self.first = self.first[len(data) :]
        self.count(len(data))
        buffer[: len(data)] = data
        return len(data)


def _read_up_to(stream: _Stream, size: int) -> bytes:
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _find(argument: str, format: str | None, leave_out: set[Path]) -> list[Input]:
    path = Path(argument)
    if argument == STANDARD_INPUT:
        return [Input(argument, format)]
    if path.is_dir():
        found = [p for p in sorted(path.rglob("*")) if p.is_file() and (format or format_of(p.name))]
        found = [p for p in found if not p.name.startswith(".") and not _is_among(p, leave_out)]
        return _inputs(found, format, f"{argument}: no file in this folder that can be read ({_readable()})")
    if path.exists():
        if _is_among(path, leave_out):
            raise InputError(f"{argument}: is the output too")
        return [_input(path, format)]
    if not glob.has_magic(argument):
        raise InputError(f"{argument}: no such file or folder")
    matches = [Path(name) for name in sorted(glob.glob(argument, recursive=True))]
    files = [p for p in matches if p.is_file() and not _is_among(p, leave_out)]
    return _inputs(files, format, f"{argument}: no file matches")


def _is_among(path: Path, left_out: set[Path]) -> bool:
    """Whether a file is one of these, or stands in a folder that is."""
    whole = path.resolve()
    return not left_out.isdisjoint((whole, *whole.parents))


def _inputs(paths: list[Path], format: str | None, if_none: str) -> list[Input]:
    if not paths:
        raise InputError(if_none)
    return [_input(path, format) for path in paths]


def _input(path: Path, format: str | None) -> Input:
    known = format or format_of(path.name)
    if known is None:
        raise InputError(f"{path}: what is in it? Readable are {_readable()}; or say it with --format")
    return Input(str(path), known, path.stat().st_size)


def _readable() -> str:
    return ", ".join([*_SUFFIXES, ".gz and .zst of these"])
