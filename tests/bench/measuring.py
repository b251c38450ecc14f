"""Measuring: how long things take, as medians and 95th percentiles in milliseconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import psutil


class Line(NamedTuple):
    """One line of the table: what was measured, what came out, what raw SQL needs, and what is asked for."""

    what: str
    measured: str
    beside: str = ""
    limit: str = ""
    holds: bool | None = None


def times(deed: Callable[[], Any], repeat: int = 40) -> tuple[float, float]:
    """Median and 95th percentile of a deed in milliseconds, after one time for warming up."""
    deed()
    taken = []
    for _ in range(repeat):
        before = time.perf_counter()
        deed()
        taken.append((time.perf_counter() - before) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.95)]


def resident(pids: list[int]) -> float:
    """Megabytes of these processes and all their children; what they share is counted once."""
    found = {child.pid for pid in pids for child in psutil.Process(pid).children(recursive=True)} | set(pids)
    rollups = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in found if Path(f"/proc/{pid}").exists()]
    kilobytes = sum(int(line.split()[1]) for text in rollups for line in text.splitlines() if line.startswith("Pss:"))
    return kilobytes / 1024
