"""Read, validate and merge the data tables into frozen rows.

A table is a tab-separated file ``data/NAME.tsv``: a header line, then one row a line; empty lines and lines that begin
with ``#`` are skipped. The component that owns a table declares its columns as a frozen dataclass and asks for them with
``lexicon.rows("titles", Title)``. Cells are read by the field's type:

========================  ======================================================
``str``                   the cell as it stands
``str | None``            an empty cell is ``None``
``bool``                  ``yes`` or empty
``int``, ``float``        a number
``tuple[str, ...]``       values separated by ``|``; an empty cell is ``()``
``Literal[…]``            one of the words
========================  ======================================================

A user's folder mirrors ``data/``: its rows are added, or replace those with the same key (the first column); a row whose
key begins with ``!`` removes that key.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from beritaextract.errors import ResourceError

Row = TypeVar("Row")


class Lexicon:
    """The packaged tables with a user's changes on top.

    ``overrides`` maps a table's path below ``data/`` ("titles.tsv") to the text of the user's file; it is all that has to
    be saved to make the same lexicon again.
    """

    def __init__(self, overrides: Mapping[str, str] | None = None) -> None:
        self.overrides: dict[str, str] = dict(overrides or {})
        self._cache: dict[str, tuple[Any, ...]] = {}

    @classmethod
    def read(cls, resources: str | Path | None) -> Lexicon:
        """The lexicon with the tables of a user's folder.

        Raises ResourceError when the folder is missing, holds a file that mirrors no packaged one, or a faulty row.
        """
        if resources is None:
            return packaged()
        folder = Path(resources)
        if not folder.is_dir():
            raise ResourceError(f"{folder}: no such folder of resources")
        overrides = {}
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_dir() or path.suffix not in (".tsv", ".toml"):
                continue
            if path.suffix == ".tsv" and not _packaged_path(name).is_file():
                raise ResourceError(
                    f"{path}: there is no table {name} to add to; tables are {', '.join(table_names())}"
                )
            overrides[name] = _read_text(path)
        return cls(overrides)

    def rows(self, table: str, row: type[Row], key: Callable[[Row], object] | None = None) -> tuple[Row, ...]:
        """All rows of ``data/TABLE.tsv`` as instances of the dataclass ``row``, in file order, the user's last.

        ``key`` says which rows are the same (the first column unless told). Raises ResourceError on any fault.
        """
        if table not in self._cache:
            self._cache[table] = tuple(self._merge(f"{table}.tsv", row, key or _first_column(row)))
        return self._cache[table]

    def texts(self, folder: str, suffix: str) -> dict[str, str]:
        """The texts of all files ``data/FOLDER/*SUFFIX`` by stem, the user's in place of ours of the same name."""
        found = {
            p.name: p.read_text(encoding="utf8") for p in _packaged_path(folder).iterdir() if p.name.endswith(suffix)
        }
        prefix = f"{folder}/"
        found |= {
            k.removeprefix(prefix): v for k, v in self.overrides.items() if k.startswith(prefix) and k.endswith(suffix)
        }
        return {name.removesuffix(suffix): text for name, text in sorted(found.items())}

    def _merge(self, name: str, row: type[Row], key: Callable[[Row], object]) -> Iterator[Row]:
        ours, _ = parse_table(_packaged_path(name).read_text(encoding="utf8"), name, row)
        theirs, removed = parse_table(self.overrides[name], name, row) if name in self.overrides else ([], set())
        replaced = {key(r) for r in theirs}
        first = _first_column(row)
        yield from (r for r in ours if key(r) not in replaced and first(r) not in removed)
        yield from theirs


@lru_cache(maxsize=1)
def packaged() -> Lexicon:
    """The tables as shipped, read once."""
    return Lexicon()


def table_names() -> list[str]:
    """Names of the packaged tables, as file names below ``data/``."""
    return sorted(p.name for p in _packaged_path("").iterdir() if p.name.endswith(".tsv"))


def parse_table(text: str, name: str, row: type[Row]) -> tuple[list[Row], set[str]]:
    """Rows of one table's text, and the keys it removes. Raises ResourceError naming file, line and column."""
    rows: list[Row] = []
    removed: set[str] = set()
    header: list[str] | None = None
    readers: list[Callable[[str], Any]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = [c.strip() for c in cells]
            readers = _readers(header, row, f"{name}:{number}")
        elif cells[0].startswith("!"):
            removed.add(cells[0][1:].strip())
        elif len(cells) > len(header):
            raise ResourceError(f"{name}:{number}: {len(cells)} cells under {len(header)} columns")
        else:
            cells += [""] * (len(header) - len(cells))
            values = {}
            for column, reader, cell in zip(header, readers, cells, strict=True):
                try:
                    values[column] = reader(cell.strip())
                except ValueError as fault:
                    raise ResourceError(f"{name}:{number}: column {column}: {fault}") from None
            rows.append(row(**values))
    return rows, removed


def _readers(header: list[str], row: type[Any], where: str) -> list[Callable[[str], Any]]:
    """How to read the cells under each column of the header, which must name the fields of the row."""
    columns = {f.name: f.default is MISSING for f in fields(row)}
    unknown = set(header) - set(columns)
    absent = {name for name, needed in columns.items() if needed} - set(header)
    if unknown or absent:
        fault = f"unknown columns {sorted(unknown)}" if unknown else f"missing columns {sorted(absent)}"
        raise ResourceError(f"{where}: {fault}; the columns are {', '.join(columns)}")
    hints = get_type_hints(row)
    return [_reader(hints[column]) for column in header]


def _reader(hint: Any) -> Callable[[str], Any]:
    """The function that reads a cell of a type; it raises ValueError on a cell that is none."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = _reader(next(a for a in args if a is not type(None)))
        return lambda cell: inner(cell) if cell else None
    if origin is Literal:
        return lambda cell: _one_of(cell, args)
    if origin is tuple:
        part = _reader(args[0])
        return lambda cell: tuple(part(p.strip()) for p in cell.split("|")) if cell else ()
    if hint is bool:
        return _yes
    return hint if hint in (int, float) else str


def _one_of(cell: str, words: tuple[str, ...]) -> str:
    if cell not in words:
        raise ValueError(f"{cell!r} is none of {', '.join(map(repr, words))}")
    return cell


def _yes(cell: str) -> bool:
    if cell not in ("yes", ""):
        raise ValueError(f"{cell!r} is neither 'yes' nor empty")
    return cell == "yes"


def _first_column(row: type[Any]) -> Callable[[Any], str]:
    name = fields(row)[0].name
    return lambda r: str(getattr(r, name))


def _packaged_path(name: str) -> Any:
    return files("beritaextract").joinpath("data", name)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ResourceError(f"{path}: not UTF-8 (byte {fault.start})") from None
