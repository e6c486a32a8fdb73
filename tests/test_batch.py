"""The engine of a run, the readers, the writers and ``convert`` itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import partial

import pytest

from beritaextract.batch.workers import Workers
from beritaextract.errors import BeritaExtractError


def double(item: int) -> int:
    """An item of 13 kills the process that works on it."""
    if item == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * item


def make_double() -> Callable[[int], int]:
    return double


def cannot_start() -> Callable[[int], int]:
    raise RuntimeError("no pipeline here")


def lost(item: int) -> int:
    return -item


def workers(n_process: int = 2) -> Workers[int, int]:
    return Workers(make_double, lost, n_process=n_process)


class TestWorkers:
    @pytest.mark.parametrize("count", [0, 1, 5, 100])
    def test_results_come_in_order(self, count: int) -> None:
        items = [i for i in range(count) if i != 13]
        assert list(workers().map(items, chunk_size=4)) == [2 * i for i in items]

    def test_only_the_item_that_kills_its_process_is_lost(self) -> None:
        assert list(workers().map(range(60), chunk_size=4)) == [-13 if i == 13 else 2 * i for i in range(60)]

    def test_killers_in_a_row_are_lost_one_by_one(self) -> None:
        assert list(workers().map([1, 13, 13, 2, 13], chunk_size=2)) == [2, -13, -13, 4, -13]

    def test_items_are_read_only_as_fast_as_results_are_taken(self) -> None:
        read = []
        results = workers().map((read.append(i) or i for i in range(100, 10_000)), chunk_size=5)
        next(results)
        assert len(read) <= 2 * 2 * 5
        results.close()

    def test_workers_that_cannot_start_are_an_error_and_no_hang(self) -> None:
        broken: Workers[int, int] = Workers(partial(cannot_start), lost, n_process=2)
        with pytest.raises(BeritaExtractError, match="no worker process can start"):
            list(broken.map(range(5), chunk_size=2))
