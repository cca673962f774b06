"""What the tests of the ledger share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from thongquan.base.ledger import operations
from thongquan.base.ledger.heads import SignedHead
from thongquan.base.ledger.lines import Line
from thongquan.base.ledger.queries import export_lines
from thongquan.base.ledger.verification import Report, verify_export

AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
Tamper = Callable[..., None]


def write(count: int, *, start: int = 0, subject: str = "declaration:101234567890") -> None:
    """Record operations, each in its own transaction."""
    for number in range(start, start + count):
        operations.record(
            action="declaration.lodged",
            subject=subject,
            actor="user:12",
            at=AT + timedelta(seconds=number),
            details={"number": number, "note": "Hữu Nghị"},
        )


_SETTLED = """
    SELECT coalesce(max(xid), '0'::xid8) < pg_snapshot_xmin(pg_current_snapshot()), pg_sleep(0.005) FROM ledger_entry
"""


def wait_until_settled() -> None:
    """Until everything written may be sealed: other databases of the test server may hold older transactions open."""
    with connection.cursor() as sql:
        for _ in range(12_000):
            sql.execute(_SETTLED)
            if sql.fetchone()[0]:
                return
    pytest.fail("a transaction of another database stayed open for a minute")


def seal(*, batch: int = operations.BATCH) -> SignedHead | None:
    """Seal everything written so far, up to one batch."""
    wait_until_settled()
    return operations.seal(at=AT, batch=batch)


def exported() -> list[Line]:
    return list(export_lines())


def verified(**options: object) -> Report:
    return verify_export(exported(), **options)  # type: ignore[arg-type]
