"""Exemption lists: proposing, deciding and using them.

Legal basis: Law 107/2016/QH13 Art. 16; Decree 134/2016/NĐ-CP Art. 30 as amended by 18/2021. The list is written down by
each declaration that uses it; what is used is given back when the declaration is amended, cancelled or expires.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from secrets import token_hex

import msgspec
from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.revenue.models import ExemptionLine, ExemptionList
from thongquan.clearance.revenue.permissions import check_may_claim, check_may_propose
from thongquan.clearance.revenue.queries.exemptions import Registered, registered
from thongquan.clearance.revenue.queries.law import is_office
from thongquan.clearance.tariff.queries.code_lists import code_source
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

STEPS = {"register": ("proposed", "registered"), "refuse": ("proposed", "refused"), "close": ("registered", "closed")}
"""What customs may do with a list: from which state to which."""
MAX_LINES = 500
LONGEST_TITLE = 200
LONGEST = {"hs": 8, "description": 200, "unit": 4}
LARGEST = Decimal(10) ** 13
PLACES = 4


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Goods of a list to be registered."""

    description: str
    unit: str
    quantity: Decimal
    hs: str = ""


def propose_exemption_list(
    *,
    actor: Actor,
    tax_code: str,
    office: str,
    exemption: str,
    title: str,
    lines: Sequence[Wanted],
    at: datetime,
    valid_to: date | None = None,
) -> Registered:
    """File a list for an enterprise; customs registers or refuses it. `valid_to` is the first day it no longer holds.

    Raises `NotAllowed`, and `Refused` with every fault of it: TQ-REV-054 for lines that cannot be registered.
    """
    check_may_claim(actor, tax_code)
    _check_proposal(title, exemption, office, lines, timezone.localdate(at), valid_to)
    with transaction.atomic():
        made = ExemptionList.objects.create(
            number=token_hex(6),  # until its own identity gives the number
            tax_code=tax_code,
            office=office,
            exemption=exemption,
            title=title.strip(),
            state="proposed",
            valid_to=valid_to,
            proposed_by=actor.reference,
            at=at,
        )
        made.number = f"9{at.year % 100:02d}{made.pk:09d}"
        made.save(update_fields=["number"])
        ExemptionLine.objects.bulk_create(
            ExemptionLine(list=made, number=number, **msgspec.structs.asdict(line))
            for number, line in enumerate(lines, 1)
        )
        _tell(made, "exemption.proposed", actor, at, {"lines": len(lines)})
    return registered(made)


def decide_exemption_list(*, actor: Actor, number: str, step: str, at: datetime, reason: str = "") -> Registered:
    """Take a step of `STEPS` with a list: register it, refuse it or close it; the last two want a reason.

    Raises `NotFound` outside the scope, `NotAllowed`, and `Refused` with TQ-REV-055 (state) or TQ-REV-056 (reason).
    """
    with transaction.atomic():
        found = ExemptionList.objects.select_for_update().filter(number=number).first()
        if found is None:
            raise NotFound(number)
        check_may_propose(actor, office=found.office, tax_code=found.tax_code)
        before, after = STEPS[step]
        if found.state != before:
            raise Refused([Fault(code=Code.TQ_REV_055, path="state", value=number, values={"state": found.state})])
        if step != "register" and not reason.strip():
            raise Refused([Fault(code=Code.TQ_REV_056, path="reason")])
        found.state, found.reason = after, reason.strip()
        found.decided_by, found.decided_at = actor.reference, at
        found.save(update_fields=["state", "reason", "decided_by", "decided_at"])
        _tell(found, f"exemption.{after}", actor, at, {})
    return registered(found)


def _check_proposal(
    title: str, exemption: str, office: str, lines: Sequence[Wanted], on: date, valid_to: date | None
) -> None:
    faults = [] if title.strip() and len(title) <= LONGEST_TITLE else [_unfit("title", title)]
    if not code_source("exemption", exemption, on):
        faults.append(_unfit("exemption", exemption))
    if not is_office(office, on):
        faults.append(_unfit("office", office))
    if not 0 < len(lines) <= MAX_LINES:
        faults.append(_unfit("lines", str(len(lines))))
    if valid_to is not None and valid_to <= on:
        faults.append(_unfit("valid_to", valid_to.isoformat()))
    for index, line in enumerate(lines):
        faults += _line_faults(index, line)
    if faults:
        raise Refused(faults)


def _line_faults(index: int, line: Wanted) -> list[Fault]:
    path, quantity = f"lines[{index}]", line.quantity
    wrong = [name for name, longest in LONGEST.items() if len(getattr(line, name)) > longest]
    wrong += [name for name in ("description", "unit") if not getattr(line, name).strip()]
    if line.hs and not (line.hs.isascii() and line.hs.isdigit()):
        wrong.append("hs")
    if not (quantity.is_finite() and 0 < quantity < LARGEST and quantity == round(quantity, PLACES)):
        wrong.append("quantity")
    return [_unfit(f"{path}.{name}", str(getattr(line, name)), index + 1) for name in dict.fromkeys(wrong)]


def _unfit(path: str, value: str = "", line: int | None = None) -> Fault:
    return Fault(code=Code.TQ_REV_054, path=path, value=value[:60], line=line)


def _tell(row: ExemptionList, kind: str, actor: Actor, at: datetime, details: dict[str, object]) -> None:
    subject = f"exemption:{row.number}"
    record(action=kind, subject=subject, actor=actor.reference, at=at, details={"state": row.state, **details})
    announce(kind=kind, subject=subject, payload={"office": row.office, "tax_code": row.tax_code}, at=at)
