"""The register of express carriers of an office.

Which enterprises are express operators the texts at hand do not list; the office that receives their parcels says so.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.express.models import Carrier
from thongquan.clearance.express.permissions import keeps_carriers
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def register_carrier(*, actor: Actor, tax_code: str, name: str, office: str, at: datetime) -> int:
    """Let an enterprise send parcels to an office; the one already there stays. Returns its id.

    Raises `NotAllowed`, `Refused` with TQ-DEC-001 for what is missing.
    """
    _check_keeps(actor, office)
    missing = [field for field, value in (("tax_code", tax_code), ("name", name)) if not value.strip()]
    if missing:
        raise Refused([Fault(code=Code.TQ_DEC_001, path=field, values={"field": field}) for field in missing])
    with transaction.atomic():
        row, made = Carrier.objects.get_or_create(
            tax_code=tax_code.strip()[:14],
            office=office,
            ended_at=None,
            defaults={"name": name.strip()[:300], "by": actor.reference, "at": at},
        )
        if made:
            _tell("express.carrier_registered", row, actor, at)
    return row.pk


def end_carrier(*, actor: Actor, carrier: int, at: datetime) -> None:
    """From now on the enterprise sends no more parcels to the office. Raises `NotFound`, `NotAllowed`."""
    with transaction.atomic():
        row = Carrier.objects.select_for_update().filter(pk=carrier, ended_at=None).first()
        if row is None:
            raise NotFound(str(carrier))
        _check_keeps(actor, row.office)
        row.ended_by, row.ended_at = actor.reference, at
        row.save(update_fields=["ended_by", "ended_at"])
        _tell("express.carrier_ended", row, actor, at)


def _check_keeps(actor: Actor, office: str) -> None:
    if not keeps_carriers(actor, office):
        raise NotAllowed("express.carriers")


def _tell(action: str, row: Carrier, actor: Actor, at: datetime) -> None:
    subject, details = f"enterprise:{row.tax_code}", {"office": row.office}
    record(action=action, subject=subject, actor=actor.reference, at=at, details=details)
    announce(kind=action, subject=subject, payload=details, at=at)
