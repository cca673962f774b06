"""Every test runs on a real PostgreSQL: one embedded server per machine user, one database per run and worker."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

_HOME = Path(tempfile.gettempdir()) / f"thongquan-tests-{os.getuid()}"
_HOME.mkdir(exist_ok=True)
os.environ.setdefault("TQ_DATA_DIR", str(_HOME))
os.environ.setdefault("TQ_REALM", "practice")
os.environ["DJANGO_SETTINGS_MODULE"] = "thongquan.config.settings"


def pytest_configure(config: pytest.Config) -> None:
    """Start the server before Django reads its settings; the controller of a parallel run keeps it for all workers."""
    if os.environ.get("DATABASE_URL"):
        return
    from thongquan.config import embedded  # decides on directories at import, after the lines above

    server = embedded.start(f"tq_{os.getpid()}", directory=_HOME / "postgresql")
    embedded.relax(server.url)
    os.environ["DATABASE_URL"] = server.url
    config.stash[_SERVER] = server


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give the server back; it stops with its last user."""
    server = config.stash.get(_SERVER, None)
    if server is not None:
        from thongquan.config import embedded

        embedded.drop(server, f"tq_{os.getpid()}")
        server.stop()


_SERVER: pytest.StashKey = pytest.StashKey()
