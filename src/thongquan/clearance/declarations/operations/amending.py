"""Amending a declaration before clearance.

Legal basis: Circular 38/2015/TT-BTC Art. 20 as amended: before the result of the channel freely (see `preregistering`,
since registration and channel are one moment here), after it and before clearance with the consequence of the law on
penalties; the decree on penalties is asked by the room of violations, here the declarant is only told.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import msgspec
from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import Conflict
from thongquan.base.core.faults import Refused
from thongquan.base.core.operations import keep_idempotency_use
from thongquan.clearance.declarations.changes import Change
from thongquan.clearance.declarations.models import Declaration
from thongquan.clearance.declarations.operations.steps import locked_for, take_step
from thongquan.clearance.declarations.operations.versions import (
    Judged,
    event_data,
    judge_version,
    ledger_details,
    store_version,
)
from thongquan.clearance.declarations.queries import KeyUse, key_use, version_of
from thongquan.clearance.declarations.states import State, Step
from thongquan.rules.clearance import redacted
from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision, Fault
from thongquan.rules.document import Document
from thongquan.rules.encoding import encoded

MOST_WORDS = 2000


class Amended(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to an amendment: the new number, what changed, and what follows from it (warnings with their source)."""

    number: str
    state: str
    version: int
    channel: int
    decision: Decision
    changes: tuple[Change, ...] = ()
    consequences: tuple[Fault, ...] = ()
    repeated: bool = False


def amend_declaration(
    *,
    actor: Actor,
    number: str,
    document: Document,
    reason: str,
    at: datetime,
    base: int | None = None,
    idempotency_key: str = "",
) -> Amended:
    """Store what a declaration says from now on, before clearance, with decision and liability.

    `base` is the version the document was written on: TQ-LIF-011 when another came between. Raises `NotFound`,
    `NotAllowed`, `Conflict` for a key used with another body, and `Refused` with every fault (nothing is stored).
    """
    digest = hashlib.sha256(number[:-1].encode() + encoded(document) + reason.encode()).digest()
    if idempotency_key and (used := key_use(owner=actor.reference, key=idempotency_key)):
        return _first_answer(actor, used, digest)
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=Step.AMEND)
        if idempotency_key and (used := key_use(owner=actor.reference, key=idempotency_key)):
            return _first_answer(actor, used, digest)
        check_words(reason)
        check_base(declaration, base)
        consequence = late_consequence(declaration)
        amended = new_version(
            declaration, document, step=Step.AMEND, actor=actor, reason=reason, at=at, consequences=(consequence,)
        )
        if idempotency_key:
            subject = f"declaration:{amended.number}"
            keep_idempotency_use(owner=actor.reference, key=idempotency_key, digest=digest, subject=subject, at=at)
        return amended


def new_version(
    declaration: Declaration,
    document: Document,
    *,
    step: Step,
    actor: Actor,
    reason: str,
    at: datetime,
    consequences: tuple[Fault, ...] = (),
    decide_anew: bool = False,
) -> Amended:
    """Judge and store a version of a locked declaration, and take the step it is the outcome of.

    `decide_anew`: it may say the same as before, since what it is judged by has changed.
    """
    channel_before = declaration.channel
    judged = judge_version(declaration, document, at=at, decide_anew=decide_anew)
    store_version(declaration, judged, actor=actor, at=at, reason=step)
    stand = take_step(
        actor=actor,
        number=declaration.number,
        step=step,
        at=at,
        reason=reason,
        data={
            **event_data(declaration, judged, channel_before=channel_before),
            "consequences": [{"code": one.code, "values": one.values} for one in consequences],
        },
        details=ledger_details(declaration, judged),
    )
    return _amended(judged, stand.number, stand.state, stand.version, consequences)


def _amended(judged: Judged, number: str, state: str, version: int, consequences: tuple[Fault, ...]) -> Amended:
    return Amended(
        number=number,
        state=state,
        version=version,
        channel=judged.channel,
        decision=redacted(judged.decision, "declarant", lodged=True),
        changes=judged.changes,
        consequences=consequences,
    )


def late_consequence(declaration: Declaration) -> Fault:
    """TQ-LIF-005: what the law attaches to an amendment after the channel; told, and kept with the event."""
    values = {"instructed": "yes" if declaration.state == State.INSTRUCTED else "no"}
    return Fault(code=Code.TQ_LIF_005, value=declaration.number, values=values, severity="warning")


def check_words(reason: str) -> None:
    """TQ-LIF-006: an act on a declaration says why."""
    if not reason.strip():
        raise Refused((Fault(code=Code.TQ_LIF_006, path="reason"),))
    if len(reason) > MOST_WORDS:
        values = {"max": str(MOST_WORDS), "field": "reason"}
        raise Refused((Fault(code=Code.TQ_DEC_002, path="reason", value=reason[:40], values=values),))


def check_base(declaration: Declaration, base: int | None) -> None:
    """TQ-LIF-011: what was written on an older version would undo what came between."""
    if base is not None and base != declaration.version:
        raise Refused((Fault(code=Code.TQ_LIF_011, path="number", value=declaration.number),))


def _first_answer(actor: Actor, used: KeyUse, digest: bytes) -> Amended:
    """What the first request with this key got."""
    if used.digest != digest:
        raise Conflict(used.number, code=Code.TQ_API_001)
    kept = version_of(actor=actor, number=used.number, version=int(used.number[-1]))
    return Amended(
        number=used.number,
        state=kept.state,
        version=kept.version,
        channel=kept.channel,
        decision=redacted(kept.decision, "declarant", lodged=True),
        changes=kept.changes,
        consequences=kept.consequences,
        repeated=True,
    )
