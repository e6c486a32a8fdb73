"""Bytes into text: UTF-8, UTF-16 with its mark, cp1252; anything else is refused by name."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import IO, AnyStr, BinaryIO

from beritaextract.errors import InputError

SAMPLE = 1 << 16
"""How many bytes of a file decide what it is."""

LONGEST_ROW = 100_000_000
"""Characters of one row, and bytes of one line: a packed file of a few kilobytes must not fill the memory."""

MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip or office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"PAR1": "a Parquet file",
    b"SQLite": "a database",
    b"\x28\xb5\x2f\xfd": "compressed with zstd",
    b"BZh": "compressed with bzip2",
    b"\xfd7zXZ": "compressed with xz",
}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HIGH = re.compile(rb"[\x80-\xff]+")
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FOREIGN_SHARE = 0.2  # of all bytes: Indonesian in cp1252 has a curly quote here and there, Chinese in GBK little else
_CONTROL_SHARE = 0.02


def encoding_of(sample: bytes, name: str) -> str:
    """``utf-16``, ``utf-8-sig`` or ``cp1252``, by the beginning of a file. Raises InputError for what is none of them."""
    encoding = encoding_of_lines(sample, name)
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)  # the sample may end inside a character
        return encoding
    except UnicodeDecodeError as fault:
        if encoding == "utf-8-sig" and _is_cp1252(sample):
            return "cp1252"
        raise InputError(f"{name}: neither UTF-8 (byte {fault.start} is wrong) nor cp1252; save it as UTF-8") from None


def encoding_of_lines(sample: bytes, name: str) -> str:
    """``utf-16`` or ``utf-8-sig`` for a stream whose lines are judged one by one. Raises InputError for what is no text."""
    if not sample:
        raise InputError(f"{name}: empty file")
    if sample.startswith(_UTF16):
        return "utf-16"
    kind = next((kind for magic, kind in MAGIC.items() if sample.startswith(magic)), None)
    if kind or b"\0" in sample or len(_CONTROL.findall(sample)) > _CONTROL_SHARE * len(sample):
        raise InputError(f"{name}: not text but {kind or 'binary data'}")
    return "utf-8-sig"


def decode(data: bytes, name: str) -> str:
    """The text of a whole file, its line ends as they are. Raises InputError when it is none that is known."""
    encoding = encoding_of(data, name)
    try:
        return _repaired(data) if encoding == "cp1252" else data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise InputError(f"{name}: broken {encoding.removesuffix('-sig').upper()} at byte {fault.start}") from None


def decoded_lines(file: BinaryIO, encoding: str, name: str) -> Iterator[tuple[str, bool]]:
    """The lines of a stream with their ends, and whether each is in a known encoding; if not, only its ASCII is right.

    Raises InputError at a line over ``LONGEST_ROW``.
    """
    if encoding == "utf-16":
        for line in bounded(io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="\n"), name):
            yield line, True
        return
    for number, data in enumerate(bounded(file, name)):
        try:
            yield data.decode("utf-8-sig" if number == 0 else "utf-8"), True
        except UnicodeDecodeError:
            yield (_repaired(data), True) if _is_cp1252(data) else (data.decode("latin-1"), False)


def bounded(stream: IO[AnyStr], name: str) -> Iterator[AnyStr]:
    """The lines of a stream, none over ``LONGEST_ROW``."""
    number = 0
    while line := stream.readline(LONGEST_ROW + 1):
        number += 1
        if len(line) > LONGEST_ROW:
            size = f"{LONGEST_ROW // 1_000_000} MB"
            raise InputError(f"{name}: line {number}: over {size}, too long for one row; what follows was not read")
        yield line


def decoded_pieces(file: BinaryIO, encoding: str, name: str) -> Iterator[str]:
    """A stream as text in pieces of some length. Raises InputError at a byte that does not belong."""
    decoder = codecs.getincrementaldecoder(encoding)()
    while data := file.read(SAMPLE):
        try:
            yield decoder.decode(data)
        except UnicodeDecodeError as fault:
            kind = encoding.removesuffix("-sig").upper()
            raise InputError(f"{name}: broken {kind} ({fault.reason}); what follows was not read") from None


def _is_cp1252(data: bytes) -> bool:
    """Whether what is not UTF-8 in it can be cp1252: characters that are defined there, and few of them."""
    foreign = b"".join(run for run in _HIGH.findall(data) if not _is_utf8(run))
    return not _UNDEFINED.search(foreign) and (len(foreign) <= _FOREIGN_SHARE * len(data) or len(foreign) <= 2)


def _repaired(data: bytes) -> str:
    """Text in cp1252, or in UTF-8 that somebody pasted cp1252 into: each run of high bytes is read as what it can be."""

    def as_utf8(run: re.Match[bytes]) -> bytes:
        return run[0] if _is_utf8(run[0]) else run[0].decode("cp1252").encode("utf-8")

    return _HIGH.sub(as_utf8, data.removeprefix(codecs.BOM_UTF8)).decode("utf-8")


def _is_utf8(run: bytes) -> bool:
    try:
        run.decode("utf-8")
        return True
    except UnicodeDecodeError:
        return False
