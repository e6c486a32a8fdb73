"""The report: one page over a batch of records, to be opened in a browser without the network.

``payload`` packs records into columns, ``page`` puts these and ``page.html``, ``page.css``,
``program/*.js`` and ``outline.json`` (the map; built by models/outline.py) into one file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from beritaextract.batch.written import read_records
from beritaextract.errors import InputError
from beritaextract.records import Record
from beritaextract.report.page import render
from beritaextract.report.payload import Payload

Language = Literal["id", "en"]

LIMIT = 20_000
"""Articles that a page takes unless told otherwise; more are slow to open on an office machine."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a report holds: articles in it and in the batch, quotes, bytes of the file, whether texts are whole."""

    articles: int
    in_batch: int
    quotes: int
    size: int
    whole_texts: bool


def write_report(
    records: Iterable[Record],
    out: str | Path,
    *,
    lang: Language = "id",
    title: str | None = None,
    limit: int = LIMIT,
    passages: bool = False,
) -> Summary:
    """Write a report over records to the file ``out``, which is replaced if it is there.

    ``lang`` is the language of its labels. ``limit`` is how many articles it takes, the first of the batch; the page says
    so when there are more. With ``passages``, or when the texts are over ``payload.TEXT_BUDGET`` characters, it holds of each
    text the beginning and the passages round its quotes. Raises InputError without any record, and when ``out`` cannot be
    written.
    """
    payload = Payload(lang=lang, passages=passages)
    in_batch = 0
    for record in records:
        in_batch += 1
        if in_batch <= limit:
            payload.add(record)
    if not in_batch:
        raise InputError("no record to report on")
    target = Path(out)
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("w", encoding="utf8", newline="\n") as file:
            file.writelines(render(payload, title=title, in_batch=in_batch))
        part.replace(target)
        size = target.stat().st_size
    except OSError as fault:
        with suppress(OSError):
            part.unlink()
        raise InputError(f"{target}: cannot be written: {fault.strerror}") from None
    return Summary(min(in_batch, limit), in_batch, payload.quote_count, size, payload.whole_texts)


def report_files(
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    lang: Language = "id",
    title: str | None = None,
    limit: int = LIMIT,
    passages: bool = False,
) -> Summary:
    """``write_report`` over files that ``convert`` wrote; "-" is standard input.

    Raises InputError naming file and line of a line that is no record, and for a file that cannot be read.
    """
    if Path(out).suffix.lower() not in (".html", ".htm"):
        raise InputError(f"{out}: a report is a page, with a name that ends in .html")
    if any(Path(out).resolve() == Path(name).resolve() for name in inputs):
        raise InputError(f"{out}: is the input too")
    records = (record for name in inputs for record in read_records(name))
    named = title or ", ".join(Path(name).name for name in inputs if str(name) != "-") or None
    return write_report(records, out, lang=lang, title=named, limit=limit, passages=passages)
