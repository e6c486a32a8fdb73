"""The engine of a run: worker processes that may die, limits on time, Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice, repeat

import pytest
from spacy.language import Language

from beritaextract.batch import timelimit
from beritaextract.batch.timelimit import TimeLimitError, time_limit
from beritaextract.batch.workers import IN_FLIGHT, Workers
from beritaextract.errors import BeritaExtractError
from beritaextract.records import Failure, Record, Source
from beritaextract.runs import run_many


def double(item: int) -> int:
    """An item of 13 kills the process that works on it."""
    if item == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * item


def make_double() -> Callable[[list[int]], list[int]]:
    return lambda chunk: [double(item) for item in chunk]


def cannot_start() -> Callable[[list[int]], list[int]]:
    raise RuntimeError("no pipeline here")


def lost(item: int) -> list[int]:
    return [-item]


def results(items: Iterable[int], *, chunk_size: int, in_order: bool = True) -> Iterator[int]:
    """What two workers make of the items."""
    workers = Workers(make_double, lost, n_process=2)
    source = iter(items)
    for _, found in workers.map(iter(lambda: list(islice(source, chunk_size)), []), in_order=in_order):
        yield from chain.from_iterable(found)


def sleepy(chunk: list[int]) -> list[int]:
    """The chunk; the first takes longer than all others."""
    time.sleep(0.3 if chunk == [1] else 0)
    return chunk


class TestWorkers:
    @pytest.mark.parametrize("count", [0, 1, 5, 100])
    def test_results_come_in_order(self, count: int) -> None:
        items = [i for i in range(count) if i != 13]
        assert list(results(items, chunk_size=4)) == [2 * i for i in items]

    def test_only_the_item_that_kills_its_process_is_lost(self) -> None:
        assert list(results(range(60), chunk_size=4)) == [-13 if i == 13 else 2 * i for i in range(60)]

    def test_killers_in_a_row_are_lost_one_by_one(self) -> None:
        assert list(results([1, 13, 13, 2, 13], chunk_size=2)) == [2, -13, -13, 4, -13]

    def test_items_are_read_only_as_fast_as_results_are_taken(self) -> None:
        read = []
        found = results((read.append(i) or i for i in range(100, 10_000)), chunk_size=5)
        next(found)
        assert len(read) <= 2 * IN_FLIGHT * 5
        found.close()

    def test_workers_that_cannot_start_are_an_error_and_no_hang(self) -> None:
        broken = Workers(cannot_start, lost, n_process=2)
        with pytest.raises(BeritaExtractError, match="no worker process can start"):
            list(broken.map([[1, 2], [3]]))

    def test_without_order_a_slow_chunk_holds_up_no_other(self) -> None:
        chunks = [[1], [2], [3], [4]]
        workers = Workers(lambda: sleepy, lambda item: [-item], n_process=2)
        found = [result for _, (result,) in workers.map(chunks, in_order=False)]
        assert sorted(found) == chunks
        assert found[-1] == [1]

    def test_without_order_a_killer_is_lost_alone_and_nothing_twice(self) -> None:
        found = list(results(range(40), chunk_size=3, in_order=False))
        assert sorted(found) == sorted(-13 if i == 13 else 2 * i for i in range(40))


class TestTimeLimit:
    def test_what_takes_too_long_is_stopped(self) -> None:
        with pytest.raises(TimeLimitError, match=r"took longer than 0\.05 s"), time_limit(0.05):
            slow(Record("1.0", "a", Source(), None, None, "lambat"))

    def test_a_pattern_that_runs_away_is_stopped(self) -> None:
        with pytest.raises(TimeLimitError), time_limit(0.05):
            re.match(r"(a+)+b", "a" * 60)

    def test_a_loop_that_never_returns_to_python_costs_its_process_and_no_more(
        self, nlp: Language, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(timelimit, "GRACE", 0)
        outcomes = list(run_many(["Satu.", "terjebak", "Tiga."], nlp=nlp, n_process=2, finish=trapped, timeout=1.5))
        assert [isinstance(outcome, Failure) for outcome in outcomes] == [False, True, False]
        assert outcomes[1].error == "WorkerDied"

    def test_what_is_in_time_is_left_alone(self) -> None:
        with time_limit(5):
            pass
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)

    @pytest.mark.parametrize(("n_process", "chunk_size"), [(1, 1), (1, 3), (2, 1)])
    def test_a_slow_article_is_a_failure_and_the_rest_go_on(
        self, nlp: Language, n_process: int, chunk_size: int
    ) -> None:
        articles = ["Satu.", "lambat", "Tiga."]
        outcomes = list(
            run_many(articles, nlp=nlp, n_process=n_process, chunk_size=chunk_size, finish=slow, timeout=0.5)
        )
        assert [isinstance(outcome, Failure) for outcome in outcomes] == [False, True, False]
        assert outcomes[1].error == "TimeLimitError"


def slow(record: Record) -> str:
    while record.text == "lambat":
        pass
    return record.text


def trapped(record: Record) -> str:
    """Stays in C for hours over one text."""
    if record.text == "terjebak":
        sum(repeat(1, 10**12))
    return record.text
