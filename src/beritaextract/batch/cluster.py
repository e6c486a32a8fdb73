"""What a node of a cluster does: rows of articles in, rows of records and failures out. Shared by ``ray`` and ``spark``."""

from __future__ import annotations

import inspect
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from beritaextract.article import InputRow
from beritaextract.batch.columns import Columns
from beritaextract.batch.kinds import kind_of
from beritaextract.batch.threadlimit import limited
from beritaextract.batch.timelimit import TimeLimitError
from beritaextract.errors import InputError
from beritaextract.lexicon import Lexicon
from beritaextract.pipeline import load
from beritaextract.records import Failure, Record
from beritaextract.runs import Attempt, lost

RESULT = ("id", "record", "failure")
"""The columns of a result: the article's id, its record as JSON or null, the failure that stands for it as JSON or null."""

PATH = "path"
"""A column of this name, as readers of files add it, becomes ``source.path``."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What every node has to know; it can be pickled and hashed, and needs no file of the machine it was made on.

    ``columns`` maps fields to the columns that hold them, ``fields`` are those of the record to keep (none: all), ``tables``
    the names of a user's tables with their texts, ``timeout`` are seconds an article, ``options`` more keywords of ``load``.
    """

    columns: tuple[tuple[str, str], ...] = ()
    fields: tuple[str, ...] = ()
    tables: tuple[tuple[str, str], ...] = ()
    timeout: float | None = 30
    options: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(
        cls,
        columns: Mapping[str, str] | None = None,
        fields: Sequence[str] = (),
        resources: str | Path | None = None,
        timeout: float | None = 30,
        options: Mapping[str, Any] | None = None,
    ) -> Settings:
        """The settings of a caller.

        Raises ResourceError for faulty tables, InputError for a field that no record has, TypeError for what ``load`` does
        not take.
        """
        inspect.signature(load).bind(**(options or {}))
        made = cls(
            tuple(sorted((columns or {}).items())),
            tuple(fields),
            tuple(sorted(Lexicon.read(resources).overrides.items())),
            timeout,
            tuple(sorted((options or {}).items())),
        )
        made.encode()
        return made

    def wanted(self, header: Iterable[str], what: str) -> list[str]:
        """The columns of a data set that mean something here, in its order.

        Raises InputError when one that was named is not there, or there is none for the text.
        """
        known = list(header)
        listed = ", ".join(known) or "none at all"
        for field, column in self.columns:
            if column not in known:
                raise InputError(f"{what}: no column {column!r} for {field}; there are {listed}")
        finder = self.finder()
        if not {"text", "html"} & set(finder.plan(known)):
            raise InputError(f"{what}: no column for the text; there are {listed}; name it with columns={{'text': …}}")
        return meant(known, finder)

    def encode(self) -> Callable[[Record], bytes]:
        """What makes a record the line that ``beritaextract convert`` would write."""
        return kind_of(Path("records.jsonl"), wanted=self.fields).encoder.one

    def finder(self) -> Columns:
        """What finds an article's fields in a row."""
        return Columns(dict(self.columns), Lexicon(dict(self.tables)))


def meant(header: Iterable[str], finder: Columns) -> list[str]:
    """The columns of a header that mean something here, in its order."""
    known = list(header)
    found = {column for columns in finder.plan(known).values() for column in columns} | {PATH}
    return [column for column in known if column in found]


class RowConverter:
    """Turns rows into results, one in, one out, with a pipeline that is loaded once.

    A result is a tuple of the columns ``RESULT``. What spaCy learns of words is forgotten now and then over all calls
    together, so that a worker's memory stays flat however many batches it is given.
    """

    def __init__(self, settings: Settings) -> None:
        self.columns = settings.finder()
        encode = settings.encode()

        def finish(record: Record) -> tuple[str, str]:
            return record.id, encode(record).decode()

        self._timeout = settings.timeout
        self._attempt = Attempt(_loaded(settings), finish, settings.timeout, forget=True)

    def convert(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str | None, str | None]]:
        """The results of rows, in their order."""
        for row in rows:
            path = row.get(PATH)
            given = replace(self.columns.row(row, ""), path=path if isinstance(path, str) else None)
            outcome = limited(partial(self._attempt, given), self._timeout, partial(_too_long, given))
            if isinstance(outcome, Failure):
                yield outcome.id, None, outcome.to_bytes().decode()
            else:
                yield outcome[0], outcome[1], None


def _too_long(given: InputRow, fault: TimeLimitError) -> Failure:
    return replace(lost(given), error="TimeLimitError", reason=str(fault))


def _loaded(settings: Settings) -> Any:
    """The pipeline, with a user's tables put into a folder of this machine while it is loaded."""
    options = dict(settings.options)
    if not settings.tables:
        return load(**options)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in settings.tables:
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf8")
        return load(resources=folder, **options)
