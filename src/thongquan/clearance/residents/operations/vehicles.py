"""The register of vehicles that come and go in the border area (form QLPT-BG 2019/HQVN).

Legal basis: Circular 80/2019/TT-BTC Art. 9-10. How long a vehicle may stay is the parameter `resident_vehicle_hours`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.residents.law import number_of_law
from thongquan.clearance.residents.models import Stay
from thongquan.clearance.residents.permissions import check_may
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.slips import plain_plate
from thongquan.rules.text import storable

LARGEST_KEY = 2**63


def note_arrival(*, actor: Actor, office: str, plate: str, driver: str, purpose: str, at: datetime) -> int:
    """A vehicle came in; returns the number of its stay.

    Raises `NotAllowed`; `Refused` with all of TQ-RES-008 (plate or purpose missing), -015 (it is in already).
    """
    check_may(actor, "residents.work", office=office)
    faults = [
        Fault(code=Code.TQ_RES_008, path=name)
        for name, text in (("plate", plain_plate(plate)), ("purpose", storable(purpose)))
        if not text
    ]
    if faults:
        raise Refused(faults)
    hours = number_of_law("resident_vehicle_hours", timezone.localdate(at))
    try:
        with transaction.atomic():
            row = Stay.objects.create(
                office=office,
                plate=storable(plate).upper()[:20],
                plain=plain_plate(plate)[:20],
                driver=storable(driver)[:120],
                purpose=storable(purpose)[:200],
                came_at=at,
                came_by=actor.reference,
                due_at=at + timedelta(hours=hours),
            )
            _tell(row, "came", actor, at)
            return row.pk
    except IntegrityError:
        raise Refused([Fault(code=Code.TQ_RES_015, path="plate", value=storable(plate)[:20])]) from None


def note_departure(*, actor: Actor, stay: int, at: datetime) -> None:
    """The vehicle left. A second time changes nothing. Raises `NotFound` outside the actor's offices."""
    with transaction.atomic():
        row = Stay.objects.select_for_update().filter(pk=stay).first() if 0 < stay < LARGEST_KEY else None
        if row is None or row.office not in actor.offices:
            raise NotFound(str(stay))
        check_may(actor, "residents.work", office=row.office)
        if row.went_at is None:
            row.went_at, row.went_by = at, actor.reference
            row.save(update_fields=["went_at", "went_by"])
            _tell(row, "went", actor, at)


def _tell(row: Stay, verb: str, actor: Actor, at: datetime) -> None:
    """Without plate and driver, which are personal data of the one who drives."""
    kind, subject = f"vehicle.{verb}", f"stay:{row.pk}"
    details = {"office": row.office, "overstayed": verb == "went" and at > row.due_at}
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=details)
    announce(kind=kind, subject=subject, payload=details, at=at)
