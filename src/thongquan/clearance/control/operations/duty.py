"""Keeping the duty roster: entering and withdrawing turns."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from thongquan.base.accounts.queries import Actor, officers_of
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.models import DutyTurn
from thongquan.clearance.control.operations.common import tell
from thongquan.clearance.control.permissions import INSPECTORS, check_may_keep_roster
from thongquan.clearance.control.queries.duty import overlapping
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

_ROSTER_LOCK = 0x7A5D


def enter_turn(*, actor: Actor, office: str, officer: str, starts_at: datetime, ends_at: datetime, at: datetime) -> int:
    """Put an officer (`user:12`) on duty at an office for [starts_at, ends_at); gives the id of the turn.

    Raises `NotAllowed` for anyone but the office's team leader; `Refused` with TQ-CTL-015 for a period that is not
    possible, TQ-CTL-016 for someone who does not check goods at the office.
    """
    check_may_keep_roster(actor, office)
    with transaction.atomic():
        _one_roster_at_a_time(office)
        if faults := _faults(office, officer, starts_at, ends_at, at):
            raise Refused(faults)
        turn = DutyTurn.objects.create(
            office=office,
            officer=officer,
            starts_at=starts_at,
            ends_at=ends_at,
            entered_by=actor.reference,
            entered_at=at,
        )
        _tell("control.duty_entered", turn, actor, at)
        return turn.id


def withdraw_turn(*, actor: Actor, turn_id: int, at: datetime) -> None:
    """Take a turn out of the roster; it is kept, since draws were made with it.

    Raises `NotFound` for a turn that does not stand, `NotAllowed` for anyone but the team leader of its office.
    """
    with transaction.atomic():
        turn = DutyTurn.objects.select_for_update().filter(id=turn_id, withdrawn_at__isnull=True).first()
        if turn is None:
            raise NotFound("turn")
        check_may_keep_roster(actor, turn.office)
        turn.withdrawn_by, turn.withdrawn_at = actor.reference, at
        turn.save(update_fields=["withdrawn_by", "withdrawn_at"])
        _tell("control.duty_withdrawn", turn, actor, at)


def _faults(office: str, officer: str, starts_at: datetime, ends_at: datetime, at: datetime) -> list[Fault]:
    faults = []
    if officer not in officers_of(office, INSPECTORS, at):
        faults.append(Fault(code=Code.TQ_CTL_016, path="officer", value=officer[:40]))
    if ends_at <= starts_at or overlapping(office, officer, starts_at, ends_at):
        faults.append(Fault(code=Code.TQ_CTL_015, path="ends_at"))
    return faults


def _one_roster_at_a_time(office: str) -> None:
    """Two leaders entering the same officer at once wait for each other, so that turns never overlap."""
    with connection.cursor() as sql:
        sql.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_ROSTER_LOCK, office])


def _tell(kind: str, turn: DutyTurn, actor: Actor, at: datetime) -> None:
    details = {"officer": turn.officer, "starts_at": turn.starts_at.isoformat(), "ends_at": turn.ends_at.isoformat()}
    tell(kind, f"office:{turn.office}", actor, at, details)
