"""Parcels go when the money of their batch is settled; held ones when an officer has looked at them too."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.express.models import Batch
from thongquan.clearance.express.numbers import batch_of_subject, subject_of
from thongquan.clearance.express.states import BatchState
from thongquan.clearance.revenue.operations import note_release
from thongquan.clearance.revenue.queries import balance_of

RELEASER = system_actor("express")


def release_settled(*, subject: str, at: datetime) -> bool:
    """Release the parcels of a batch whose liability is settled, once; False when there is nothing to release.

    The books are asked anew, so that a message told twice or late does no harm.
    """
    batch = batch_of_subject(subject)
    if batch is None:
        return False
    with transaction.atomic():
        row = Batch.objects.select_for_update().filter(pk=batch).first()
        if row is None or row.state != BatchState.JUDGED or row.released_at or not balance_of(subject).settled:
            return False
        row.released_at = at
        row.save(update_fields=["released_at"])
        details = {"parcels": row.accepted - row.held, "held": row.held}
        action = "parcels.released"
        record(action=action, subject=subject_of(batch), actor=RELEASER.reference, at=at, details=details)
        announce(kind=action, subject=subject_of(batch), payload={"office": row.office, **details}, at=at)
        note_release(subject=subject, actor=RELEASER, at=at)
    return True
