"""The web server and its workers under measurement, as `thongquan run` starts them, and how to wait for them."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.office import free_port, say

PROCESSES = 2
DRAIN_SECONDS = 120
LOG_TAIL = 8000
LEFT = """
    SELECT count(*) + (SELECT count(*) FROM ledger_entry) - (SELECT count(*) FROM ledger_leaf)
    FROM core_outboxmessage m
    WHERE EXISTS (SELECT FROM core_outboxcursor c WHERE (m.xid, m.id) > (c.xid, c.message))
"""


@contextlib.contextmanager
def serving(url: str, *, workers: int | None = None) -> Iterator[tuple[int, list[subprocess.Popen[bytes]]]]:
    """The port, and the processes: the web server first, then so many of its workers (all of them by default)."""
    from thongquan.config.cli.serve import _end, _web_command, worker_commands

    port = free_port()
    pace = {"TQ_LAKE_SECONDS": "2"}  # a drain would otherwise wait for the lake's own pace
    environment = {**os.environ, **pace, "DATABASE_URL": url, "TQ_WEB_PROCESSES": str(PROCESSES)}
    log = Path(os.environ["TQ_DATA_DIR"]) / "serving.log"
    with log.open("wb") as output:
        children = [
            subprocess.Popen(command, env=environment, stdout=output, stderr=output, start_new_session=True)
            for command in (_web_command(port, PROCESSES), *worker_commands()[:workers])
        ]
    try:
        yield port, children
    except Exception:
        say(f"what the servers said:\n{log.read_text(encoding='utf-8', errors='replace')[-LOG_TAIL:]}")
        raise
    finally:
        _end(children)


def drained(url: str) -> float:
    """Seconds until the worker has relayed and sealed everything; what comes next starts with nothing left behind."""
    import psycopg

    started = time.perf_counter()
    with psycopg.connect(url, autocommit=True) as connection:
        while time.perf_counter() - started < DRAIN_SECONDS:
            if connection.execute(LEFT).fetchone() == (0,):
                break
            time.sleep(0.1)
    return time.perf_counter() - started
