"""What a batch wrote, read back line by line: .jsonl files, plain or packed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from beritaextract.batch.encoding import bounded
from beritaextract.batch.inputs import STANDARD_INPUT, Input, opened
from beritaextract.errors import InputError
from beritaextract.records import Record

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SUFFIXES = (".jsonl", ".ndjson")
PACKED = (".gz", ".zst")


def record_lines(one: Input) -> Iterator[tuple[str, bytes]]:
    """The lines that are not blank, each with its place: "rekaman.jsonl:17".

    Raises InputError for a file that cannot be read further, and at a line over ``encoding.LONGEST_ROW``.
    """
    try:
        with opened(one, int) as (_, file):
            for number, line in enumerate(bounded(file, one.said), 1):
                if line.strip():
                    yield f"{one.said}:{number}", line
    except (OSError, EOFError, zlib.error) as fault:
        raise InputError(f"{one.said}: cannot be read further: {fault}") from None


def read_records(source: str | Path) -> Iterator[Record]:
    """The records of a .jsonl or .ndjson file, plain or packed; "-" is standard input.

    Raises InputError for a file that cannot be read, and for a line that is no record: its file, its line and the field.
    """
    from pydantic import TypeAdapter

    _check(str(source))
    reader = TypeAdapter(Record)
    for place, line in record_lines(Input(str(source), "jsonl")):
        yield _record(reader, line, place)


def _check(name: str) -> None:
    path = Path(name)
    if name == STANDARD_INPUT:
        return
    if path.is_dir():
        raise InputError(f"{name}: is a folder; name the file of records that convert wrote")
    if not path.exists():
        raise InputError(f"{name}: no such file")
    plain = path.name.lower()
    for suffix in PACKED:
        plain = plain.removesuffix(suffix)
    if not plain.endswith(SUFFIXES):
        raise InputError(
            f"{name}: no JSON lines by its name; readable are {', '.join(SUFFIXES)}, .gz and .zst of these"
        )


def _record(reader: TypeAdapter[Record], line: bytes, where: str) -> Record:
    from pydantic import ValidationError

    try:
        return reader.validate_json(line)
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
        reason = f"{field}: {first['msg']}" if field else first["msg"]
        raise InputError(f"{where}: no record: {reason[0].lower() + reason[1:]}") from None
