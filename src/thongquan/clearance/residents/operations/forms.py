"""Short declarations: prepared on a phone by anybody, registered at a counter by an officer who sees the document.

Legal basis: Circular 80/2019/TT-BTC Art. 6-7. The quota is counted under the lock of the person's row, so that counters
that register the same person at once take turns and nobody gets more than the quota.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

import msgspec
from django.db import IntegrityError, transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor, system_actor
from thongquan.base.accounts.queries.actors import ANONYMOUS
from thongquan.base.core.errors import Conflict
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.formats.slips import SERIAL_LENGTH, SERIAL_LETTERS, plain_serial
from thongquan.clearance.residents.law import number_of_law, quota_on
from thongquan.clearance.residents.models import FormLine, QuotaUse, Resident, ShortForm
from thongquan.clearance.residents.operations.people import locked_resident, person_faults, plain_phone
from thongquan.clearance.residents.operations.reckoning import IMPORT, form_faults, goods_of, reckoned
from thongquan.clearance.residents.operations.steps import happened, move
from thongquan.clearance.residents.permissions import check_may
from thongquan.clearance.residents.queries.forms import FormSeen, seen, subject_of
from thongquan.clearance.residents.queries.quotas import uses_of
from thongquan.clearance.residents.shapes import FormGiven, PersonGiven
from thongquan.clearance.residents.states import STEPS, State, Step
from thongquan.clearance.revenue.operations import assess
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.residents import OWN, Goods, Reckoned, quota_left
from thongquan.rules.slips import plain_plate
from thongquan.rules.text import storable

ASSESSOR = system_actor("residents")
"""Who writes duties of forms into the books: the program, by the table of rates; the officer stands in the step."""


class _Counter(NamedTuple):
    """One registration: who registers whom, at which office, when, and the day it counts for."""

    actor: Actor
    office: str
    given: FormGiven
    person: PersonGiven
    at: datetime

    @property
    def on(self) -> date:
        """The local day: quotas are counted in the time of Hà Nội."""
        return timezone.localdate(self.at)


def prepare_form(*, given: FormGiven, person: PersonGiven, at: datetime, actor: Actor = ANONYMOUS) -> str:
    """Keep a form that a resident filled in on a phone; returns its code. Nothing is declared and no quota is taken.

    Anybody may. Raises `Refused` with every fault (TQ-RES-001, -002, -006, -008, -016).
    """
    faults = [*form_faults(given, timezone.localdate(at)), *person_faults(person)]
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        row = ShortForm.objects.create(
            code=_fresh_code(),
            state=State.PREPARED.value,
            prepared={"person": msgspec.to_builtins(person), "form": msgspec.json.encode(given).decode()},
            prepared_at=at,
            **_columns(given, person),
        )
        happened(row, Step.PREPARE, actor, at)
        return row.code


def register_form(
    *,
    actor: Actor,
    office: str,
    given: FormGiven,
    person: PersonGiven,
    code: str = "",
    attempt: str = "",
    at: datetime,
) -> FormSeen:
    """Register a form for a person whose document was seen: quota taken, duties on the part above it assessed.

    `code` takes over a form prepared on a phone, as the officer now has it; `attempt` names a request, so that sending
    it twice registers once. Raises `NotAllowed`; `Refused` with every fault: those of `prepare_form`, TQ-RES-007,
    -013 (documents of two people), TQ-LAW-*, TQ-TAX-* for what is taxed.
    """
    check_may(actor, STEPS[Step.REGISTER].who, office=office)
    counter = _Counter(actor, office, given, person, at)
    faults = [*form_faults(given, counter.on), *person_faults(person)]
    if faults:
        raise Refused(faults)
    try:
        with transaction.atomic():
            return _registered(counter, code, attempt[:40] or None)
    except IntegrityError:
        first = ShortForm.objects.filter(attempt=attempt[:40]).first() if attempt else None
        if first is None:
            raise
        return _first(first, counter)


def _first(row: ShortForm, counter: _Counter) -> FormSeen:
    """The answer that this request had before. Raises `Conflict` when it was another's."""
    if row.registered_by != counter.actor.reference:
        raise Conflict(row.number or "")
    return seen(row)


