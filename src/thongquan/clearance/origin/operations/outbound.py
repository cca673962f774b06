"""Preparing, changing and handing over an application for an export certificate.

Legal basis: Decree 31/2018/NĐ-CP (text not at hand). Nothing here issues: see `outbound_answers` for what the issuer
said.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from django.db import connection, transaction
from django.utils.timezone import localdate

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import Conflict, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.origin.models import Outbound, OutboundEvent
from thongquan.clearance.origin.operations.steps import MOST_WORDS
from thongquan.clearance.origin.outbound_states import OUTBOUND_STEPS, OutboundState, OutboundStep
from thongquan.clearance.origin.permissions import check_may
from thongquan.clearance.origin.queries.outbound import (
    application_of,
    examined_application,
    outbound_in_scope,
    subject_of_outbound,
)
from thongquan.clearance.tariff.queries.current import current_law
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.origin.outbound import Application
from thongquan.rules.origin.outbound.examining import shaped
from thongquan.rules.text import storable

SHAPE = "origin_reference_shape"
ANY_SHAPE = "X{agreement}-{year}-{serial:06d}"
_NEXT = """
    INSERT INTO origin_outboundcounter (key, last) VALUES (%s, 1)
    ON CONFLICT (key) DO UPDATE SET last = origin_outboundcounter.last + 1 RETURNING last
"""


def prepare_outbound(
    *,
    actor: Actor,
    tax_code: str,
    trader_name: str,
    application: Application,
    at: datetime,
    office: str = "",
    replaces: Outbound | None = None,
) -> int:
    """Keep a draft of an application under a reference of its own; gives its identity.

    Raises `NotAllowed`; `Refused` with every fault of its shape (TQ-DEC-001 without agreement or form, and those of
    `rules.origin.outbound.examining.shaped`). What it is worth is told on its page and asked when it is handed over.
    """
    check_may(actor, OUTBOUND_STEPS[OutboundStep.SAVE].who, office="", tax_code=tax_code)
    application = _clean(application)
    _check_shape(application)
    with transaction.atomic():
        row = Outbound.objects.create(
            reference=next_reference(application.agreement, at),
            agreement=application.agreement,
            form=application.form,
            tax_code=tax_code,
            trader_name=storable(trader_name)[:300],
            office=office[:6],
            state=OutboundState.DRAFT,
            content=msgspec.to_builtins(application),
            made_at=at,
            made_by=actor.reference,
            replaces=replaces,
        )
        happened(row, OutboundStep.PREPARE, actor, at)
        return row.pk


def save_outbound(
    *, actor: Actor, outbound: int, application: Application, at: datetime, edition: int | None = None
) -> None:
    """Keep a changed draft, or one the issuer asks about.

    Raises `NotFound`, `NotAllowed`, `Conflict` when somebody else saved in between; `Refused` as `prepare_outbound` and
    with TQ-ORI-124.
    """
    application = _clean(application)
    with transaction.atomic():
        row = locked(actor, outbound, OutboundStep.SAVE)
        if edition is not None and edition != row.edition:
            raise Conflict(row.reference)
        _check_shape(application)
        row.agreement, row.form = application.agreement, application.form
        row.content, row.edition = msgspec.to_builtins(application), row.edition + 1
        take(row, OutboundStep.SAVE, actor, at, changed=("agreement", "form", "content", "edition"))


def submit_outbound(*, actor: Actor, outbound: int, at: datetime, words: str = "") -> None:
    """Hand an application to the issuer, complete and with goods that originate.

    Raises `NotFound`, `NotAllowed`; `Refused` with every fault of `rules.origin.outbound.examine` and TQ-ORI-124.
    """
    with transaction.atomic():
        row = locked(actor, outbound, OutboundStep.SUBMIT)
        faults = [one for one in examined_application(application_of(row), at).faults if one.severity == "error"]
        if faults:
            raise Refused(faults)
        row.handed_at = at
        take(row, OutboundStep.SUBMIT, actor, at, words=words, changed=("handed_at",))


def next_reference(agreement: str, at: datetime) -> str:
    """The next own reference, never given twice even to two at once; its shape is a dated parameter."""
    on = localdate(at)
    with connection.cursor() as sql:
        sql.execute(_NEXT, [f"{agreement}/{on.year}"])
        serial: int = sql.fetchone()[0]
    shape = current_law().parameter(SHAPE, on)
    return (shape.value if shape else ANY_SHAPE).format(agreement=agreement, year=on.year, serial=serial)[:40]


def locked(actor: Actor, outbound: int, step: OutboundStep) -> Outbound:
    """The application, locked until the transaction ends, when the actor may take the step and its state allows it.

    Raises `NotFound` outside the scope, `NotAllowed`, `Refused` with TQ-ORI-124.
    """
    if not outbound_in_scope(actor).filter(id=outbound).exists():
        raise NotFound(str(outbound))
    row = Outbound.objects.select_for_update().get(id=outbound)
    check_may(actor, OUTBOUND_STEPS[step].who, office="", tax_code=row.tax_code)
    check_opens(row, step)
    return row


def check_opens(row: Outbound, step: OutboundStep) -> None:
    """Raise `Refused` with TQ-ORI-124 when the state does not allow the step."""
    if OutboundState(row.state) not in OUTBOUND_STEPS[step].moves:
        values = {"step": step.value, "state": row.state}
        raise Refused([Fault(code=Code.TQ_ORI_124, path="state", value=row.reference, values=values)])


def take(
    row: Outbound, step: OutboundStep, actor: Actor, at: datetime, *, words: str = "", changed: tuple[str, ...] = ()
) -> None:
    """Set the state a step leads to, keep the columns that changed, write the story and tell others once."""
    row.state = OUTBOUND_STEPS[step].moves[OutboundState(row.state)]
    row.save(update_fields=["state", *changed])
    happened(row, step, actor, at, words=words)


def happened(row: Outbound, step: OutboundStep, actor: Actor, at: datetime, *, words: str = "") -> None:
    """Write a step into the story, the ledger and the outbox; words and names stay in the story."""
    kept = storable(words)[:MOST_WORDS]
    OutboundEvent.objects.create(outbound=row, step=step, at=at, actor=actor.reference, words=kept)
    kind, subject = f"outbound.{step}", subject_of_outbound(row)
    told = {"state": row.state, "agreement": row.agreement, "form": row.form, "number": row.issued_number}
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=told)
    announce(kind=kind, subject=subject, payload=told, at=at)


def _check_shape(application: Application) -> None:
    """Raise `Refused` with all that even a draft may not hold."""
    faults = [
        Fault(code=Code.TQ_DEC_001, path=name) for name in ("agreement", "form") if not getattr(application, name)
    ]
    if faults := faults + shaped(application):
        raise Refused(faults)


def _clean(application: Application) -> Application:
    """Every text composed and without the character no database takes."""
    return msgspec.convert(_cleaned(msgspec.to_builtins(application)), Application)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {name: _cleaned(part) for name, part in value.items()}
    return [_cleaned(part) for part in value] if isinstance(value, list) else value
