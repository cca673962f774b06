"""Getting a command its database: the one that is named, else the embedded one, and only of the right realm."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from django.db import ProgrammingError, connection, connections

from thongquan.base.core.realm import realm_name
from thongquan.config import embedded, environment
from thongquan.config.database import settings_of

DATABASE_NAMES = {"real": "thongquan", "practice": "thongquan_practice", "sandbox": "thongquan_sandbox"}
WRONG_REALM = 3


@contextmanager
def database() -> Iterator[str]:
    """A reachable database of this process's realm: the one named by `DATABASE_URL`, else on the embedded server.

    Yields its address, which children find in `DATABASE_URL`. The embedded server stops when its last user leaves.
    Ends the command when the database is of another realm.
    """
    named = os.environ.get("DATABASE_URL")
    server = None if named else _embedded()
    url = named or (server.url if server else "")
    try:
        use(url)
        refuse_other_realm()
        yield url
    finally:
        connections.close_all()
        if server:
            os.environ.pop("DATABASE_URL", None)
            server.stop()


def _embedded() -> embedded.Embedded:
    server = embedded.start(DATABASE_NAMES[environment.realm()])
    if server.adopted:
        typer.echo("A PostgreSQL server left by an earlier run was still working; it is adopted.", err=True)
    return server


def use(url: str) -> None:
    """Point Django, and every process started from here, to this database."""
    os.environ["DATABASE_URL"] = url
    connections.close_all()
    connections.databases["default"].update(settings_of(url))


def refuse_other_realm() -> None:
    """End the command when the database was made for another realm; an empty database is of none yet."""
    try:
        found = realm_name()
    except ProgrammingError:
        connection.close()
        return
    if found not in (None, environment.realm()):
        typer.echo(f"This database is of the realm '{found}', not '{environment.realm()}'. Nothing was done.", err=True)
        raise typer.Exit(WRONG_REALM)
