"""Writing the ledger: entries, in the transaction of the change they tell of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from thongquan.base.ledger.encoding import entry_values
from thongquan.base.ledger.models import Entry


def record(*, action: str, subject: str, actor: str, at: datetime, details: Mapping[str, object]) -> None:
    """Write one entry in the running transaction; no lock is taken.

    `actor` and `subject` are typed references; `details` is plain data without personal data, which could never be
    erased from here. Raises ValueError for a naive `at`.
    """
    values = entry_values(action=action, subject=subject, actor=actor, at=at, details=details)
    Entry.objects.create(
        action=action,
        subject=subject,
        actor=actor,
        at=at,
        details=values.details,
        salt=values.salt,
        leaf=values.leaf,
    )