def _registered(counter: _Counter, code: str, attempt: str | None) -> FormSeen:
    known = ShortForm.objects.filter(attempt=attempt).first() if attempt else None
    if known is not None:
        return _first(known, counter)
    row = _taken_over(code, counter.at) if code else None
    resident = locked_resident(counter.person, actor=counter.actor, on=counter.on, at=counter.at)
    goods = goods_of(counter.given, counter.on)
    found, version = reckoned(counter.given, goods, _left(counter, resident), counter.on)
    row = row or ShortForm(code=_fresh_code(), state=State.PREPARED.value)
    for name, value in {**_columns(counter.given, counter.person), **_amounts(found)}.items():
        setattr(row, name, value)
    row.attempt, row.resident, row.prepared, row.law_version = attempt, resident, {}, version
    row.office, row.on, row.registered_at = counter.office, counter.on, counter.at
    row.registered_by, row.phone = counter.actor.reference, resident.phone
    row.save()
    row.number = f"5{row.pk:011d}"
    _write_lines(row, goods, found)
    if found.free_vnd:
        QuotaUse.objects.create(resident=resident, form=row, on=counter.on, free_vnd=found.free_vnd)
    details = {"value_vnd": str(row.value_vnd), "free_vnd": str(found.free_vnd), "due_vnd": str(found.due_vnd)}
    move(row, Step.REGISTER, counter.actor, counter.at, details=details, changed=["number"])
    _assess(row, found, counter)
    return seen(row)


def _left(counter: _Counter, resident: Resident) -> Decimal:
    """What the person has left; the row of the person is locked, so this holds until we commit."""
    if counter.given.flow != IMPORT or counter.given.purpose != OWN:
        return Decimal(0)
    return quota_left(quota_on(counter.on), uses_of(resident.pk, counter.on), counter.on)


def _assess(row: ShortForm, found: Reckoned, counter: _Counter) -> None:
    """What is owed goes into the books; nothing owed needs no account."""
    if not found.due_vnd:
        return
    assess(
        subject=subject_of(row),
        tax_code="",
        office=row.office,
        totals_vnd=found.totals_vnd,
        fee_vnd=found.fee_vnd,
        secured_vnd=Decimal(0),
        reason="resident",
        actor=ASSESSOR,
        at=counter.at,
    )


def _taken_over(code: str, at: datetime) -> ShortForm:
    """The prepared form, locked. Raises `Refused` with TQ-RES-007 when it is not there, taken over or too old."""
    on = timezone.localdate(at)
    row = ShortForm.objects.select_for_update().filter(code=plain_serial(code), state=State.PREPARED.value).first()
    if row is None or row.prepared_at is None or not row.prepared:
        raise Refused([Fault(code=Code.TQ_RES_007, path="code", value=code[:12])])
    if (on - timezone.localdate(row.prepared_at)).days > number_of_law("resident_form_days", on):
        raise Refused([Fault(code=Code.TQ_RES_007, path="code", value=code[:12])])
    return row


def _columns(given: FormGiven, person: PersonGiven) -> dict[str, str]:
    return {
        "flow": given.flow,
        "purpose": given.purpose,
        "currency": given.currency,
        "plate": plain_plate(given.plate)[:20],
        "buyer": storable(given.buyer)[:120],
        "phone": plain_phone(person.phone),
    }


def _amounts(found: Reckoned) -> dict[str, object]:
    missing = sorted({fault.values.get("tax", "") for fault in found.faults if fault.code == Code.TQ_TAX_006})
    return {
        "value_vnd": sum(found.values_vnd, Decimal(0)),
        "free_vnd": found.free_vnd,
        "over_vnd": found.over_vnd,
        "totals_vnd": {tax: str(amount) for tax, amount in found.totals_vnd.items()},
        "fee_vnd": found.fee_vnd,
        "due_vnd": found.due_vnd,
        "missing": missing,
        "must_inspect": found.must_inspect,
    }


def _write_lines(row: ShortForm, goods: list[Goods], found: Reckoned) -> None:
    taxes = {line.number: msgspec.to_builtins(line.taxes, str_keys=True) for line in found.duties}
    FormLine.objects.bulk_create(
        FormLine(
            form=row,
            number=one.number,
            hs=one.hs,
            description=one.description,
            quantity=one.quantity,
            unit=one.unit,
            value=one.value,
            rate=one.rate,
            value_vnd=value,
            free_vnd=portion.free_vnd,
            over_vnd=portion.over_vnd,
            taxes=taxes.get(one.number, []),
        )
        for one, value, portion in zip(goods, found.values_vnd, found.portions, strict=True)
    )


def _fresh_code() -> str:
    return "".join(secrets.choice(SERIAL_LETTERS) for _ in range(SERIAL_LENGTH))
