"""What a run says of itself while it goes on, and how many workers it takes."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from beritaextract.batch import machine
from beritaextract.batch.progress import clock, progress_log, state
from beritaextract.batch.tally import Tally


def tally(**values: object) -> Tally:
    """A run of 100 s so far."""
    import time

    return Tally(began=time.monotonic() - 100, **values)  # type: ignore[arg-type]


class TestTally:
    def test_the_rate_is_that_of_this_run(self) -> None:
        assert round(tally(records=900, failures=100, done_before=500).rate) == 5

    def test_time_to_go_follows_the_bytes_that_were_read(self) -> None:
        left = tally(records=10, bytes_read=25, bytes_in_all=100).seconds_left
        assert left is not None
        assert round(left) == 300

    def test_what_an_earlier_run_did_says_nothing_of_the_time_to_go(self) -> None:
        """Half was done before; a tenth in 100 s, so four tenths take 400 s."""
        run = tally(records=500, done_before=500, bytes_read=50, bytes_in_all=100)
        run.follow(500, 0, ())
        run.count(10)
        run.follow(600, 0, ())
        left = run.seconds_left
        assert left is not None
        assert round(left) == 400

    def test_with_a_limit_the_articles_count(self) -> None:
        left = tally(records=50, limit=100, bytes_read=1, bytes_in_all=1000).seconds_left
        assert left is not None
        assert round(left) == 100

    @pytest.mark.parametrize("run", [tally(records=10), tally(bytes_read=0, bytes_in_all=100)])
    def test_nobody_knows_the_end_of_a_pipe_or_of_what_has_just_begun(self, run: Tally) -> None:
        assert run.seconds_left is None


class TestLog:
    def test_a_line_says_share_rate_failures_memory_and_time_to_go(self) -> None:
        file = io.StringIO()
        run = tally(records=12_000, failures=3, bytes_read=25, bytes_in_all=100)
        with progress_log(file) as update:
            update(run)
        assert file.getvalue().startswith("beritaextract: 25%, 12,003 articles, 120/s, 3 failed, ")
        assert file.getvalue().endswith("5:00 to go\n")
        assert machine.memory_held() is None or " MB, " in file.getvalue()

    def test_one_line_a_minute(self) -> None:
        file = io.StringIO()
        run = tally(records=1)
        with progress_log(file) as update:
            for _ in range(5):
                update(run)
            run.began -= 61
            update(run)
        assert file.getvalue().count("\n") == 2

    def test_the_end_is_named_when_only_the_output_is_left(self) -> None:
        assert state(tally(records=1, building=True)).endswith("writing the output")

    @pytest.mark.parametrize(("seconds", "written"), [(5, "0:05"), (130, "2:10"), (3730, "1:02:10")])
    def test_clock(self, seconds: int, written: str) -> None:
        assert clock(seconds) == written


class TestMachine:
    @pytest.mark.parametrize(("free", "workers"), [(None, 8), (10**12, 8), (3 * machine.WORKER_MEMORY, 3), (0, 1)])
    def test_one_worker_a_core_fewer_where_memory_is_short(
        self, monkeypatch: pytest.MonkeyPatch, free: int | None, workers: int
    ) -> None:
        monkeypatch.setattr(machine, "usable_cores", lambda: 8)
        monkeypatch.setattr(machine, "free_memory", lambda: free)
        assert machine.automatic_workers() == workers

    def test_the_quota_of_a_container_counts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(16)), raising=False)
        monkeypatch.setattr(machine, "_text", lambda path: "250000 100000\n" if path.endswith("cpu.max") else "")
        assert machine.usable_cores() == 3

    def test_free_memory_is_the_least_that_machine_and_container_allow(self, monkeypatch: pytest.MonkeyPatch) -> None:
        files = {
            "/proc/meminfo": "MemAvailable: 1000 kB\n",
            "/sys/fs/cgroup/memory.max": "900000",
            "/sys/fs/cgroup/memory.current": "500000",
        }
        monkeypatch.setattr(machine, "_text", lambda path: files.get(path, ""))
        assert machine.free_memory() == 400_000

    @pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="no such file on this system")
    def test_memory_held_is_that_of_this_process(self) -> None:
        held = machine.memory_held()
        assert held is not None
        assert held > 10_000_000
