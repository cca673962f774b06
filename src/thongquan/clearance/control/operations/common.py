"""What the verbs of checks share: the locked declaration, reasons, and the telling of what is no step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.control.permissions import check_may_control
from thongquan.clearance.declarations.operations.steps import locked_declaration
from thongquan.clearance.declarations.queries import Stand, stand_from
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

DOCUMENTS, GOODS = "documents", "goods"
MOST_WORDS = 2000


def locked_stand(*, actor: Actor, number: str, permission: str) -> Stand:
    """Where a declaration stands, its row locked until the transaction ends: whoever comes second waits here.

    Raises `NotFound` outside the actor's scope, `NotAllowed` without the permission.
    """
    stand = stand_from(locked_declaration(number))
    check_may_control(actor, permission, stand)
    return stand


def refuse(code: Code, *, path: str = "", value: str = "", **values: str) -> Refused:
    """A refusal with one fault, to be raised."""
    return Refused([Fault(code=code, path=path, value=value, values=values)])


def given_reason(reason: str) -> str:
    """The reason without blanks around it. Raises `Refused` (TQ-CTL-051) for none."""
    told = plain_words(reason)[:MOST_WORDS]
    if not told:
        raise Refused([Fault(code=Code.TQ_CTL_051, path="reason")])
    return told


def plain_words(text: str) -> str:
    """Words as they are kept: composed, without blanks around them and without the character no database takes."""
    return storable(text)


def chosen(value: str, allowed: tuple[str, ...], path: str) -> str:
    """A value out of its choices. Raises `Refused` (TQ-CTL-005)."""
    if value not in allowed:
        values = {"allowed": ", ".join(one or "–" for one in allowed)}
        raise Refused([Fault(code=Code.TQ_CTL_005, path=path, value=value[:40], values=values)])
    return value


def tell(kind: str, subject: str, actor: Actor, at: datetime, details: Mapping[str, object]) -> None:
    """One ledger row and one message of something that is no step of a declaration."""
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=details)
    announce(kind=kind, subject=subject, payload=dict(details), at=at)
