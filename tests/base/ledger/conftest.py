"""A ledger with real commits, its key and its witness in a directory of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.base.ledger.shared import Tamper


_EMPTY = (
    "SET LOCAL session_replication_role = replica",
    "TRUNCATE ledger_entry, ledger_leaf, ledger_node, ledger_key, ledger_head, core_realm RESTART IDENTITY",
)


@pytest.fixture(scope="session")
def ledger_database(django_db_blocker: Any) -> Iterator[str]:
    """A database with the tables of core and ledger only: quick to make and to empty."""
    from django.core.management import call_command  # models load only after pytest has set Django up
    from django.db import connection, connections

    from tests.conftest import _copy, _sql, _use

    name = f"tq_ledger_{os.getpid()}"
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        _copy("template0", name)
        _use(name)
        call_command("migrate", "ledger", verbosity=0)
        call_command("migrate", "core", verbosity=0)
        connections.close_all()
        _use(before)
        yield name
        _sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def empty_ledger(ledger_database: str, django_db_blocker: Any, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A ledger without its origin, with real commits; returns the directory of its key and witness files."""
    from django.db import connection, connections, transaction

    from tests.conftest import _use

    settings.LEDGER_KEY_FILE = tmp_path / "secrets" / "ledger.ed25519"
    settings.LEDGER_WITNESS_DIR = tmp_path / "witness"
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        _use(ledger_database)
        try:
            yield tmp_path
        finally:
            with transaction.atomic(), connection.cursor() as sql:
                for statement in _EMPTY:
                    sql.execute(statement)
            connections.close_all()
            _use(before)


@pytest.fixture
def ledger(empty_ledger: Path) -> Path:
    """A ledger with its origin and nothing else."""
    from django.db import transaction

    from tests.base.ledger.shared import AT
    from thongquan.base.core.realm import fix_realm
    from thongquan.base.ledger import operations

    with transaction.atomic():
        fix_realm(name="practice", at=AT)
        operations.record_origin(realm="practice", at=AT)
    return empty_ledger


@pytest.fixture
def tamper() -> Tamper:
    """Change the database as its superuser could: with the triggers asleep."""
    from django.db import connection, transaction

    def change(statement: str, *values: object) -> None:
        with transaction.atomic(), connection.cursor() as sql:
            sql.execute("SET LOCAL session_replication_role = replica")
            sql.execute(statement, list(values))
            assert sql.rowcount > 0, "the tampering changed nothing"

    return change
