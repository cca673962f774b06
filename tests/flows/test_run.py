"""What a newcomer types: one command up, one key down, nothing left behind, data kept."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

READY = re.compile(r"ready at (http://\S+)")
START_SECONDS = 240


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Run:
    """`thongquan run` in a data directory of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.output = ""

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        return {**kept, "TQ_DATA_DIR": str(self.home), "PYTHONUTF8": "1", **more}

    def start(self, *words: str) -> str:
        """Start and wait for the printed address."""
        command = [sys.executable, "-m", "thongquan.config.cli", "run", "--port", str(self.port), "--workers", "1"]
        with (self.home / "run.log").open("w") as log:
            self.process = subprocess.Popen(
                [*command, *words], env=self.environment(), stdout=log, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            self.output = (self.home / "run.log").read_text()
            if found := READY.search(self.output):
                return found[1]
            time.sleep(0.2)
        raise AssertionError(self.output)

    def command(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "thongquan.config.cli", *words],
            env=self.environment(**more),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def servers(self) -> list[int]:
        """Database servers still working in our directory."""
        here = str(self.home)
        return [
            p.pid for p in psutil.process_iter(["cmdline"]) if any(here in word for word in p.info["cmdline"] or [])
        ]


def wait_until_answering(address: str) -> httpx.Response:
    deadline = time.monotonic() + 60
    while True:
        try:
            return httpx.get(f"{address}accounts/login/", timeout=30)
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.fixture
def run() -> Iterator[Run]:
    one = Run(Path(tempfile.mkdtemp(prefix="thongquan-run-")))
    yield one
    for pid in one.servers():
        psutil.Process(pid).kill()


def test_one_command_up_and_one_key_down(run: Run) -> None:
    address = run.start()
    assert "broker@demo" in run.output
    assert "sample day" in run.output
    assert (run.home / "demo-people.txt").stat().st_mode & 0o077 == 0
    page = wait_until_answering(address)
    assert page.status_code == 200
    assert 'name="role"' in page.text
    assert run.command("reset", "--yes").returncode == 2, "a running server is not deleted"
    assert run.command("run", "--port", str(run.port)).returncode == 2, "a taken port is said, not shared"
    named = f"postgresql://postgres@/thongquan_practice?host={run.home}/postgresql"
    for words in (("run", "--port", str(free_port())), ("reset", "--yes"), ("prepare",)):
        other = run.command(*words, TQ_REALM="sandbox", DATABASE_URL=named)
        assert other.returncode == 3, "a database of another realm is refused"
        assert "practice" in other.stderr
    assert run.stop() == 0
    assert run.servers() == []

    again = run.start("--no-samples")
    assert "broker@demo" not in run.output, "passwords are printed once"
    assert "sample day" not in run.output
    assert wait_until_answering(again).status_code == 200
    run.process.kill()
    run.process.wait()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and any(
        "granian" in " ".join(p.info["cmdline"] or []) and str(run.port) in " ".join(p.info["cmdline"] or [])
        for p in psutil.process_iter(["cmdline"])
    ):
        time.sleep(0.2)
    run.start("--no-samples")
    assert "adopted" in run.output
    assert run.stop() == 0
    assert run.servers() == []

    assert run.command("reset", "--yes", TQ_REALM="real").returncode == 3
    assert run.command("reset", "--yes").returncode == 0
    assert not (run.home / "postgresql").exists()
    assert not (run.home / "demo-people.txt").exists()
