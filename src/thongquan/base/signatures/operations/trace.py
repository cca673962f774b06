"""The trace of an operation on certificates: one ledger row and one message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record


def leave_trace(action: str, subject: str, actor: str, at: datetime, details: Mapping[str, object]) -> None:
    """Write both rows in the running transaction; no names of people."""
    record(action=action, subject=subject, actor=actor, at=at, details=details)
    announce(kind=action, subject=subject, payload=dict(details), at=at)
