"""Changes that wait for another person: put forward once, decided once, kept for good."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.db import IntegrityError, transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.models import Declaration, Proposal
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document
from thongquan.rules.encoding import decoded_document, encoded

Kind = Literal["amendment", "correction", "cancellation"]


def put_forward(
    declaration: Declaration,
    *,
    kind: Kind,
    actor: Actor,
    reason: str,
    at: datetime,
    document: Document | None = None,
    ground: str = "",
) -> Proposal:
    """Keep a proposal on a locked declaration. Raises `Refused` with TQ-LIF-009 while another of its kind waits."""
    try:
        with transaction.atomic():
            return Proposal.objects.create(
                declaration=declaration,
                kind=kind,
                base=declaration.version,
                document=encoded(document) if document is not None else b"",
                ground=ground,
                reason=reason,
                by=actor.reference,
                at=at,
            )
    except IntegrityError:
        raise Refused((Fault(code=Code.TQ_LIF_009, value=declaration.number),)) from None


def waiting(declaration: Declaration, kind: Kind) -> Proposal:
    """The proposal that waits. Raises `Refused` with TQ-LIF-010."""
    found = Proposal.objects.filter(declaration=declaration, kind=kind, outcome="").first()
    if found is None:
        raise Refused((Fault(code=Code.TQ_LIF_010, value=declaration.number),))
    return found


def proposed_document(declaration: Declaration, proposal: Proposal) -> Document:
    """What it asks for. Raises `Refused` with TQ-LIF-011 when the declaration was amended since."""
    if proposal.base != declaration.version:
        raise Refused((Fault(code=Code.TQ_LIF_011, path="number", value=declaration.number),))
    return decoded_document(bytes(proposal.document))


def close(
    proposal: Proposal, *, outcome: Literal["accepted", "refused"], actor: Actor, at: datetime, answer: str
) -> None:
    """Write down how it ended."""
    proposal.outcome, proposal.decided_by, proposal.decided_at, proposal.answer = outcome, actor.reference, at, answer
    proposal.save(update_fields=["outcome", "decided_by", "decided_at", "answer"])


def check_second_person(proposal: Proposal, actor: Actor) -> None:
    """TQ-LIF-008: nobody decides what they proposed themselves."""
    if proposal.by == actor.reference:
        raise Refused((Fault(code=Code.TQ_LIF_008),))
