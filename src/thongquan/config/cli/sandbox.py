"""`thongquan sandbox`: a second database of the same server, with keys of its own, where everything can be tried."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg
import typer

from thongquan.config import embedded, environment
from thongquan.config.cli import boot

REALM = "sandbox"
SUFFIX = "_sandbox"
PORT = 8100
NO_DATABASE = 4
WORDS_AFTER = {"allow_extra_args": True, "ignore_unknown_options": True, "allow_interspersed_args": False}
"""Of the command: what follows it is another command, with options of its own."""


def sandbox(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="Port of the sandbox's pages and API.")] = PORT,
) -> None:
    """Start the sandbox beside this installation; with words after it, run that command inside the sandbox.

    `thongquan sandbox` makes the database when it is missing and serves it; `thongquan sandbox token create --as EMAIL
    --name NAME` makes a token in it, `thongquan sandbox reset` empties it. Nothing of it touches the installation.
    """
    words = context.args or ["run", "--port", str(port)]
    with _server() as address:
        environ = {
            **os.environ,
            "TQ_REALM": REALM,
            "TQ_DATA_DIR": str(environment.data_dir() / REALM),
            "DATABASE_URL": address,
        }
        ended = subprocess.run([sys.executable, "-m", "thongquan.config.cli", *words], env=environ, check=False)
    raise typer.Exit(ended.returncode)


@contextmanager
def _server() -> Iterator[str]:
    """Address of the sandbox's database on the server of this installation, made when it is missing."""
    named = os.environ.get("DATABASE_URL")
    if named:
        yield _second_database(named)
        return
    server = embedded.start(boot.DATABASE_NAMES[REALM])
    try:
        yield server.url
    finally:
        server.stop()


def address_beside(url: str) -> str:
    """The address of the sandbox beside a database: the same server, the name with a suffix."""
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/")) or "postgres"
    return urlunsplit(parts._replace(path="/" + quote(name + SUFFIX, safe="")))


def _second_database(url: str) -> str:
    address = address_beside(url)
    name = unquote(urlsplit(address).path.lstrip("/"))
    try:
        embedded.ensure_database(url, name)
    except psycopg.Error as error:
        typer.echo(f"The database {name!r} is not there and could not be made: {error}".strip(), err=True)
        typer.echo(f'Make it as its owner, empty and UTF-8: CREATE DATABASE "{name}";', err=True)
        raise typer.Exit(NO_DATABASE) from None
    return address
