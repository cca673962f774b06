"""A flood in the express lane against ordinary lodging, in the same run on the same machine.

Web server, worker and express worker as `thongquan run` starts them. Paced clients lodge ordinary declarations all the
time; their p95 is taken while the express lane is empty, then while it is filled with parcels and judges them. The
quiet minutes lie before and behind the flood, so that a slow minute of the machine is not the flood's.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from multiprocessing.synchronize import Event
from typing import Any

from benchmarks.client import Load, Told, answer_of, clients_of, wait_for_server
from benchmarks.office import office, say
from benchmarks.rows import INVOICE, PLATE
from benchmarks.serving import serving

PARCELS = int(os.environ.get("TQ_BENCH_PARCELS", "100000"))
PER_FILE = 50_000
QUIET_SECONDS = float(os.environ.get("TQ_BENCH_QUIET_SECONDS", "20"))
FLOOD_SECONDS = float(os.environ.get("TQ_BENCH_FLOOD_SECONDS", "90"))
WARM_SECONDS = 5.0
START_SECONDS = 180.0
CLIENTS, EACH_PER_SECOND = 4, 8.0


def run() -> dict[str, float]:
    """Keys `p95_ratio`, `p95_quiet_ms`, `p95_flood_ms`, `p50_*`, `parcels_per_second`, memory, and what was refused."""
    with office() as url:
        token, bodies, files = _prepared()
        with serving(url) as (port, children):
            return _measured(url, port, children, token, bodies, files)


def _prepared() -> tuple[str, list[bytes], list[bytes]]:
    """A token of the demo carrier, bodies of ordinary lodgements, files of parcels."""
    import msgspec
    from django.utils.timezone import localdate

    from benchmarks.parcels import parcel_file
    from benchmarks.samples import imports, marked
    from thongquan.base.accounts.models import User
    from thongquan.base.accounts.operations import create_token
    from thongquan.base.accounts.operations.demo import DEMO_ENTERPRISE, DEMO_OFFICE
    from thongquan.base.accounts.queries import actor_of, actor_of_email
    from thongquan.base.core.clock import now
    from thongquan.base.core.lanes import ORDINARY
    from thongquan.clearance.declarations.admission import lane_of
    from thongquan.clearance.express.operations import register_carrier
    from thongquan.clearance.tariff.queries import current_law

    at = now()
    leader = actor_of(User.objects.get(email="team.leader@demo.thongquan.example"), at, mfa=True)
    register_carrier(actor=leader, tax_code=DEMO_ENTERPRISE, name="Benchmark", office=DEMO_OFFICE, at=at)
    actor = actor_of_email("declarant@demo.thongquan.example", at)
    scopes = ["declarations:lodge", "express:lodge", "express:read"]
    token = create_token(actor=actor, name="benchmark", scopes=scopes, days=1, at=at)
    documents = imports(current_law(), localdate(at), lines=5, count=200)
    ordinary = [one for one in documents if lane_of(one, at) == ORDINARY][:32]
    bodies = [msgspec.json.encode(marked(document)) for document in ordinary]
    say(f"{len(bodies)} ordinary documents, {PARCELS:,} parcels")
    sizes = [min(PER_FILE, PARCELS - start) for start in range(0, PARCELS, PER_FILE)]
    files = [parcel_file(documents, count=size, series=series) for series, size in enumerate(sizes, 1)]
    return token.secret, bodies, files


def _measured(
    url: str, port: int, children: list[subprocess.Popen[bytes]], token: str, bodies: list[bytes], files: list[bytes]
) -> dict[str, float]:
    wait_for_server(port, seconds=START_SECONDS)
    load = Load(bodies, port=port, token=token)
    _lodge(load, WARM_SECONDS, run=0)
    quiet = _lodge(load, QUIET_SECONDS, run=1)
    say(f"quiet: p95 {_p95(quiet):.1f} ms over {len(quiet)}")
    memory = _Memory(children[2].pid)
    started = time.perf_counter()
    stop = multiprocessing.get_context("fork").Event()
    sender = threading.Thread(target=_send, args=(port, token, files, stop, url))
    sender.start()
    flood = _lodge(load, FLOOD_SECONDS, run=2, stop=stop)
    took = time.perf_counter() - started
    judged = _count(url)
    say(f"flood: p95 {_p95(flood):.1f} ms over {len(flood)}; {judged:,} parcels in {took:.0f} s")
    sender.join(1)
    alone = _drain(url)
    quiet += _lodge(load, QUIET_SECONDS, run=3)
    say(f"quiet, both: p95 {_p95(quiet):.1f} ms over {len(quiet)}")
    return {
        "p95_ratio": round(_p95(flood) / _p95(quiet), 3),
        "p95_quiet_ms": round(_p95(quiet), 2),
        "p95_flood_ms": round(_p95(flood), 2),
        "p50_quiet_ms": round(statistics.median(quiet) * 1000, 2),
        "p50_flood_ms": round(statistics.median(flood) * 1000, 2),
        "lodged_per_second": round(len(flood) / took, 1),
        "parcels_per_second": round(judged / took, 1),
        "parcels_per_second_alone": round(alone, 1),
        "parcels": float(_count(url)),
        "express_memory_mb": memory.told(),
    }


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[94] * 1000


def _lodge(load: Load, seconds: float, *, run: int, stop: Event | None = None) -> list[float]:
    """Paced clients lodge for so long, or until they are told to stop. Raises RuntimeError for any answer but 201."""
    stop = stop or multiprocessing.get_context("fork").Event()
    found = clients_of(
        CLIENTS, seconds, lambda number, told: _client(load, seconds, run * CLIENTS + number, stop, told)
    )
    return [taken for one in found for taken in one]


def _client(load: Load, seconds: float, number: int, stop: Event, told: Told) -> None:
    """One client at a steady pace; a late answer does not thin the load: the next request goes out when it was due."""
    requests = [load.request(body) for body in load.bodies]
    times: list[float] = []
    with socket.create_connection(("127.0.0.1", load.port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        began = time.perf_counter() + (number % CLIENTS) / CLIENTS / EACH_PER_SECOND
        while time.perf_counter() - began < seconds and not stop.is_set():
            due = began + len(times) / EACH_PER_SECOND
            time.sleep(max(0.0, due - time.perf_counter()))
            request = requests[len(times) % len(requests)].replace(INVOICE, b"L%03d-%08d" % (number, len(times)))
            due = max(due, began)
            connection.sendall(request.replace(PLATE, b"12C%07d" % len(times)))
            answer = answer_of(connection)
            times.append(time.perf_counter() - due)
            if not answer.startswith(b"HTTP/1.1 201"):
                told.put(answer[:2000].decode(errors="replace"))
                return
    told.put(times)


def _send(port: int, token: str, files: list[bytes], stop: Event, url: str) -> None:
    """Fill the express lane through its own door, part by part, and say when all is judged."""
    try:
        for content in files:
            _send_one(port, token, content)
        while not stop.is_set() and _left(url):
            time.sleep(0.5)
        stop.set()
    except Exception as error:
        say(f"the flood could not be sent: {error!r}")
        stop.set()


def _send_one(port: int, token: str, content: bytes) -> None:
    from thongquan.base.accounts.operations.demo import DEMO_ENTERPRISE, DEMO_OFFICE

    about = {"tax_code": DEMO_ENTERPRISE, "office": DEMO_OFFICE, "name": "flood.csv", "size": len(content)}
    opened = _ask(port, token, "POST", "batches", json.dumps(about).encode())
    part = 2**20
    for offset in range(0, len(content), part):
        address = f"batches/{opened['batch']}/content?offset={offset}"
        _ask(port, token, "PUT", address, content[offset : offset + part])


def _ask(port: int, token: str, method: str, address: str, body: bytes) -> dict[str, Any]:
    kind = "application/json" if method == "POST" else "application/octet-stream"
    headers = {"Authorization": f"Bearer {token}", "Content-Type": kind}
    whole = f"http://127.0.0.1:{port}/api/v1/express/{address}"
    with urllib.request.urlopen(urllib.request.Request(whole, body, headers, method=method), timeout=60) as answer:
        told: dict[str, Any] = json.loads(answer.read())
        return told


def _query(url: str, question: str) -> int:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(question.encode()).fetchone()
        return int(found[0] or 0) if found else 0


def _count(url: str) -> int:
    return _query(url, "SELECT sum(done) FROM express_batch")


def _left(url: str) -> int:
    return _query(url, "SELECT count(*) FROM express_batch WHERE state IN ('receiving', 'waiting', 'working')")


def _drain(url: str) -> float:
    """Parcels per second with nothing else to do, until all are judged; 0 when the flood was over already."""
    before, started = _count(url), time.perf_counter()
    while _left(url):
        time.sleep(0.2)
    return (_count(url) - before) / max(time.perf_counter() - started, 0.001)


class _Memory:
    """The largest resident memory of the express worker."""

    def __init__(self, pid: int) -> None:
        self.pid, self.largest = pid, 0
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        import psutil

        with contextlib.suppress(psutil.NoSuchProcess):
            while True:
                self.largest = max(self.largest, psutil.Process(self.pid).memory_info().rss)
                time.sleep(0.2)

    def told(self) -> float:
        """In MB."""
        return round(self.largest / 2**20, 1)


if __name__ == "__main__":
    print(json.dumps(run()), file=sys.stdout)
