"""Taking a step: the one way in which a lodged declaration changes its state.

Legal basis: each step carries its own (`states.STEPS`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.declarations.models import Declaration, Event
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.declarations.operations.placing import COLUMNS, place_declaration
from thongquan.clearance.declarations.permissions import check_may
from thongquan.clearance.declarations.queries import Stand, stand_from
from thongquan.clearance.declarations.states import STEPS, State, Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def take_step(
    *,
    actor: Actor,
    number: str,
    step: Step,
    at: datetime,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    details: Mapping[str, object] | None = None,
    channel: int | None = None,
    assigned_to: str | None = None,
) -> Stand:
    """Move a declaration along, and write its event, one ledger row and one message, in the caller's transaction.

    `reason` and `data` (JSON) stay with the event; `details` (no personal data) go into the ledger. `channel` is the
    new one where the step changes it, `assigned_to` the officer. The columns of queues follow. Raises `NotFound`
    outside the actor's scope, `NotAllowed`, and `Refused` with TQ-LIF-001 when its state does not allow the step.
    """
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=step)
        before = State(declaration.state)
        after = STEPS[step].moves[before]
        declaration.state, declaration.channel = after, channel or declaration.channel
        if assigned_to is not None:
            declaration.assigned_to = assigned_to
        Event.objects.create(
            declaration=declaration,
            kind=step,
            state=after,
            at=at,
            actor=actor.reference,
            reason=reason,
            data=dict(data or {}),
        )
        place_declaration(declaration, at=at)
        declaration.save(update_fields=["state", "channel", "assigned_to", *COLUMNS])
        stand = stand_from(declaration)
        _tell(stand, step, actor, at, details or {})
        return stand


def locked_for(*, actor: Actor, number: str, step: Step) -> Declaration:
    """The row, locked, of a declaration with which this actor may take this step now; raises as `take_step` does."""
    declaration = locked_declaration(number)
    rule = STEPS[step]
    check_may(actor, rule.who, office=declaration.office, tax_code=declaration.tax_code)
    state = State(declaration.state)
    if state not in rule.moves:
        raise Refused((wrong_state(declaration.number, state, step),))
    return declaration


def locked_declaration(number: str) -> Declaration:
    """The row of a declaration, by any of its numbers, locked until the transaction ends. Raises `NotFound`."""
    found = Declaration.objects.select_for_update().filter(id=key_of_number(number)).first()
    if found is None:
        raise NotFound(number)
    return found


def wrong_state(number: str, state: State, step: Step) -> Fault:
    """TQ-LIF-001: the step is not open to a declaration in this state."""
    values = {"step": step.value, "state": state.value}
    return Fault(code=Code.TQ_LIF_001, path="state", value=number, values=values)


def _tell(stand: Stand, step: Step, actor: Actor, at: datetime, details: Mapping[str, object]) -> None:
    kind = f"declaration.{step}"
    told = {"number": stand.number, "state": stand.state, "channel": stand.channel, **details}
    record(action=kind, subject=stand.subject, actor=actor.reference, at=at, details=told)
    payload = {"number": stand.number, "office": stand.office, "flow": stand.flow, "state": stand.state}
    announce(kind=kind, subject=stand.subject, payload=payload, at=at)
