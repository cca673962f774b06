"""The trace every operation leaves: one ledger row and one outbox row, without personal data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record


def leave_trace(action: str, subject: str, actor: Actor, at: datetime, details: Mapping[str, object]) -> None:
    """Write both rows in the running transaction. `details` hold codes, ids and dates, never names or addresses."""
    record(action=action, subject=subject, actor=actor.reference, at=at, details=dict(details))
    announce(kind=action, subject=subject, payload=dict(details), at=at)
