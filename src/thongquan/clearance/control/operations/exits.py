"""Letting vehicles out at a gate, and reconciling what gates let out while they had no network.

Legal basis: Customs Law 54/2014/QH13 Art. 40. Every slip shown is written down, also one that was refused: a slip that
comes twice is found, and both times are named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.base.core.realm import realm_name
from thongquan.clearance.control.formats.slips import SERIAL_LENGTH, decode, is_code, plain_serial
from thongquan.clearance.control.models import ExitSlip, SlipUse
from thongquan.clearance.control.operations.common import plain_words, refuse, tell
from thongquan.clearance.control.operations.slips import open_slips
from thongquan.clearance.control.permissions import check_may_let_out
from thongquan.clearance.control.queries.slips import told_use, trusted_keys
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.tariff.queries.releases import gates_on
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.slips import Slip, passing_faults, plain_plate, told_moment

PASSED, DOUBLE, REFUSED = "passed", "double", "refused"
CLOCK_TOLERANCE = timedelta(minutes=5)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A slip shown at a gate: what was scanned or typed, the plate seen, and when; `offline` when told afterwards.

    `attempt` names a request, so that sending it twice is one use.
    """

    code: str
    plate: str
    gate: str
    shown_at: datetime
    offline: bool = False
    attempt: str = ""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it: `passed`, `double` or `refused`, with every reason; `slip` as far as it could be read.

    `known` says that this very use had been uploaded before; `others` how many vehicles of the declaration may follow.
    """

    verdict: str
    shown: Shown
    slip: Slip | None = None
    faults: tuple[Fault, ...] = ()
    known: bool = False
    others: int = 0

    @property
    def passed(self) -> bool:
        """Whether the vehicle may go."""
        return self.verdict == PASSED


def let_out(*, actor: Actor, code: str, plate: str, gate: str, attempt: str = "", at: datetime) -> Verdict:
    """Judge a slip at a gate and, when all is right, let the vehicle out: its one use.

    `attempt` is the same for one request sent twice. A bad slip raises nothing: the verdict says why (TQ-CTL-080 to
    -087, -091, TQ-LIF-001). Raises `Refused` TQ-CTL-088 for no gate of ours and `NotAllowed` for a gate where the
    actor does not work.
    """
    office = _checked_gate(actor, gate, at)
    shown = Shown(code=code, plate=plate, gate=gate, shown_at=at, attempt=attempt)
    return _judge(_Case(actor, office, shown, at))


def reconcile_uses(*, actor: Actor, uses: Sequence[Shown], at: datetime) -> list[Verdict]:
    """Take in what a gate let out without network, oldest first; the same list may be sent again.

    Raises `NotAllowed` and `Refused` TQ-CTL-088 before anything is written.
    """
    offices = {use.gate: _checked_gate(actor, use.gate, at) for use in uses}
    ordered = sorted(uses, key=lambda use: use.shown_at)
    return [_judge(_Case(actor, offices[use.gate], _offline(use), at)) for use in ordered]


def _offline(use: Shown) -> Shown:
    return msgspec.structs.replace(use, offline=True)


def _checked_gate(actor: Actor, gate: str, at: datetime) -> str:
    """The office of a gate at which the actor works."""
    found = gates_on(timezone.localdate(at)).get(gate)
    if found is None:
        raise refuse(Code.TQ_CTL_088, path="gate", value=gate[:12], office="")
    check_may_let_out(actor, found.office)
    return found.office


class _Case(NamedTuple):
    """A slip shown: by whom it is judged, at a gate of which office, and the moment of judging."""

    actor: Actor
    office: str
    shown: Shown
    at: datetime

    @property
    def key(self) -> str:
        """The same for the same request sent twice, and for the same use uploaded twice."""
        shown = self.shown
        moment = shown.attempt or shown.shown_at.isoformat()
        words = (shown.code.strip().upper(), plain_plate(shown.plate), shown.gate, moment, self.actor.reference)
        return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _judge(case: _Case) -> Verdict:
    with transaction.atomic():
        try:
            slip, row = _read(case.shown.code)
        except Refused as refused:
            return _unreadable(case, refused.faults)
        first = SlipUse.objects.filter(slip=row, verdict=PASSED).first()
        known = SlipUse.objects.filter(key=case.key).first()
        if known is not None:
            return _known(known, case.shown, slip, first)
        faults = _faults(case, slip, row)
        if first is not None:
            faults.insert(0, Fault(code=Code.TQ_CTL_085, path="code", value=slip.serial, values=told_use(first)))
            return _held(case, DOUBLE, faults, slip, row)
        return _held(case, REFUSED, faults, slip, row) if faults else _pass(case, slip, row)


def _faults(case: _Case, slip: Slip, row: ExitSlip) -> list[Fault]:
    """Everything against this vehicle but an earlier use."""
    shown = case.shown
    faults = [*passing_faults(slip, plate=shown.plate, gate=shown.gate, at=shown.shown_at)]
    if row.withdrawn_at is not None and row.withdrawn_at <= shown.shown_at:
        faults.append(Fault(code=Code.TQ_CTL_086, path="code", value=slip.serial))
    if shown.shown_at > case.at + CLOCK_TOLERANCE:
        faults.append(Fault(code=Code.TQ_CTL_090, path="shown_at", value=told_moment(shown.shown_at)))
    return faults


def _read(code: str) -> tuple[Slip, ExitSlip]:
    """The slip and its row, locked: whoever scans the same slip at another gate waits here.

    Raises `Refused` with TQ-CTL-080, -081 or -087.
    """
    slip = decode(code, trusted_keys()) if is_code(code) else None
    serial = slip.serial if slip else plain_serial(plain_words(code))
    if len(serial) != SERIAL_LENGTH:
        raise refuse(Code.TQ_CTL_080, path="code", value=code.strip()[:24])
    row = ExitSlip.objects.select_for_update().filter(serial=serial).first()
    if row is None or (slip and slip != _slip_of(row)):
        raise refuse(Code.TQ_CTL_087, path="code", value=serial)
    return _slip_of(row), row


def _slip_of(row: ExitSlip) -> Slip:
    return Slip(
        realm=realm_name() or "",
        serial=row.serial,
        number=row.number,
        plate=row.plate,
        gate=row.gate,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def _pass(case: _Case, slip: Slip, row: ExitSlip) -> Verdict:
    """The one use: the declaration exits with its last vehicle; the vehicles before are told of as uses."""
    others = [one for one in open_slips(row.declaration_id, case.at) if one.pk != row.pk]
    shown = case.shown
    details = {"serial": slip.serial, "gate": shown.gate, "offline": shown.offline}
    try:
        with transaction.atomic():
            _keep(case, PASSED, (), row)
            if others:
                tell("slip.passed", subject_of_slip(row), case.actor, case.at, details)
            else:
                data = {**details, "shown_at": shown.shown_at.isoformat()}
                take_step(actor=case.actor, number=slip.number, step=Step.EXIT, at=case.at, data=data, details=details)
    except Refused as refused:
        return _held(case, REFUSED, refused.faults, slip, row)
    return Verdict(verdict=PASSED, shown=shown, slip=slip, others=len(others))


def _held(case: _Case, verdict: str, faults: Sequence[Fault], slip: Slip, row: ExitSlip) -> Verdict:
    """Write down a slip that did not pass; a double use is announced under a name of its own."""
    _keep(case, verdict, faults, row)
    kind = "slip.double_use" if verdict == DOUBLE else "slip.refused"
    tell(kind, subject_of_slip(row), case.actor, case.at, {"serial": slip.serial, **_details(case, faults)})
    return Verdict(verdict=verdict, shown=case.shown, slip=slip, faults=tuple(faults))


def _unreadable(case: _Case, faults: Sequence[Fault]) -> Verdict:
    """Write down a code that is no slip of ours, once."""
    known = SlipUse.objects.filter(key=case.key).exists()
    if not known:
        _keep(case, REFUSED, faults, None)
        tell("slip.refused", f"gate:{case.shown.gate}", case.actor, case.at, _details(case, faults))
    return Verdict(verdict=REFUSED, shown=case.shown, faults=tuple(faults), known=known)


def _known(use: SlipUse, shown: Shown, slip: Slip, first: SlipUse | None) -> Verdict:
    """The answer that this very use had before."""
    values = told_use(first) if first else {}
    faults = tuple(Fault(code=code, path="code", value=slip.serial, values=values) for code in use.codes)
    return Verdict(verdict=use.verdict, shown=shown, slip=slip, faults=faults, known=True)


def _details(case: _Case, faults: Sequence[Fault]) -> dict[str, object]:
    codes = [str(fault.code) for fault in faults]
    return {"gate": case.shown.gate, "codes": codes, "offline": case.shown.offline}


def subject_of_slip(row: ExitSlip) -> str:
    """The declaration that a slip belongs to, as other rooms know it."""
    return f"declaration:{row.declaration_id}0"


def _keep(case: _Case, verdict: str, faults: Sequence[Fault], row: ExitSlip | None) -> None:
    shown = case.shown
    SlipUse.objects.create(
        key=case.key,
        slip=row,
        serial=row.serial if row else plain_serial(plain_words(shown.code))[:24],
        plate=plain_words(shown.plate).upper()[:20],
        gate=shown.gate,
        office=case.office,
        shown_at=shown.shown_at,
        recorded_at=case.at,
        officer=case.actor.reference,
        offline=shown.offline,
        verdict=verdict,
        codes=[str(fault.code) for fault in faults],
    )
