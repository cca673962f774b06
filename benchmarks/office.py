"""A practice office of its own: a fresh durable database under a directory that is thrown away afterwards."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

DATABASE = "bench"
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
_home = Path(tempfile.mkdtemp(prefix="tq-bench-", dir=os.environ.get("TQ_BENCH_DIR")))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ.update(
    TQ_DATA_DIR=str(_home),
    TQ_REALM="practice",
    TQ_API_RATE_LIMIT="100000000/minute",
    DJANGO_SETTINGS_MODULE="thongquan.config.settings",
)
os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402  (settings read the lines above)
import psycopg  # noqa: E402
from psycopg import sql  # noqa: E402

from thongquan.config import embedded  # noqa: E402


def say(text: str) -> None:
    """Progress, for people."""
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def office() -> Iterator[str]:
    """Start the server, furnish the office, yield the address of its database; everything is removed at the end."""
    try:
        server = embedded.start(DATABASE)
        os.environ["DATABASE_URL"] = server.url
        try:
            _check_durable(server.url)
            with contextlib.redirect_stdout(sys.stderr):
                _furnish()
            yield server.url
        finally:
            server.stop()
    finally:
        shutil.rmtree(_home, ignore_errors=True)


def _check_durable(url: str) -> None:
    """Numbers of a server that forgets are worth nothing."""
    with psycopg.connect(url) as connection:
        for name, wanted in DURABLE.items():
            found = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            if found != (wanted,):
                message = f"{name} is {found}, not {wanted}"
                raise RuntimeError(message)


def _furnish() -> None:
    """Tables, law, rates and demo people; no sample day."""
    django.setup()
    from thongquan.config import prepare

    say("preparing a database ...")
    prepare.everything(samples=False)


def copy_of(url: str, name: str) -> str:
    """A second database with the same tables, indexes and law; gives its address. Nobody may use the first."""
    from django.db import connections

    connections.close_all()
    with psycopg.connect(url.replace(f"/{DATABASE}", "/postgres", 1), autocommit=True) as server:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(DATABASE))
        server.execute(statement)
    return url.replace(f"/{DATABASE}", f"/{name}", 1)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
