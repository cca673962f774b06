"""Answers to events: what lodging, release, cancellation and penalties mean for money. Every handler is idempotent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from thongquan.base.core.outbox import Message
from thongquan.clearance.revenue.operations.assessing import note_release, post_fine, void_fine, void_liability
from thongquan.clearance.revenue.operations.exemption_uses import give_back
from thongquan.clearance.revenue.operations.opening import BOOKKEEPER, book_lodged

LODGED = frozenset({"declaration.lodged"})
STEPS = frozenset({"declaration.release", "declaration.clear", "declaration.cancel", "declaration.expire"})
PENALTIES = frozenset({"violation.decided", "violation.annulled", "violation.withdrawn"})


def post_lodged(messages: Sequence[Message]) -> None:
    """Bring lodged declarations into the books, a batch at once."""
    offices = {message.subject: str(msgspec.json.decode(message.payload).get("office") or "") for message in messages}
    book_lodged(subjects=offices, at=messages[-1].at)


def follow_steps(messages: Sequence[Message]) -> None:
    """Release and clearance start deadlines; a declaration that ended owes nothing more."""
    for message in messages:
        if message.kind in ("declaration.release", "declaration.clear"):
            note_release(subject=message.subject, actor=BOOKKEEPER, at=message.at)
        else:
            reason = message.kind.partition(".")[2]
            void_liability(subject=message.subject, reason=reason, actor=BOOKKEEPER, at=message.at)
            give_back(subject=message.subject, at=message.at)


def post_penalties(messages: Sequence[Message]) -> None:
    """Post the fine of a decision to the case, and take it back when the decision is annulled; no fine, no posting."""
    for message in messages:
        payload = msgspec.json.decode(message.payload)
        amount = Decimal(payload["fine_vnd"])
        if not amount:
            continue
        act = post_fine if message.kind == "violation.decided" else void_fine
        act(
            subject=message.subject,
            tax_code=payload["tax_code"],
            office=payload["office"],
            amount_vnd=amount,
            source=f"{message.kind}:{message.id}",
            actor=BOOKKEEPER,
            at=message.at,
        )
