"""`thongquan run`: everything a newcomer needs, from an empty directory to a working office, in one go."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from types import FrameType
from typing import Annotated

import typer
from django.db import connection, connections

from thongquan.base.core.lanes import EXPRESS
from thongquan.config import embedded, environment, express, prepare, worker
from thongquan.config.cli import boot

HOST = "127.0.0.1"
STOP_SECONDS = 10
START_SECONDS = 60
PR_SET_PDEATHSIG = 1
THREADS = "24"
"""Of a web process: those the quotas of the lanes can hold, at work and waiting, and some for pages and refusals.

The server would warn of so many; few of them work at once, the others wait at a gate.
"""


class Stopped(Exception):  # noqa: N818  (a wish of the person at the keyboard, not an error)
    """The person or the system asked the program to stop."""


def run(
    port: Annotated[int, typer.Option(help="Port of the web pages and the API.")] = 8000,
    workers: Annotated[int, typer.Option(help="Web processes.")] = 2,
    samples: Annotated[bool, typer.Option(help="Lodge a sample day in an empty practice realm.")] = True,
) -> None:
    """Start everything: database, reference data, sample day, web and worker. Ctrl-C stops it all."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    started = time.monotonic()
    _refuse_taken_port(port)
    try:
        with boot.database():
            prepare.everything(samples=samples)
            connections.close_all()
            _serve(port=port, workers=workers, started=started)
    except Stopped:
        typer.echo("Stopping.", err=True)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _serve(*, port: int, workers: int, started: float) -> None:
    """Web and worker as child processes; when either ends, or on Ctrl-C, all end."""
    os.environ["TQ_WEB_PROCESSES"] = str(workers)  # they share the quotas of the lanes
    children = [
        _child(_web_command(port, workers)),
        *(_child(command) for command in worker_commands()),
    ]
    try:
        if _listens(port, children):
            took = time.monotonic() - started
            typer.echo(f"\nThông Quan is ready at http://{HOST}:{port}/ ({took:.1f} s). Ctrl-C stops it.")
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
        typer.echo("The web server or the worker ended by itself; stopping the rest.", err=True)
        raise typer.Exit(1)
    finally:
        _end(children)


def _listens(port: int, children: list[subprocess.Popen[bytes]]) -> bool:
    """Wait for the web processes, which load the law before they serve; False when one ended or none answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and all(child.poll() is None for child in children):
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return True
        time.sleep(0.1)
    return False


def _child(command: list[str]) -> subprocess.Popen[bytes]:
    """A process of its own session, since Ctrl-C is ours to pass on, that does not outlive a killed parent."""
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_end_with_parent)


def _end_with_parent() -> None:
    """Linux only: ask the kernel for SIGTERM when the parent dies; elsewhere a killed parent leaves its children."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            typer.echo(f"Port {port} is taken; `make run ARGS='--port 8001'` uses another.", err=True)
            raise typer.Exit(2) from None


def _web_command(port: int, workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", THREADS, "--no-ws", "--log-level", "error"),
        *("--respawn-failed-workers", "thongquan.config.serving:application"),
    ]


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()


def worker_commands() -> list[list[str]]:
    """The workers: one for everything that follows from lodging, one for the express lane alone."""
    command = [sys.executable, "-m", "thongquan.config.cli", "worker"]
    return [command, [*command, "--lane", EXPRESS]]


def work(
    lane: Annotated[str, typer.Option(help="Only the work of this lane: express.")] = "",
) -> None:
    """Background work: relays the outbox, seals the ledger, runs queued tasks. Needs `DATABASE_URL`."""
    if not os.environ.get("DATABASE_URL"):
        typer.echo("The worker needs DATABASE_URL; `thongquan run` starts one beside the web pages.", err=True)
        raise typer.Exit(2)
    if lane not in ("", EXPRESS):
        typer.echo(f"There is no worker of a lane {lane!r}; `--lane express` is one.", err=True)
        raise typer.Exit(2)
    if lane == EXPRESS:
        express.work_express()
    else:
        worker.work()


def reset(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Delete the data of this practice or sandbox installation and start over. Refuses a real realm."""
    if environment.realm() == "real":
        typer.echo("This is a real realm; its data are not deleted by a command.", err=True)
        raise typer.Exit(boot.WRONG_REALM)
    if not yes:
        typer.confirm("Delete all data of this practice installation?", abort=True)
    if os.environ.get("DATABASE_URL"):
        _empty_named_database()
    else:
        _delete_embedded_server()
    prepare.people_file().unlink(missing_ok=True)
    shutil.rmtree(environment.lake_dir(), ignore_errors=True)
    typer.echo("Deleted. `make run` starts over.")


def _empty_named_database() -> None:
    with boot.database():
        if connection.introspection.table_names():
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def _delete_embedded_server() -> None:
    home = environment.data_dir() / "postgresql"
    if home.exists() and embedded.is_running(home):
        typer.echo("The database is running; stop `thongquan run` first.", err=True)
        raise typer.Exit(2)
    shutil.rmtree(home, ignore_errors=True)


def prepare_only() -> None:
    """Bring the database up to date without serving: tables, realm, law, offices; for deployments."""
    with boot.database():
        prepare.everything(samples=False)
