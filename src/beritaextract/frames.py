"""Records as data frames of pandas or polars: the flat tables of ``beritaextract.tables`` with their types."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from beritaextract.errors import InputError
from beritaextract.records import Record, each
from beritaextract.tables import TABLES, Cell, Column, Kind, table_rows

_PANDAS: Mapping[Kind, str] = {
    "text": "string",
    "integer": "int64",
    "number": "float64",
    "boolean": "bool",
    "day": "datetime64[s]",
}
_POLARS: Mapping[Kind, str] = {
    "text": "String",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "Boolean",
    "day": "Date",
}


def to_frame(
    records: Record | Iterable[Record | Mapping[str, Any]],
    table: str = "quotes",
    *,
    library: Literal["pandas", "polars"] = "pandas",
) -> Any:
    """One flat table of records (articles, people, officials, quotes, places, dates, topics …) as a data frame.

    A record may be given as what its JSON reads as. Columns and their types are those of ``TABLES[table]``, also when there
    is no row: text, integers, numbers, booleans, days (of pandas datetime64[s], of polars Date). ``article_no`` counts the
    records from 1 and joins tables of the same records. Raises ValueError when there is no such table or library, InputError
    when the library is not installed, TypeError for what is no record.
    """
    if table not in TABLES:
        raise ValueError(f"there is no table {table!r}; tables are {', '.join(TABLES)}")
    if library not in ("pandas", "polars"):
        raise ValueError(f"library is {library!r}; it must be 'pandas' or 'polars'")
    module = _module(library)
    columns = TABLES[table].columns
    cells: dict[str, list[Cell]] = {column.name: [] for column in columns}
    for row in table_rows(each(records), table):
        for name, cell in row.items():
            cells[name].append(cell)
    return _pandas(module, columns, cells) if library == "pandas" else _polars(module, columns, cells)


def _module(library: str) -> Any:
    try:
        return importlib.import_module(library)
    except ImportError:
        raise InputError(f"a frame of {library} needs {library}: pip install {library}") from None


def _pandas(pandas: Any, columns: Iterable[Column], cells: Mapping[str, list[Cell]]) -> Any:
    made = {column.name: pandas.Series(cells[column.name], dtype=_PANDAS[column.kind]) for column in columns}
    return pandas.DataFrame(made)


def _polars(polars: Any, columns: Iterable[Column], cells: Mapping[str, list[Cell]]) -> Any:
    return polars.DataFrame(cells, schema={column.name: getattr(polars, _POLARS[column.kind]) for column in columns})
