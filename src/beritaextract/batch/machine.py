"""What the machine has to give: cores, free memory, and how much of it a run holds."""

from __future__ import annotations

import math
import multiprocessing
import os
from collections.abc import Iterable
from pathlib import Path

WORKER_MEMORY = 400 * 2**20
"""Bytes that a worker process may need: some 180 MB for the tables and the words it knows, the rest for a long article."""


def usable_cores() -> int:
    """How many cores this process may use: its affinity, and the quota of a container where there is one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota = _first_line("/sys/fs/cgroup/cpu.max").split()
    if len(quota) == 2 and quota[0].isdigit():
        cores = min(cores, math.ceil(int(quota[0]) / int(quota[1])))
    return max(cores, 1)


def automatic_workers() -> int:
    """One worker a core, fewer where memory is short."""
    free = free_memory()
    return max(1, min(usable_cores(), usable_cores() if free is None else free // WORKER_MEMORY))


def free_memory() -> int | None:
    """Bytes that can still be had, of the machine or of its container; None where the system does not say."""
    known = [
        int(line.split()[1]) * 1024 for line in _text("/proc/meminfo").splitlines() if line.startswith("MemAvailable")
    ]
    limit, used = _first_line("/sys/fs/cgroup/memory.max"), _first_line("/sys/fs/cgroup/memory.current")
    if limit.isdigit() and used.isdigit():
        known.append(max(int(limit) - int(used), 0))
    return min(known, default=None)


def memory_held() -> int | None:
    """Bytes that this process and its workers hold, shared pages counted once; None where the system does not say."""
    held = [_held(pid) for pid in (os.getpid(), *_children())]
    return sum(part for part in held if part is not None) if held[0] is not None else None


def _children() -> Iterable[int]:
    return [child.pid for child in multiprocessing.active_children() if child.pid is not None]


def _held(pid: int) -> int | None:
    """The proportional share of one process: its own pages, and of those that it shares its part."""
    for line in _text(f"/proc/{pid}/smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return None


def _first_line(path: str) -> str:
    return _text(path).partition("\n")[0].strip()


def _text(path: str) -> str:
    """What a file of the system says; nothing where there is none, or for a process that has just ended."""
    try:
        return Path(path).read_text()
    except OSError:
        return ""
