"""A folder of flat tables as CSV, safe to open in a spreadsheet.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end for a formula and runs it, and
what stands in an article is anybody's text. A text cell that begins so, whatever apostrophes stand before, gets an
apostrophe in front (OWASP, "CSV Injection"); ``unescaped`` takes it away again. Numbers are left as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from beritaextract.batch import packets
from beritaextract.batch.batchinfo import Batch
from beritaextract.batch.folders import Folder
from beritaextract.batch.selection import selected
from beritaextract.records import Record
from beritaextract.tables import Cell, Row, Table, flatten

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r\n]")


def escaped(text: str) -> str:
    """The text as no spreadsheet runs it: "=1+1" -> "'=1+1"."""
    return f"'{text}" if _FORMULA.match(text) else text


def unescaped(text: str) -> str:
    """What ``escaped`` was given."""
    return text[1:] if _ESCAPED.match(text) else text


class CsvEncoder:
    """The rows of a chunk as the lines of every table, in a packet."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = tuple(tables)

    def one(self, record: Record) -> dict[str, list[Row]]:
        """The rows of a record."""
        return flatten(record)

    def many(self, records: Sequence[tuple[int, Any]]) -> bytes:
        """The packet; every row gets the number of its article."""
        if not records:
            return b""
        return packets.packed([self._lines(table, records) for table in self.tables])

    def _lines(self, table: Table, records: Sequence[tuple[int, dict[str, list[Row]]]]) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text)
        for number, found in records:
            for row in found[table.name]:
                cells = row | {"article_no": number}
                writer.writerow([_cell(cells[name]) for name in table.names])
        return text.getvalue().encode("utf8")


class CsvFolder(Folder):
    """One .csv a table: UTF-8, commas, a header line, line ends as RFC 4180 has them."""

    suffix = ".csv"

    def __init__(self, fields: tuple[str, ...]) -> None:
        self.tables = selected(fields)
        self.encoder = CsvEncoder(self.tables)

    def fill(self, part: Path, folder: Path, batch: Batch) -> None:
        """Write the files."""
        with ExitStack() as stack:
            files = [stack.enter_context((folder / f"{table.name}.csv").open("wb")) for table in self.tables]
            for file, table in zip(files, self.tables, strict=True):
                file.write(",".join(table.names).encode() + b"\r\n")
            for found in packets.unpacked(part):
                for file, rows in zip(files, found, strict=True):
                    file.write(rows)


def _cell(value: Cell) -> str:
    """A cell as written; what is not known is empty."""
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
