"""What workers send that is no finished file yet: packets of byte strings, one behind the other in a ….part file."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

_LENGTH = struct.Struct("<Q")
_LEVEL = 1  # the file stands only until the run is over


def packed(parts: Sequence[bytes]) -> bytes:
    """Some byte strings as one packet."""
    body = zlib.compress(b"".join(_LENGTH.pack(len(part)) + part for part in parts), _LEVEL)
    return _LENGTH.pack(len(body)) + body


def unpacked(path: Path) -> Iterator[list[bytes]]:
    """The byte strings of every packet of a file, in order. Raises zlib.error or struct.error for a file that is damaged."""
    with path.open("rb") as file:
        while head := file.read(_LENGTH.size):
            yield _parts(zlib.decompress(file.read(_LENGTH.unpack(head)[0])))


def _parts(body: bytes) -> list[bytes]:
    parts, at = [], 0
    while at < len(body):
        start = at + _LENGTH.size
        at = start + _LENGTH.unpack_from(body, at)[0]
        parts.append(body[start:at])
    return parts
