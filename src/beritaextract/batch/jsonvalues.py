"""JSON values out of a line, and out of a file too large to hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import orjson

from beritaextract.batch.encoding import LONGEST_ROW

_BETWEEN = " \t\r\n,[]\ufeff"
_NEAR = 12  # an error this near to the end of what was read may be mended by reading on: "\ud83d", "fals"


class MalformedJsonError(ValueError):
    """What is wrong, and on which line."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def json_value(line: str) -> Any:
    """The value of one line. Raises MalformedJsonError."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        pass  # Python's own reader also takes NaN and half characters, which some programs write
    try:
        return json.loads(line.lstrip("\ufeff"))
    except json.JSONDecodeError as fault:
        raise MalformedJsonError(f"not JSON: {fault.msg} at character {fault.pos + 1}", 1) from None
    except RecursionError:
        raise MalformedJsonError("not JSON that can be read: nested too deep", 1) from None


def json_values(pieces: Iterator[str]) -> Iterator[tuple[int, Any]]:
    """The elements of the array in a stream of text, or the values that follow each other in it, with their lines.

    No more than one value and one piece are held at a time. Raises MalformedJsonError, also at a value over ``LONGEST_ROW``.
    """
    decoder = json.JSONDecoder()
    buffer, line = "", 1
    at_end = False
    while True:
        rest = buffer.lstrip(_BETWEEN)
        line += buffer.count("\n", 0, len(buffer) - len(rest))
        buffer = rest
        if not buffer:
            piece = next(pieces, None)
            if piece is None:
                return
            buffer = piece
            continue
        try:
            value, end = decoder.raw_decode(buffer)
        except json.JSONDecodeError as fault:
            unfinished = fault.msg.startswith("Unterminated string") or fault.pos >= len(buffer) - _NEAR
            if at_end or not unfinished:
                raise MalformedJsonError(f"not JSON: {fault.msg}", line + buffer.count("\n", 0, fault.pos)) from None
            if len(buffer) > LONGEST_ROW:
                raise MalformedJsonError(f"over {LONGEST_ROW // 1_000_000} MB, too long for one row", line) from None
            more = _read_on(pieces, len(buffer))
            at_end = not more
            buffer += more
        except RecursionError:
            raise MalformedJsonError("not JSON that can be read: nested too deep", line) from None
        else:
            yield line, value
            line += buffer.count("\n", 0, end)
            buffer = buffer[end:]


def _read_on(pieces: Iterator[str], size: int) -> str:
    """As much again as there is, so that a long value is not begun anew at every piece."""
    parts: list[str] = []
    while size > 0 and (piece := next(pieces, None)) is not None:
        parts.append(piece)
        size -= len(piece)
    return "".join(parts)
