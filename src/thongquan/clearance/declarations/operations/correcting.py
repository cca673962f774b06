"""Customs corrects a declaration itself: an officer proposes, a leader countersigns, and only then it is a version.

Legal basis: Customs Law 54/2014/QH13 Art. 29.4 and 32; Circular 38/2015/TT-BTC Art. 20 as amended; VNACCS output
messages for amendments by customs (AY, 2LY).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.operations.amending import Amended, check_base, check_words, new_version
from thongquan.clearance.declarations.operations.proposals import (
    check_second_person,
    close,
    proposed_document,
    put_forward,
    waiting,
)
from thongquan.clearance.declarations.operations.steps import locked_for, take_step
from thongquan.clearance.declarations.operations.versions import judge_version
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.states import Step
from thongquan.rules.document import Document


def propose_correction(
    *, actor: Actor, number: str, document: Document, reason: str, at: datetime, base: int | None = None
) -> Stand:
    """Put a correction forward. Raises `Refused` with every fault of the document, TQ-LIF-009 while another waits."""
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=Step.PROPOSE_CORRECTION)
        check_words(reason)
        check_base(declaration, base)
        judged = judge_version(declaration, document, at=at)
        put_forward(declaration, kind="correction", actor=actor, reason=reason, at=at, document=document)
        return take_step(
            actor=actor,
            number=number,
            step=Step.PROPOSE_CORRECTION,
            at=at,
            reason=reason,
            details={"changes": len(judged.changes)},
        )


def confirm_correction(*, actor: Actor, number: str, at: datetime, answer: str = "") -> Amended:
    """Countersign: the correction becomes a version. Raises `Refused` with TQ-LIF-008 for who proposed it."""
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=Step.CONFIRM_CORRECTION)
        proposal = waiting(declaration, "correction")
        check_second_person(proposal, actor)
        document = proposed_document(declaration, proposal)
        close(proposal, outcome="accepted", actor=actor, at=at, answer=answer)
        return new_version(
            declaration, document, step=Step.CONFIRM_CORRECTION, actor=actor, reason=proposal.reason, at=at
        )


def reject_correction(*, actor: Actor, number: str, reason: str, at: datetime) -> Stand:
    """The second signatory does not agree. Raises `Refused` with TQ-LIF-006, TQ-LIF-008, TQ-LIF-010."""
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=Step.REJECT_CORRECTION)
        proposal = waiting(declaration, "correction")
        check_second_person(proposal, actor)
        check_words(reason)
        close(proposal, outcome="refused", actor=actor, at=at, answer=reason)
        return take_step(actor=actor, number=number, step=Step.REJECT_CORRECTION, at=at, reason=reason)
