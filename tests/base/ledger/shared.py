"""What the tests of the ledger share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from thongquan.base.ledger import operations
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


def exported() -> list[Line]:
    return list(export_lines())


def verified(**options: object) -> Report:
    return verify_export(exported(), **options)  # type: ignore[arg-type]
