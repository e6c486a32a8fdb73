"""Records back from the JSON lines that a batch wrote, each line checked."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from beritaextract.batch.inputs import STANDARD_INPUT, Input, opened
from beritaextract.errors import InputError
from beritaextract.records import Record

SUFFIXES = (".jsonl", ".ndjson")
PACKED = (".gz", ".zst")


def read_records(source: str | Path) -> Iterator[Record]:
    """The records of a .jsonl or .ndjson file, plain or packed; "-" is standard input.

    Raises InputError for a file that cannot be read, and for a line that is no record: its file, its line and the field.
    """
    name = str(source)
    _check(name)
    reader = TypeAdapter(Record)
    said = "standard input" if name == STANDARD_INPUT else name
    try:
        with opened(Input(name, "jsonl"), int) as (_, file):
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _record(reader, line, f"{said}:{number}")
    except (OSError, EOFError, zlib.error) as fault:
        raise InputError(f"{said}: cannot be read further: {fault}") from None


def _check(name: str) -> None:
    path = Path(name)
    if name == STANDARD_INPUT:
        return
    if path.is_dir():
        raise InputError(f"{name}: is a folder; a report is made of the file that convert wrote")
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
    try:
        return reader.validate_json(line)
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
        reason = f"{field}: {first['msg']}" if field else first["msg"]
        raise InputError(f"{where}: no record: {reason[0].lower() + reason[1:]}") from None
