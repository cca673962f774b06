"""Writing a change in the form: a draft made from the document in force, opened at the field it is about, and sent."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import Conflict
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.formats.content import content_of
from thongquan.clearance.declarations.models import Draft
from thongquan.clearance.declarations.numbers import key_of_number, subject_of
from thongquan.clearance.declarations.operations.correcting import propose_correction
from thongquan.clearance.declarations.operations.drafts import new_draft
from thongquan.clearance.declarations.operations.incomplete import complete_declaration
from thongquan.clearance.declarations.operations.requesting import request_amendment
from thongquan.clearance.declarations.operations.signed import amend_signed
from thongquan.clearance.declarations.operations.steps import locked_for
from thongquan.clearance.declarations.operations.versions import document_now, judge_version
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.revenue.operations.exemption_uses import exemption_faults
from thongquan.rules.clearance import redacted
from thongquan.rules.decision import Decision, Fault
from thongquan.rules.document import Document

STEP_OF = {
    "amend": Step.AMEND,
    "complete": Step.COMPLETE,
    "request": Step.REQUEST_AMENDMENT,
    "correct": Step.PROPOSE_CORRECTION,
}
"""The step that a draft of each purpose ends in."""


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a change: the number now, and what follows from it."""

    number: str
    consequences: tuple[Fault, ...] = ()


def start_change(*, actor: Actor, number: str, purpose: str, at: datetime, focus: str = "") -> Draft:
    """The draft of a change, the open one of this person where there is one on this very version.

    Raises `NotFound`, `NotAllowed`, and `Refused` with TQ-LIF-001 where the state does not allow the step.
    """
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=STEP_OF[purpose])
        known = Draft.objects.filter(
            owner_id=actor.user_id, purpose=purpose, amends=declaration.number, lodged_number=""
        ).first()
        if known is not None:
            known.focus = focus
            known.save(update_fields=["focus"])
            return known
        content = content_of(document_now(declaration)).stored()
        return new_draft(
            actor=actor, content=content, at=at, purpose=purpose, amends=declaration.number, focus=focus[:80]
        )


def decide_change(*, actor: Actor, number: str, purpose: str, document: Document, at: datetime) -> Decision:
    """What would be decided on a change: validity and duties, no channel. Stores nothing. Raises `Refused`."""
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=STEP_OF[purpose])
        judged = judge_version(declaration, document, at=at)
        subject = subject_of(declaration.id)
        if faults := exemption_faults(document=document, on=judged.facts.law.on, subject=subject):
            raise Refused(faults)
        return redacted(judged.decision, "declarant", lodged=False)


def send_change(*, actor: Actor, draft: Draft, document: Document, reason: str, at: datetime) -> Sent:
    """Send a draft's change as its purpose says. Raises what the operation of that purpose raises."""
    number, base = draft.amends, int(draft.amends[-1])
    if draft.purpose == "amend":
        key = f"draft:{draft.pk}"
        amended = amend_signed(
            actor=actor,
            number=number,
            document=document,
            reason=reason,
            body=b"",
            signature="",
            at=at,
            door="form",
            base=base,
            idempotency_key=key,
        )
        return Sent(number=amended.number, consequences=amended.consequences)
    if draft.purpose == "complete":
        completed = complete_declaration(
            actor=actor, number=number, document=document, reason=reason, body=b"", signature="", at=at, door="form"
        )
        return Sent(number=completed.number, consequences=completed.consequences)
    if draft.purpose == "request":
        stand, told = request_amendment(actor=actor, number=number, document=document, reason=reason, at=at, base=base)
        return Sent(number=stand.number, consequences=told)
    if draft.purpose == "correct":
        proposed = propose_correction(actor=actor, number=number, document=document, reason=reason, at=at, base=base)
        return Sent(number=proposed.number)
    raise Conflict(str(key_of_number(number)))
