"""A limit on the time that one article may take, in threads, where no process can set itself an alarm (Ray's actors)."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import TypeVar

from beritaextract.batch.timelimit import TimeLimitError

Outcome = TypeVar("Outcome")

_AGAIN = 0.5
"""Seconds between two errors for work that goes on."""


def limited(
    work: Callable[[], Outcome], seconds: float | None, too_long: Callable[[TimeLimitError], Outcome]
) -> Outcome:
    """The outcome of ``work``, in which TimeLimitError is raised when it takes longer.

    It comes between two steps of Python; a loop in C that never returns cannot be stopped so. ``too_long`` gives the outcome
    where the error came too late for ``work`` to see it. In the main thread there is no limit: ``time_limit`` is for that.
    """
    if not seconds or threading.current_thread() is threading.main_thread():
        return work()
    watch = _Watch(seconds)
    try:
        try:
            watch.start()
            return work()
        finally:
            watch.stop()
    except TimeLimitError as fault:
        return too_long(fault)


class _Watch:
    """Raises TimeLimitError in the thread that made it, once it has started, unless it is stopped in time."""

    def __init__(self, seconds: float) -> None:
        text = f"took longer than {seconds:g} s"
        self._error = type("TimeLimitError", (TimeLimitError,), {"__str__": lambda _: text})
        self._thread = ctypes.c_ulong(threading.get_ident())
        self._lock = threading.Lock()
        self._is_over = False
        self._timer = self._after(seconds)

    def start(self) -> None:
        """Begin to count."""
        self._timer.start()

    def stop(self) -> None:
        """No error after this; one that is on its way comes here.

        It is not called back: CPython would go on looking for it at every step for good (``PyThreadState_SetAsyncExc`` with
        NULL leaves the flag set), which slows the process down and makes a profiler hang.
        """
        try:
            with self._lock:
                self._is_over = True
        except TimeLimitError:  # it came while the lock was being taken
            self._is_over = True
            raise
        self._timer.cancel()
        for _ in range(10):  # steps at which Python looks for it
            pass

    def _ring(self) -> None:
        """Ring, and again after a while: an error that comes inside a callback of C is lost."""
        with self._lock:
            if not self._is_over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, ctypes.py_object(self._error))
                self._timer = self._after(_AGAIN)
                self._timer.start()

    def _after(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._ring)
        timer.daemon = True
        return timer
