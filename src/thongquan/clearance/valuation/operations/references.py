"""Reference prices: entered with their source by one person, confirmed by another, ended by either kind of person."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import Conflict, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.tariff.queries import current_law
from thongquan.clearance.valuation.classes import text_class
from thongquan.clearance.valuation.models import ReferencePrice
from thongquan.clearance.valuation.permissions import check_may_anywhere
from thongquan.clearance.valuation.states import CONFIRMED, PROPOSED, WITHDRAWN
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

_MOST = Decimal(10) ** 15


def enter_reference(
    *,
    actor: Actor,
    hs: str,
    unit: str,
    low_vnd: Decimal,
    high_vnd: Decimal,
    source: str,
    valid_from: date,
    at: datetime,
    words: str = "",
    origin: str = "",
    valid_to: date | None = None,
) -> int:
    """Enter a price of a unit in dong; it counts once another person confirms it. Gives its identity.

    `words` narrows it to goods whose description begins so. Raises `NotAllowed`; `Refused` with all of TQ-DEC-011,
    -012, TQ-DEC-004 (unit, origin), TQ-CVL-007, -009, -013.
    """
    check_may_anywhere(actor, "valuation.price")
    faults = [
        *_code_faults(hs, unit, origin, valid_from),
        *_price_faults(low_vnd, high_vnd),
        *_other_faults(source, valid_from, valid_to),
    ]
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        row = ReferencePrice.objects.create(
            hs=hs,
            words=text_class(words),
            origin=origin,
            unit=unit,
            low_vnd=low_vnd,
            high_vnd=high_vnd,
            source=storable(source).strip(),
            valid_from=valid_from,
            valid_to=valid_to,
            state=PROPOSED,
            entered_by=actor.reference,
            entered_at=at,
        )
        _tell(row, "entered", actor, at)
        return row.pk


def confirm_reference(*, actor: Actor, reference: int, at: datetime) -> None:
    """Confirm a price that somebody else entered. Raises `NotAllowed`, `NotFound`, `Conflict`, `Refused` (-014)."""
    with transaction.atomic():
        row = _locked(actor, reference)
        if row.state != PROPOSED:
            raise Conflict(str(reference))
        if row.entered_by == actor.reference:
            raise Refused([Fault(code=Code.TQ_CVL_014, path="actor")])
        row.state, row.confirmed_by, row.confirmed_at = CONFIRMED, actor.reference, at
        row.save(update_fields=["state", "confirmed_by", "confirmed_at"])
        _tell(row, "confirmed", actor, at)


def withdraw_reference(*, actor: Actor, reference: int, at: datetime) -> None:
    """Take a price back: it no longer counts. Raises `NotAllowed`, `NotFound`, `Conflict`."""
    with transaction.atomic():
        row = _locked(actor, reference)
        if row.state == WITHDRAWN:
            raise Conflict(str(reference))
        row.state, row.ended_by, row.ended_at = WITHDRAWN, actor.reference, at
        row.save(update_fields=["state", "ended_by", "ended_at"])
        _tell(row, "withdrawn", actor, at)


def _locked(actor: Actor, reference: int) -> ReferencePrice:
    check_may_anywhere(actor, "valuation.price")
    row = ReferencePrice.objects.select_for_update().filter(pk=reference).first()
    if row is None:
        raise NotFound(str(reference))
    return row


def _code_faults(hs: str, unit: str, origin: str, on: date) -> list[Fault]:
    law, faults = current_law(), []
    if not (hs.isascii() and hs.isdigit() and len(hs) == 8):
        faults.append(Fault(code=Code.TQ_DEC_011, path="hs", value=hs[:20]))
    for path, list_name, value in (("unit", "unit", unit), ("origin", "country", origin)):
        if (value or path == "unit") and f"{list_name}/{value}" not in law.known_codes(on):
            values = {"list": list_name}
            faults.append(Fault(code=Code.TQ_DEC_004, path=path, value=value[:20], values=values))
    return faults


def _price_faults(low: Decimal, high: Decimal) -> list[Fault]:
    faults = [
        Fault(code=Code.TQ_CVL_007, path=path, value=str(amount)[:40], values={"field": path})
        for path, amount in (("low_vnd", low), ("high_vnd", high))
        if not amount.is_finite() or not 0 < amount < _MOST
    ]
    if not faults and low > high:
        faults.append(Fault(code=Code.TQ_CVL_013, path="high_vnd", value=f"{low:f} – {high:f}"))
    return faults


def _other_faults(source: str, valid_from: date, valid_to: date | None) -> list[Fault]:
    faults = [] if source.strip() else [Fault(code=Code.TQ_CVL_009, path="source")]
    if valid_to is not None and valid_to <= valid_from:
        told = f"{valid_from.isoformat()} – {valid_to.isoformat()}"
        faults.append(Fault(code=Code.TQ_CVL_013, path="valid_to", value=told))
    return faults


def _tell(row: ReferencePrice, verb: str, actor: Actor, at: datetime) -> None:
    kind, subject = f"valuation.reference_{verb}", f"reference_price:{row.pk}"
    told = {
        "hs": row.hs,
        "unit": row.unit,
        "origin": row.origin,
        "low_vnd": f"{row.low_vnd:f}",
        "high_vnd": f"{row.high_vnd:f}",
    }
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=told)
    announce(kind=kind, subject=subject, payload={"reference": row.pk, **told}, at=at)
