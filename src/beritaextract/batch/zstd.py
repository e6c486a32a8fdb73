"""Zstandard, through the library zstandard (extra ``zstd``)."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from beritaextract.errors import InputError

MAGIC = b"\x28\xb5\x2f\xfd"

_LEVEL = 3
_PIECE = 1 << 10  # of packed data at a time: what somebody packed out of spite unfolds to some 30 MB, not more


def zstandard() -> Any:
    """The library. Raises InputError when it is missing."""
    try:
        import zstandard as library
    except ImportError:
        raise InputError("Zstandard needs its library: pip install 'beritaextract[zstd]'") from None
    return library


def packed(data: bytes) -> bytes:
    """A frame."""
    frame: bytes = zstandard().ZstdCompressor(level=_LEVEL).compress(data)
    return frame


def repacked(source: Path, target: Path) -> None:
    """The same content as one frame."""
    compressor = zstandard().ZstdCompressor(level=_LEVEL)
    with source.open("rb") as frames, target.open("wb") as file, compressor.stream_writer(file, closefd=False) as one:
        shutil.copyfileobj(io.BufferedReader(Unpacked(frames)), one, 1 << 20)


class _Source(Protocol):
    def read(self, size: int, /) -> bytes | None: ...


class Unpacked(io.RawIOBase):
    """What a packed stream holds, all its frames; reading raises OSError where it is damaged, EOFError where it is cut off."""

    def __init__(self, source: _Source | BinaryIO) -> None:
        self._source = source
        self._library = zstandard()
        self._frame = self._library.ZstdDecompressor().decompressobj()
        self._begun = False
        self._ready = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Some of the content; 0 at the end."""
        while not self._ready and (piece := self._source.read(_PIECE)):
            self._take(piece)
        if not self._ready and self._begun:
            raise EOFError("Zstandard data ended before the end of a frame")
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _take(self, piece: bytes) -> None:
        """Unpack a piece, which may hold the end of a frame and the beginning of the next."""
        out = []
        while piece:
            try:
                out.append(self._frame.decompress(piece))
            except self._library.ZstdError as fault:
                raise OSError(f"damaged Zstandard data: {fault}") from None
            self._begun = not self._frame.eof
            piece = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame = self._library.ZstdDecompressor().decompressobj()
        self._ready = b"".join(out)
