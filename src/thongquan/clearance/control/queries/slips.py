"""Exit slips and their uses, the gates a person works at, and the keys that slips are signed with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import msgspec
from django.conf import settings

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.errors import NotFound
from thongquan.base.ledger.heads import SigningKey, signing_key
from thongquan.clearance.control.models import ExitSlip, SlipUse
from thongquan.clearance.control.permissions import gate_offices
from thongquan.clearance.declarations.queries import stand_of
from thongquan.clearance.tariff.queries.releases import GateFact, gates_on
from thongquan.rules.slips import told_moment

SHOWN_USES = 50


class SlipView(msgspec.Struct, frozen=True, kw_only=True):
    """A slip as its declaration's people see it. `state`: open, used, expired or withdrawn."""

    id: int
    serial: str
    number: str
    plate: str
    gate: str
    valid_from: datetime
    valid_until: datetime
    code: str
    state: str
    issued_at: datetime
    used_at: datetime | None = None


class UseView(msgspec.Struct, frozen=True, kw_only=True):
    """A slip shown at a gate. `first` tells of the pass before, where this one is a double use."""

    serial: str
    number: str
    plate: str
    gate: str
    shown_at: datetime
    officer: str
    offline: bool
    verdict: str
    codes: list[str]
    first: str = ""


def slip_key() -> SigningKey:
    """The key of this installation for slips, kept outside the database and made on first use."""
    return signing_key(Path(settings.SLIP_KEY_FILE))


def trusted_keys() -> list[bytes]:
    """Public keys whose slips are taken here."""
    return [slip_key().public]


def gates_of(actor: Actor, on: date) -> list[GateFact]:
    """The gates at which the actor lets vehicles out, by code."""
    offices = gate_offices(actor)
    return sorted((gate for gate in gates_on(on).values() if gate.office in offices), key=lambda gate: gate.code)


def gates_of_office(office: str, on: date) -> list[GateFact]:
    """The gates of an office, by code."""
    return sorted((gate for gate in gates_on(on).values() if gate.office == office), key=lambda gate: gate.code)


def slips_of(*, actor: Actor, number: str, at: datetime) -> list[SlipView]:
    """The slips of a declaration, newest first. Raises `NotFound` outside the actor's scope."""
    stand = stand_of(actor=actor, number=number)
    rows = ExitSlip.objects.filter(declaration_id=stand.key).order_by("-id")
    passed = _passed(row.pk for row in rows)
    return [_view(row, passed.get(row.pk), at) for row in rows]


def slip_of(*, actor: Actor, number: str, serial: str, at: datetime) -> SlipView:
    """One slip of a declaration. Raises `NotFound`."""
    for slip in slips_of(actor=actor, number=number, at=at):
        if slip.serial == serial:
            return slip
    raise NotFound(serial)


def uses_at(*, actor: Actor, gate: str, on: date) -> list[UseView]:
    """The latest slips shown at a gate where the actor works. Raises `NotFound` for another gate."""
    if gate not in {one.code for one in gates_of(actor, on)}:
        raise NotFound(gate)
    return _views(SlipUse.objects.filter(gate=gate).order_by("-shown_at", "-id")[:SHOWN_USES])


def double_uses(actor: Actor) -> list[UseView]:
    """Every slip of the actor's offices that was shown again after it had passed."""
    rows = SlipUse.objects.filter(verdict="double", office__in=gate_offices(actor)).order_by("-shown_at")
    return _views(rows[:SHOWN_USES])


def told_use(use: SlipUse) -> dict[str, str]:
    """Who let a vehicle pass, where and when: the values of TQ-CTL-085."""
    officer = names_of([use.officer]).get(use.officer) or use.officer
    return {"gate": use.gate, "used_at": told_moment(use.shown_at), "officer": officer}


def _passed(slips: Iterable[int]) -> dict[int, SlipUse]:
    rows = SlipUse.objects.filter(slip_id__in=list(slips), verdict="passed")
    return {row.slip_id: row for row in rows if row.slip_id is not None}


def _view(row: ExitSlip, use: SlipUse | None, at: datetime) -> SlipView:
    state = "used" if use else "withdrawn" if row.withdrawn_at else "expired" if at >= row.valid_until else "open"
    return SlipView(
        id=row.pk,
        serial=row.serial,
        number=row.number,
        plate=row.plate,
        gate=row.gate,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        code=row.code,
        state=state,
        issued_at=row.issued_at,
        used_at=use.shown_at if use else None,
    )


def _views(rows: Iterable[SlipUse]) -> list[UseView]:
    found = list(rows)
    names = names_of({row.officer for row in found})
    numbers = dict(ExitSlip.objects.filter(pk__in=[row.slip_id for row in found]).values_list("pk", "number"))
    first = _passed(row.slip_id for row in found if row.slip_id and row.verdict == "double")
    return [
        UseView(
            serial=row.serial,
            number=numbers.get(row.slip_id, "") if row.slip_id else "",
            plate=row.plate,
            gate=row.gate,
            shown_at=row.shown_at,
            officer=names.get(row.officer, row.officer),
            offline=row.offline,
            verdict=row.verdict,
            codes=list(row.codes),
            first=_first(first.get(row.slip_id or 0)),
        )
        for row in found
    ]


def _first(use: SlipUse | None) -> str:
    if use is None:
        return ""
    told = told_use(use)
    return f"{told['gate']} · {told['used_at']} · {told['officer']}"
