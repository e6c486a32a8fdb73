"""Every row of every input, one at a time, as an InputRow or as the Failure to read it."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from beritaextract.article import InputRow
from beritaextract.batch.columns import Columns, whole
from beritaextract.batch.encoding import (
    LONGEST_ROW,
    decode,
    decoded_lines,
    decoded_pieces,
    encoding_of,
    encoding_of_lines,
)
from beritaextract.batch.inputs import Input, opened
from beritaextract.batch.jsonvalues import MalformedJsonError, json_value, json_values
from beritaextract.errors import InputError
from beritaextract.records import Failure, Source

LONGEST_ARTICLE = 200_000_000
"""Bytes; a longer file of one article is a mistake (a table that is called .txt), not a text."""

Rows = Iterator[InputRow | Failure]
Reader = Callable[[bytes, BinaryIO, str, Columns], Rows]


def read_inputs(inputs: Iterable[Input], columns: Columns, *, count: Callable[[int], object] = int) -> Rows:
    """The rows of all inputs in order. A file that cannot be read is one Failure, and the next file follows.

    ``count`` is told of every so many bytes that were read.
    """
    for one in inputs:
        yield from _read_input(one, columns, count)


def _read_input(one: Input, columns: Columns, count: Callable[[int], object]) -> Rows:
    name = one.said
    try:
        if one.format == "parquet":
            yield from _parquet(name, columns)
            count(one.size)
            return
        with opened(one, count) as (sample, file):
            if not sample:
                raise InputError(f"{name}: empty file")
            yield from READERS[one.format or sniffed(sample)](sample, file, name, columns)
    except InputError as fault:
        yield Failure(name, Source(path=name), "InputError", str(fault))
    except (OSError, EOFError, zlib.error) as fault:
        yield Failure(name, Source(path=name), type(fault).__name__, f"{name}: cannot be read further: {fault}")


def sniffed(sample: bytes) -> str:
    """The format of what comes without a name: rows of JSON, a page, or else a text."""
    start = sample.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower()
    if start.startswith((b"{", b"[")):
        return "json"
    return "html" if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")) else "txt"


def _text(sample: bytes, file: BinaryIO, name: str, columns: Columns) -> Rows:
    yield InputRow({"text": _whole_file(sample, file, name)}, name)


def _page(sample: bytes, file: BinaryIO, name: str, columns: Columns) -> Rows:
    yield InputRow({"html": _whole_file(sample, file, name)}, name)


def _whole_file(sample: bytes, file: BinaryIO, name: str) -> str:
    encoding_of(sample, name)  # refuses a film that is called .txt before it is read
    data = file.read(LONGEST_ARTICLE + 1)
    if len(data) > LONGEST_ARTICLE:
        raise InputError(f"{name}: over {LONGEST_ARTICLE // 1_000_000} MB, too long for one article")
    return decode(data, name)


def _json_lines(sample: bytes, file: BinaryIO, name: str, columns: Columns) -> Rows:
    """One JSON object a line; a file that turns out to be one big JSON value is read as such."""
    if (
        sample.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0].strip() in (b"[", b"{")
        or sample.lstrip()[:1] == b"["
    ):
        yield from _json(sample, file, name, columns)
        return
    for number, (line, is_known) in enumerate(decoded_lines(file, encoding_of_lines(sample, name), name), 1):
        if not is_known:
            yield _refused(name, number, "neither UTF-8 nor cp1252")
        elif line.strip():
            try:
                value = json_value(line)
            except MalformedJsonError as fault:
                yield _refused(name, number, str(fault))
            else:
                yield _json_row(value, columns, name, number)


def _json(sample: bytes, file: BinaryIO, name: str, columns: Columns) -> Rows:
    """An array of rows, one row, rows one after another, or an object that holds one array of rows."""
    try:
        for line, value in json_values(decoded_pieces(file, encoding_of(sample, name), name)):
            held = _held_rows(value, columns)
            for row in [value] if held is None else held:
                yield _json_row(row, columns, name, line)
    except MalformedJsonError as fault:
        yield _refused(name, fault.line, f"{fault}; what follows was not read")


def _held_rows(value: Any, columns: Columns) -> list[Any] | None:
    """The rows inside {"articles": [{…}, {…}]}; None when the value is a row itself."""
    if not isinstance(value, dict) or {"text", "html"} & set(columns.plan(value)):
        return None
    lists = [held for held in value.values() if isinstance(held, list) and held and isinstance(held[0], dict)]
    return lists[0] if len(lists) == 1 else None


def _json_row(value: Any, columns: Columns, name: str, line: int) -> InputRow | Failure:
    if not isinstance(value, dict):
        return _refused(name, line, f"not a row but {type(value).__name__}")
    return columns.row(value, name, line)


def _table(delimiter: str | None) -> Reader:
    def read(sample: bytes, file: BinaryIO, name: str, columns: Columns) -> Rows:
        csv.field_size_limit(LONGEST_ROW)
        broken: set[int] = set()
        lines = _marking(decoded_lines(file, encoding_of_lines(sample, name), name), broken)
        header_line = next(lines)
        if broken:
            raise InputError(f"{name}: neither UTF-8 nor cp1252; save it as UTF-8")
        try:
            header = next(csv.reader([header_line], delimiter=delimiter or _delimiter(header_line)))
        except csv.Error as fault:
            raise InputError(f"{name}: line 1: no header of a table: {fault}") from fault
        _check_header(header, columns, name)
        table = csv.reader(lines, delimiter=delimiter or _delimiter(header_line))
        yield from _table_rows(table, header, broken, name, columns)

    return read


def _table_rows(table: Any, header: list[str], broken: set[int], name: str, columns: Columns) -> Rows:
    """The rows of a table under its header; a row is named by the line where it begins."""
    while True:
        first = table.line_num + 2
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error as fault:
            yield _refused(name, first, f"not a row: {fault}")
            continue
        if not broken.isdisjoint(range(first, table.line_num + 2)):
            yield _refused(name, first, "neither UTF-8 nor cp1252")
        elif len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            yield _refused(
                name, first, f"{len(cells)} cells under {len(header)} columns; a delimiter in a text needs quotes"
            )
        elif cells:
            yield columns.row(dict(zip(header, map(whole, cells), strict=False)), name, first)


def _marking(lines: Iterable[tuple[str, bool]], broken: set[int]) -> Iterator[str]:
    """The lines; the number of one that is in no known encoding goes into ``broken``."""
    for number, (line, is_known) in enumerate(lines, 1):
        if not is_known:
            broken.add(number)
        yield line


def _delimiter(header: str) -> str:
    """The comma, or the semicolon that spreadsheets write where the comma is for decimals."""
    return max(",;\t|", key=header.count)


def _check_header(header: list[str], columns: Columns, name: str) -> None:
    if missing := [column for column in columns.named.values() if column not in header]:
        raise InputError(f"{name}: no column {missing[0]!r} among {', '.join(header)}")
    if not {"text", "html"} & set(columns.plan(header)):
        raise InputError(f"{name}: no column for the text among {', '.join(header)}; name it with --text-column")


def _parquet(name: str, columns: Columns) -> Rows:
    from beritaextract.batch.arrow import parquet_rows

    def meant(header: list[str]) -> list[str]:
        _check_header(header, columns, name)
        return [column for found in columns.plan(header).values() for column in found]

    for number, row in enumerate(parquet_rows(name, meant), 1):
        yield columns.row(row, name, number)


def _refused(name: str, line: int, reason: str) -> Failure:
    return Failure(f"{name}:{line}", Source(path=name), "InputError", f"{name}:{line}: {reason}")


READERS: dict[str, Reader] = {
    "txt": _text,
    "html": _page,
    "jsonl": _json_lines,
    "json": _json,
    "csv": _table(None),
    "tsv": _table("\t"),
}
