"""Where the processor time of a lodgement goes."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator

import psutil
import psycopg


class Spent:
    """Processor time of web server, database and worker while lodging, in seconds."""

    def __init__(self, url: str, children: list[subprocess.Popen[bytes]]) -> None:
        with psycopg.connect(url) as connection:
            backend = psutil.Process(connection.info.backend_pid)
            postmaster = backend.parent() or backend
        self.roots = {"web": children[0].pid, "worker": children[1].pid, "database": postmaster.pid}
        self.seconds = dict.fromkeys(self.roots, 0.0)

    @contextlib.contextmanager
    def during(self) -> Iterator[None]:
        """Count what is spent within."""
        before = {name: _seconds(pid) for name, pid in self.roots.items()}
        yield
        for name, pid in self.roots.items():
            self.seconds[name] += _seconds(pid) - before[name]

    def told(self, lodgements: int) -> dict[str, float]:
        """Milliseconds for one lodgement by `cpu_ms_web`, `cpu_ms_worker`, `cpu_ms_database`."""
        return {f"cpu_ms_{name}": round(1000 * spent / lodgements, 3) for name, spent in self.seconds.items()}


def _seconds(pid: int) -> float:
    root, total = psutil.Process(pid), 0.0
    for one in (root, *root.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            used = one.cpu_times()
            total += used.user + used.system
    return total
