"""A ledger with real commits, its key and its witness in a directory of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.base.ledger.shared import Tamper


@pytest.fixture
def ledger(transactional_db: None, tmp_path: Path, settings: object) -> Path:
    """An empty ledger with its origin; returns the directory of its key and witness files."""
    from django.db import transaction  # models load only after pytest has set Django up

    from tests.base.ledger.shared import AT
    from thongquan.base.core.realm import fix_realm
    from thongquan.base.ledger import operations

    settings.LEDGER_KEY_FILE = tmp_path / "secrets" / "ledger.ed25519"  # type: ignore[attr-defined]
    settings.LEDGER_WITNESS_DIR = tmp_path / "witness"  # type: ignore[attr-defined]
    with transaction.atomic():
        fix_realm(name="practice", at=AT)
        operations.record_origin(realm="practice", at=AT)
    return tmp_path


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
