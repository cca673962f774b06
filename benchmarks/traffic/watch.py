"""What each process takes of the processor and of memory, second by second."""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator

import psutil
import psycopg

EVERY_SECONDS = 1.0
Usage = dict[str, tuple[float, float]]


class Watch:
    """Processor share (1.0 is one core) and memory (MB) of web processes, workers, database and of ourselves.

    Memory of the database counts what its processes share once.
    """

    def __init__(self, url: str, children: list[subprocess.Popen[bytes]]) -> None:
        with psycopg.connect(url) as connection:
            backend = psutil.Process(connection.info.backend_pid)
            self.postmaster = backend.parent() or backend
        self.web = psutil.Process(children[0].pid)
        names = ("worker", "express worker")
        self.single = {name: psutil.Process(child.pid) for name, child in zip(names, children[1:], strict=False)}
        self.single["generator"] = psutil.Process(os.getpid())
        self.spent: dict[int, tuple[str, float]] = {}
        self.rows: list[tuple[float, Usage]] = []

    @contextlib.contextmanager
    def during(self) -> Iterator[None]:
        """Look every second until the end; rows of an earlier time are forgotten."""
        self.rows, stop = [], threading.Event()
        looking = threading.Thread(target=self._look, args=(stop,), daemon=True)
        looking.start()
        try:
            yield
        finally:
            stop.set()
            looking.join()

    def _look(self, stop: threading.Event) -> None:
        began = time.perf_counter()
        self._taken()
        before = began
        while not stop.wait(EVERY_SECONDS):
            now = time.perf_counter()
            taken = self._taken()
            shares = {name: (spent / (now - before), memory) for name, (spent, memory) in taken.items()}
            self.rows.append((now - began, shares))
            before = now

    def _taken(self) -> Usage:
        """Seconds of processor time since the last look, and MB, by name."""
        found: dict[str, tuple[float, float]] = {}
        for name, process in self._processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                times, memory = process.cpu_times(), process.memory_info()
                total = times.user + times.system
                _name, earlier = self.spent.get(process.pid, (name, 0.0 if self.rows else total))
                self.spent[process.pid] = (name, total)
                own = memory.rss - (memory.shared if name == "database" and process != self.postmaster else 0)
                spent, held = found.get(name, (0.0, 0.0))
                found[name] = (spent + total - earlier, held + own / 2**20)
        return found

    def _processes(self) -> Iterator[tuple[str, psutil.Process]]:
        yield from self.single.items()
        with contextlib.suppress(psutil.NoSuchProcess):
            for place, child in enumerate(sorted(self.web.children(), key=lambda one: one.pid), 1):
                yield f"web {place}", child
        yield "database", self.postmaster
        with contextlib.suppress(psutil.NoSuchProcess):
            yield from (("database", child) for child in self.postmaster.children(recursive=True))

    def told(self) -> dict[str, dict[str, float]]:
        """By process: `cpu` mean share of a core, `cpu_most`, and `memory_mb` at most."""
        names = sorted({name for _at, usage in self.rows for name in usage})
        several = {name: [usage[name] for _at, usage in self.rows if name in usage] for name in names}
        return {
            name: {
                "cpu": round(statistics.fmean(cpu for cpu, _memory in rows), 3),
                "cpu_most": round(max(cpu for cpu, _memory in rows), 3),
                "memory_mb": round(max(memory for _cpu, memory in rows), 1),
            }
            for name, rows in several.items()
        }
