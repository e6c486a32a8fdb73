"""Limits on the time that one article may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from beritaextract.errors import BeritaExtractError

GRACE = 10
"""Seconds of the processor beyond the limit that an article gets before its process is killed."""


class TimeLimitError(BeritaExtractError, TimeoutError):
    """An article that took longer than it may."""


@contextmanager
def time_limit(seconds: float | None, *, deadly: bool = False) -> Iterator[None]:
    """Raise TimeLimitError inside the block when it takes longer.

    A loop in C that never returns to Python cannot be stopped so. In a process that may be lost, a limit that is ``deadly``
    has the system end the process once it has worked ``seconds`` and GRACE on the block. Works where a process can set
    itself an alarm (not on Windows, not outside the main thread); elsewhere there is no limit.
    """
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: object) -> None:
        raise TimeLimitError(f"took longer than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    if deadly:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)  # which ends the process
        signal.setitimer(signal.ITIMER_PROF, seconds + GRACE)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if deadly:
            signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGALRM, before)
