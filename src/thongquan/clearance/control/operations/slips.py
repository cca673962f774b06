"""Issuing and withdrawing exit slips.

Legal basis: Customs Law 54/2014/QH13 Art. 40 (goods leave the supervision area after release or clearance). The slip,
its hours and its one use are a measure of this system; the hours are the parameter `exit_slip_hours`.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.realm import realm_name
from thongquan.clearance.control.formats.slips import SERIAL_LENGTH, SERIAL_LETTERS, encode
from thongquan.clearance.control.models import ExitSlip, SlipUse
from thongquan.clearance.control.operations.common import given_reason, locked_stand, plain_words, tell
from thongquan.clearance.control.permissions import check_may_let_out
from thongquan.clearance.control.queries.slips import gates_of_office, slip_key
from thongquan.clearance.declarations.queries import Stand, document_in_force
from thongquan.clearance.declarations.states import STEPS, State, Step
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.slips import Slip, plain_plate, told_moment

HOURS = "exit_slip_hours"
ISSUED, WITHDRAWN = "slip.issued", "slip.withdrawn"


def issue_slip(*, actor: Actor, number: str, plate: str, gate: str = "", at: datetime) -> Slip:
    """Give one vehicle the right to leave once through one gate; without a gate the declared or only one is taken.

    A declarant may do it for the vehicle that the declaration names. Raises `Refused` with all of TQ-LIF-001 (not
    released), TQ-CTL-088 (gate of another office), -089 (the vehicle has an unused slip), -091 (plate), -083 (not the
    declared vehicle), TQ-LAW-001 (no hours); `NotAllowed`, `NotFound`.
    """
    with transaction.atomic():
        stand = locked_stand(actor=actor, number=number, permission=STEPS[Step.PRESENT_GOODS].who)
        document = document_in_force(stand.number)
        shown = plain_words(plate).upper()[:20]
        declared = (document.vehicle.identifier if document.vehicle else None) or ""
        chosen = gate or _usual_gate(stand, document.gate or "", at)
        faults = [*_state_faults(stand), *_gate_faults(stand, chosen, at), *_plate_faults(stand, shown, at)]
        if is_trader(actor) and plain_plate(shown) != plain_plate(declared):
            faults.append(Fault(code=Code.TQ_CTL_083, path="plate", value=shown, values={"plate": declared or "–"}))
        hours = _hours(at, faults)
        if faults:
            raise Refused(faults)
        slip = _signed(actor, stand, shown, chosen, hours, at)
        details = {"serial": slip.serial, "gate": slip.gate, "valid_until": slip.valid_until.isoformat()}
        tell(ISSUED, stand.subject, actor, at, details)
        return slip


def withdraw_slip(*, actor: Actor, number: str, serial: str, reason: str, at: datetime) -> None:
    """Take a slip back before it is used. Raises `NotFound`, `NotAllowed`, `Refused` TQ-CTL-051 and TQ-CTL-085."""
    with transaction.atomic():
        stand = locked_stand(actor=actor, number=number, permission=STEPS[Step.EXIT].who)
        check_may_let_out(actor, stand.office)
        words = given_reason(reason)
        row = ExitSlip.objects.select_for_update().filter(declaration_id=stand.key, serial=serial).first()
        if row is None:
            raise NotFound(serial)
        if SlipUse.objects.filter(slip=row, verdict="passed").exists():
            raise Refused([Fault(code=Code.TQ_CTL_085, value=serial)])
        row.withdrawn_by, row.withdrawn_at = actor.reference, at
        row.save(update_fields=["withdrawn_by", "withdrawn_at"])
        tell(WITHDRAWN, stand.subject, actor, at, {"serial": serial, "reason": words})


def open_slips(key: int, at: datetime) -> list[ExitSlip]:
    """Slips of a declaration that could still be used."""
    rows = ExitSlip.objects.filter(declaration_id=key, withdrawn_at=None, valid_until__gt=at)
    return list(rows.exclude(uses__verdict="passed"))


def _state_faults(stand: Stand) -> list[Fault]:
    """Goods leave once they are released or cleared."""
    if State(stand.state) in STEPS[Step.EXIT].moves:
        return []
    values = {"step": Step.EXIT.value, "state": stand.state}
    return [Fault(code=Code.TQ_LIF_001, path="state", value=stand.number, values=values)]


def _usual_gate(stand: Stand, declared: str, at: datetime) -> str:
    gates = [gate.code for gate in gates_of_office(stand.office, timezone.localdate(at))]
    return declared if declared in gates or not gates else gates[0]


def _gate_faults(stand: Stand, gate: str, at: datetime) -> list[Fault]:
    if gate in {one.code for one in gates_of_office(stand.office, timezone.localdate(at))}:
        return []
    return [Fault(code=Code.TQ_CTL_088, path="gate", value=gate[:12], values={"office": stand.office})]


def _plate_faults(stand: Stand, plate: str, at: datetime) -> list[Fault]:
    if not plain_plate(plate):
        return [Fault(code=Code.TQ_CTL_091, path="plate")]
    same = [row for row in open_slips(stand.key, at) if plain_plate(row.plate) == plain_plate(plate)]
    return [
        Fault(code=Code.TQ_CTL_089, path="plate", value=plate, values={"valid_until": told_moment(row.valid_until)})
        for row in same[:1]
    ]


def _hours(at: datetime, faults: list[Fault]) -> int:
    on = timezone.localdate(at)
    parameter = current_law().parameter(HOURS, on)
    if parameter is None:
        faults.append(Fault(code=Code.TQ_LAW_001, values={"name": HOURS, "on": on.isoformat()}))
    return int(parameter.value) if parameter else 0


def _signed(actor: Actor, stand: Stand, plate: str, gate: str, hours: int, at: datetime) -> Slip:
    begin = at.replace(second=0, microsecond=0)
    slip = Slip(
        realm=realm_name() or "",
        serial="".join(secrets.choice(SERIAL_LETTERS) for _ in range(SERIAL_LENGTH)),
        number=stand.number,
        plate=plate,
        gate=gate,
        valid_from=begin,
        valid_until=begin + timedelta(hours=hours),
    )
    ExitSlip.objects.create(
        serial=slip.serial,
        declaration_id=stand.key,
        number=slip.number,
        office=stand.office,
        plate=slip.plate,
        gate=slip.gate,
        valid_from=slip.valid_from,
        valid_until=slip.valid_until,
        code=encode(slip, slip_key().private),
        issued_by=actor.reference,
        issued_at=at,
    )
    return slip
