"""What ``convert`` costs: rate, speed-up of many workers over one, memory, and the processor's time of parent and workers.

Usage: bench_batch.py [--shared DIR] [--articles N] [--workers N] [--out NAME …]

Rates are of the wall, so other work on the machine spoils them; seconds of the processor do not depend on that as much. By
them the speed-up on as many idle cores as workers is at most ``workers * one / (workers + parent)`` ("possible"), where
``one`` is the processor's time that a single worker takes for an article, the others what workers and parent take when there
are many. Memory is that of parent and workers together, shared pages counted once, at its highest.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from bench import machine, sample

import beritaextract
from beritaextract.batch.convert import Options, Tally, convert

NAMES = ["out.jsonl", "out.jsonl.gz", "out.parquet", "tabel/", "out.duckdb"]


class Cost(NamedTuple):
    """Of one run: seconds on the wall, seconds of the processor of parent and workers, megabytes, articles."""

    wall: float
    parent: float
    workers: float
    memory: float
    articles: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", nargs="+", default=NAMES)
    args = parser.parse_args()
    articles, origin = sample(args.shared, args.articles)
    print(f"machine  {machine()}; load {os.getloadavg()[0]:.1f}")
    print(f"texts    {len(articles):,} articles from {origin}\n")
    print("output         workers  articles/s  speed-up  possible  parent ms  workers ms  memory MB")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with open("in.jsonl", "w", encoding="utf8") as file:
            for article in articles:
                known = {key: value for key, value in asdict(article).items() if value and isinstance(value, str)}
                file.write(json.dumps(known, ensure_ascii=False) + "\n")
        for name in args.out:
            one = measured(name, 1)
            show(name, 1, one, one)
            show(name, args.workers, measured(name, args.workers), one)
        os.chdir("/")


def measured(name: str, workers: int) -> Cost:
    """The cost of a run, in a process of its own, so that nothing of the run before counts."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(name, workers, theirs))
    process.start()
    cost: Cost = ours.recv()
    process.join()
    return cost


def _run(name: str, workers: int, result: Any) -> None:
    nlp = beritaextract.load()
    highest = 0

    def watch(tally: Tally) -> None:
        nonlocal highest, seen
        if tally.seconds - seen > 1:
            seen = tally.seconds
            highest = max(highest, tally.memory or 0)

    seen = 0.0
    options = Options(workers=workers, overwrite=True, tables="parquet" if name.endswith("/") else None)
    began, own, children = time.perf_counter(), time.process_time(), _of_children()
    tally = convert(["in.jsonl"], Path(name), options=options, nlp=nlp, on_progress=watch)
    wall, own, children = time.perf_counter() - began, time.process_time() - own, _of_children() - children
    result.send(Cost(wall, own, children, highest / 1e6, tally.articles))


def _of_children() -> float:
    """Seconds of the processor of all processes that this one has waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def show(name: str, workers: int, cost: Cost, one: Cost) -> None:
    """A line of the table."""
    n = cost.articles
    possible = workers * (one.workers / one.articles) / ((cost.parent + cost.workers) / n) if workers > 1 else 1.0
    print(
        f"{name:14} {workers:7} {n / cost.wall:11.1f} {one.wall / cost.wall:9.2f} {possible:9.2f}"
        f" {1000 * cost.parent / n:10.3f} {1000 * cost.workers / n:11.3f} {cost.memory:10.0f}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
