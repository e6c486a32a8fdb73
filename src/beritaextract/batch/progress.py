"""What a person sees of a run: a bar on a terminal, a line a minute in a log."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from beritaextract.batch.tally import Tally

_EVERY = 60.0
"""Seconds between the lines of a log."""

_SHOWN_EVERY = 0.5
_MEGABYTE = 1_000_000


@contextmanager
def progress_bar() -> Iterator[Callable[[Tally], None]]:
    """A bar on standard error; the function it gives shows a new state."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TextColumn("{task.fields[state]}"),
        TimeElapsedColumn(),
    )
    # no thread of its own: worker processes are forked from this one
    with Progress(*columns, console=Console(stderr=True), auto_refresh=False) as progress:
        task = progress.add_task("", total=1.0, state="")
        shown = -_SHOWN_EVERY

        def update(tally: Tally) -> None:
            nonlocal shown
            if tally.seconds - shown < _SHOWN_EVERY and not tally.building:
                return
            shown = tally.seconds
            progress.update(task, completed=1.0 if tally.building else tally.share, state=state(tally))
            progress.refresh()

        yield update


@contextmanager
def progress_log(file: TextIO | None = None, *, every: float = _EVERY) -> Iterator[Callable[[Tally], None]]:
    """A line on standard error (or in ``file``) every so many seconds, for what goes into a log."""
    said = 0.0

    def update(tally: Tally) -> None:
        nonlocal said
        if tally.seconds - said >= every:
            said = tally.seconds
            print(f"beritaextract: {tally.share:.0%}, {state(tally)}", file=file or sys.stderr, flush=True)

    yield update


def state(tally: Tally) -> str:
    """ "12,000 articles, 139/s, 3 failed, 412 MB, 2:10 to go"."""
    parts = [f"{tally.articles:,} articles", f"{tally.rate:.0f}/s", f"{tally.failures:,} failed"]
    memory, left = tally.memory, tally.seconds_left
    if memory is not None:
        parts.append(f"{memory / _MEGABYTE:,.0f} MB")
    if tally.building:
        parts.append("writing the output")
    elif left is not None:
        parts.append(f"{clock(left)} to go")
    return ", ".join(parts)


def clock(seconds: float) -> str:
    """Hours, minutes and seconds: 2:10, 1:02:10."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
