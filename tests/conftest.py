"""Every test runs on a real PostgreSQL: one embedded server per machine user, one database per run and worker."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

_HOME = Path(tempfile.gettempdir()) / f"thongquan-tests-{os.getuid()}"
_HOME.mkdir(exist_ok=True)
os.environ.setdefault("TQ_DATA_DIR", str(_HOME))
os.environ.setdefault("TQ_REALM", "practice")
os.environ["DJANGO_SETTINGS_MODULE"] = "thongquan.config.settings"


def pytest_configure(config: pytest.Config) -> None:
    """Start the server before Django reads its settings; the controller of a parallel run keeps it for all workers."""
    if not os.environ.get("DATABASE_URL"):
        from thongquan.config import embedded  # decides on directories at import, after the lines above

        server = embedded.start(f"tq_{os.getpid()}", directory=_HOME / "postgresql")
        embedded.relax(server.url)
        os.environ["DATABASE_URL"] = server.url
        config.stash[_SERVER] = server
    import django  # settings read the address of the database

    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give the server back; it stops with its last user."""
    server = config.stash.get(_SERVER, None)
    if server is not None:
        from thongquan.config import embedded

        embedded.drop(server, f"tq_{os.getpid()}")
        server.stop()


_SERVER: pytest.StashKey = pytest.StashKey()


@pytest.fixture(scope="session", autouse=True)
def _emptying_passes_the_ledger() -> None:
    """After a test with real commits all tables are emptied; the ledger's triggers would refuse, so they sleep then."""
    from django.db import connection  # the database is known only after the configuration above

    empty = connection.ops.sql_flush

    def asleep(*args: Any, **kwargs: Any) -> list[str]:
        statements = empty(*args, **kwargs)
        return statements and ["SET LOCAL session_replication_role = replica", *statements]

    connection.ops.sql_flush = asleep  # type: ignore[method-assign]  # a change for tests only
