"""The register as files: JSON, JSON lines, CSV, Popolo, DuckDB."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import orjson

from beritaextract.batch.csvtables import escaped
from beritaextract.errors import InputError
from beritaextract.popolo import Collected, Item, present
from beritaextract.records import Jurisdiction, Position
from beritaextract.registry.entries import Entry, Period

if TYPE_CHECKING:
    from beritaextract.registry.register import Register

SUFFIXES = (".popolo.json", ".json", ".jsonl", ".csv", ".duckdb")

_COLUMNS = (
    "person_id",
    "name",
    "names",
    "title",
    "unit",
    "organization",
    "area_code",
    "area",
    "level",
    "first_seen",
    "last_seen",
    "former_seen",
    "periods",
    "articles",
    "identity",
    "confidence",
    "sources",
)


def check_name(path: Path) -> str:
    """The suffix that says what to write. Raises InputError when it is not known or the folder is not there."""
    suffix = next((suffix for suffix in SUFFIXES if path.name.lower().endswith(suffix)), None)
    if suffix is None:
        raise InputError(f"{path}: what shall it be? A register is written as {', '.join(SUFFIXES)}")
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent}")
    if path.is_dir():
        raise InputError(f"{path}: is a folder")
    return suffix


def write(register: Register, path: Path) -> None:
    """Write to a file beside it, which takes its name when it is complete."""
    suffix = check_name(path)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    try:
        if suffix == ".duckdb":
            from beritaextract.registry.database import write_database

            write_database(register, part)
        else:
            with part.open("w", encoding="utf8", newline="") as file:
                _TEXTS[suffix](register, file)
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
    except OSError as fault:
        raise InputError(f"{path}: cannot be written: {fault.strerror}") from None
    finally:
        part.unlink(missing_ok=True)


def to_popolo(entries: Iterable[Entry]) -> Item:
    """A membership a period; a post that was only ever seen as a former one is a membership without dates."""
    collected = Collected()
    known: set[str] = set()
    for entry in entries:
        if entry.person_id not in known:
            known.add(entry.person_id)
            collected.persons.append(_person(entry))
        for period in entry.periods or (None,):
            _membership(collected, entry, period)
    return collected.document()


def _person(entry: Entry) -> Item:
    other = [{"name": name} for name in entry.names]
    return present({"id": entry.person_id, "name": entry.name, "other_names": other, "sources": _links(entry, None)})


def _membership(collected: Collected, entry: Entry, period: Period | None) -> None:
    position = Position(
        text=entry.sources[0].text,
        start=0,
        end=0,
        acting=period.acting if period else None,
        former=entry.former_seen is not None if period else True,
        title=entry.title,
        unit=entry.unit,
        organization=entry.organization,
        jurisdiction=entry.jurisdiction,
        level=entry.level,
        public=True,
        confidence=entry.confidence,
        by="register",
    )
    collected.membership(
        entry.person_id,
        position,
        _links(entry, period),
        start_date=period.first_seen if period else None,
        end_date=period.last_seen if period else None,
        identity=entry.identity,
    )


def _links(entry: Entry, period: Period | None) -> list[Item]:
    """The articles behind it, as Popolo links; one without an address is named by its id."""
    said = [
        s
        for s in entry.sources
        if period is None or (s.acting == period.acting and s.date and period.first_seen <= s.date <= period.last_seen)
    ]
    return [present({"url": s.url, "note": s.article if s.url is None else s.date}) for s in said]


def flat(entry: Entry) -> Item:
    """An entry as one row of text and numbers."""
    area = entry.jurisdiction or Jurisdiction(None, "")
    made = entry.to_dict()
    return {
        **{name: made[name] for name in _COLUMNS if name in made},
        "names": "; ".join(entry.names),
        "area_code": area.code,
        "area": area.name or None,
        "periods": "; ".join(_said(period) for period in entry.periods),
        "sources": "; ".join(s.url or s.article for s in entry.sources),
    }


def _said(period: Period) -> str:
    """ "Plh 2024-06-03/2024-06-12 (3)"; a full holder's begins with the date."""
    status = f"{period.acting} " if period.acting else ""
    return f"{status}{period.first_seen}/{period.last_seen} ({period.articles})"


def _json_array(entries: Iterable[Entry], file: TextIO) -> None:
    for number, line in enumerate(_lines(entries)):
        file.write(f"{',' if number else '['}\n{line}")
    file.write("\n]\n" if file.tell() else "[]\n")


def _json_lines(entries: Iterable[Entry], file: TextIO) -> None:
    file.writelines(f"{line}\n" for line in _lines(entries))


def _lines(entries: Iterable[Entry]) -> Iterator[str]:
    return (entry.to_bytes().decode() for entry in entries)


def _csv(entries: Iterable[Entry], file: TextIO) -> None:
    """A header and a row an entry, of which no spreadsheet runs anything."""
    table = csv.DictWriter(file, _COLUMNS)
    table.writeheader()
    for entry in entries:
        row = flat(entry)
        table.writerow({name: escaped(cell) if isinstance(cell, str) else cell for name, cell in row.items()})


def _popolo(entries: Iterable[Entry], file: TextIO) -> None:
    file.write(orjson.dumps(to_popolo(entries), option=orjson.OPT_INDENT_2).decode() + "\n")


_TEXTS: dict[str, Callable[[Any, TextIO], None]] = {
    ".json": _json_array,
    ".jsonl": _json_lines,
    ".csv": _csv,
    ".popolo.json": _popolo,
}
