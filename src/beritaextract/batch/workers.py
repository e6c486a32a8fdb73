"""Spread work over processes, in order or as it comes, and outlive a process that dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

from beritaextract.errors import BeritaExtractError

Item = TypeVar("Item")
Result = TypeVar("Result")

IN_FLIGHT = 4
"""Chunks a worker has waiting for it: enough that none idles behind a slow one, few enough that memory stays flat."""


class Workers(Generic[Item, Result]):
    """Processes that each make their work function once, by ``setup()``, and then turn chunks of items into results.

    A process may die (out of memory, a crash in C): its chunk is worked through again, one item at a time in a process of
    its own, and ``lost(item)`` stands in for the result of the item that kills it.
    """

    def __init__(
        self, setup: Callable[[], Callable[[list[Item]], Result]], lost: Callable[[Item], Result], *, n_process: int
    ) -> None:
        self.setup = setup
        self.lost = lost
        self.n_process = n_process

    def map(self, chunks: Iterable[list[Item]], *, in_order: bool = True) -> Iterator[tuple[list[Item], list[Result]]]:
        """Every chunk with its result, or with one result an item where the chunk had to be done one by one.

        Chunks are read only as fast as results are taken. Without ``in_order`` a chunk comes as soon as it is done.
        """
        source = iter(chunks)
        waiting: deque[tuple[list[Item], Future[Result]]] = deque()
        pool = self._pool(self.n_process)
        try:
            while True:
                while len(waiting) < IN_FLIGHT * self.n_process and (chunk := next(source, None)) is not None:
                    waiting.append((chunk, _submit(pool, chunk)))
                if not waiting:
                    return
                chunk, future = _next(waiting, in_order)
                try:
                    results = [future.result()]
                except BrokenProcessPool:
                    pool.shutdown()
                    results = list(self._one_by_one(chunk))
                    pool = self._pool(self.n_process)
                    waiting = deque((c, f if _is_good(f) else _submit(pool, c)) for c, f in waiting)
                yield chunk, results
        finally:
            pool.shutdown(cancel_futures=True)

    def _one_by_one(self, chunk: list[Item]) -> Iterator[Result]:
        """The results of a chunk that killed its process, or that happened to be in flight then."""
        pool = self._pool(1)
        for item in chunk:
            try:
                yield pool.submit(_work_through, [item]).result()
            except BrokenProcessPool:
                yield self.lost(item)
                pool.shutdown()
                pool = self._pool(1)
        pool.shutdown()

    def _pool(self, size: int) -> ProcessPoolExecutor:
        """A pool whose processes are known to start; else every article would look like a deadly one."""
        pool = ProcessPoolExecutor(size, initializer=_start, initargs=(self.setup,))
        try:
            pool.submit(_is_ready).result()
        except BrokenProcessPool:
            raise BeritaExtractError(
                "no worker process can start; see the messages above, or use one process"
            ) from None
        return pool


def _next(waiting: deque[tuple[list[Item], Future[Result]]], in_order: bool) -> tuple[list[Item], Future[Result]]:
    """Take the first chunk, or the first that is done."""
    if not in_order:
        done = wait_for([future for _, future in waiting], return_when=FIRST_COMPLETED).done
        at = next(at for at, (_, future) in enumerate(waiting) if future in done)
        waiting.rotate(-at)
        found = waiting.popleft()
        waiting.rotate(at)
        return found
    return waiting.popleft()


def _submit(pool: ProcessPoolExecutor, chunk: list[Item]) -> Future[Any]:
    """``pool.submit``; a pool that is already broken gives a broken future, as one that breaks later does."""
    try:
        return pool.submit(_work_through, chunk)
    except BrokenProcessPool as fault:
        future: Future[Any] = Future()
        future.set_exception(fault)
        return future


def _is_good(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


_work: Callable[[list[Any]], Any] | None = None  # the work function of this worker process; None in the parent


def _start(setup: Callable[[], Callable[[list[Any]], Any]]) -> None:
    """In a new worker: leave Ctrl-C to the parent, end when the parent is gone, make the work function."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the parent may have a handler of its own
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _work = setup()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _is_ready() -> bool:
    return _work is not None


def _work_through(chunk: list[Any]) -> Any:
    assert _work is not None
    return _work(chunk)
