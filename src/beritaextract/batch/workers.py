"""Spread work over processes, in order, and outlive a process that dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

from beritaextract.errors import BeritaExtractError

Item = TypeVar("Item")
Result = TypeVar("Result")

IN_FLIGHT = 2
"""Chunks a worker has waiting for it: enough that it never idles, few enough that memory stays flat."""


class Workers(Generic[Item, Result]):
    """Processes that each make their work function once, by ``setup()``, and then work through chunks of items.

    A process may die (out of memory, a crash in C): its chunk is worked through again, one item at a time in a process of
    its own, and ``lost(item)`` stands in for the result of the item that kills it.
    """

    def __init__(
        self, setup: Callable[[], Callable[[Item], Result]], lost: Callable[[Item], Result], *, n_process: int
    ) -> None:
        self.setup = setup
        self.lost = lost
        self.n_process = n_process

    def map(self, items: Iterable[Item], *, chunk_size: int) -> Iterator[Result]:
        """The result of every item, in order; items are read only as fast as results are taken."""
        source = iter(items)
        waiting: deque[tuple[list[Item], Future[list[Result]]]] = deque()
        pool = self._pool(self.n_process)
        try:
            while True:
                while len(waiting) < IN_FLIGHT * self.n_process and (chunk := list(islice(source, chunk_size))):
                    waiting.append((chunk, _submit(pool, chunk)))
                if not waiting:
                    return
                chunk, future = waiting.popleft()
                try:
                    results = future.result()
                except BrokenProcessPool:
                    pool.shutdown()
                    results = list(self._one_by_one(chunk))
                    pool = self._pool(self.n_process)
                    waiting = deque((c, f if _is_good(f) else _submit(pool, c)) for c, f in waiting)
                yield from results
        finally:
            pool.shutdown(cancel_futures=True)

    def _one_by_one(self, chunk: list[Item]) -> Iterator[Result]:
        """The results of a chunk that killed its process, or that happened to be in flight then."""
        pool = self._pool(1)
        for item in chunk:
            try:
                yield from pool.submit(_work_through, [item]).result()
            except BrokenProcessPool:
                yield self.lost(item)
                pool.shutdown()
                pool = self._pool(1)
        pool.shutdown()

    def _pool(self, size: int) -> ProcessPoolExecutor:
        """A pool whose processes are known to start; else every article would look like a deadly one."""
        pool = ProcessPoolExecutor(size, initializer=_start, initargs=(self.setup,))
        try:
            pool.submit(_work_through, []).result()
        except BrokenProcessPool:
            raise BeritaExtractError(
                "no worker process can start; see the messages above, or use one process"
            ) from None
        return pool


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _submit(pool: ProcessPoolExecutor, chunk: list[Item]) -> Future[list[Result]]:
    """``pool.submit``; a pool that is already broken gives a broken future, as one that breaks later does."""
    try:
        return pool.submit(_work_through, chunk)
    except BrokenProcessPool as fault:
        future: Future[list[Result]] = Future()
        future.set_exception(fault)
        return future


def _is_good(future: Future[list[Result]]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


_work: Callable[[Any], Any] | None = None  # the work function of this worker process; None in the parent


def _start(setup: Callable[[], Callable[[Any], Any]]) -> None:
    """In a new worker: leave Ctrl-C to the parent, end when the parent is gone, make the work function."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _work = setup()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work_through(chunk: list[Any]) -> list[Any]:
    assert _work is not None
    return [_work(item) for item in chunk]
