"""Ctrl-C that lets a run finish what it has begun."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from typing import Any, TypeVar

Item = TypeVar("Item")

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interruption:
    """While it is entered, a first Ctrl-C or SIGTERM only makes ``wanted`` true; a second raises KeyboardInterrupt.

    Outside the main thread, where Python has no say over signals, it does nothing.
    """

    def __init__(self) -> None:
        self.wanted = False
        self._is_reading = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Interruption:
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.signal(number, self._take) for number in _SIGNALS}
        return self

    def __exit__(self, *fault: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def guard(self, items: Iterator[Item]) -> Iterator[Item]:
        """The items until the interruption; waiting for one that does not come (a pipe, a terminal) is broken off."""
        while not self.wanted:
            self._is_reading = True
            try:
                item = next(items)
            except (StopIteration, KeyboardInterrupt):
                return
            finally:
                self._is_reading = False
            yield item

    def _take(self, number: int, frame: object) -> None:
        if self.wanted or self._is_reading:
            self.wanted = True
            raise KeyboardInterrupt
        self.wanted = True
