"""Answers to messages: parcels go when the books say that their batch is settled. Idempotent: the books are asked."""

from __future__ import annotations

from collections.abc import Sequence

from thongquan.base.core.outbox import Message
from thongquan.clearance.express.operations import release_settled

MONEY = frozenset({"liability.settled"})


def follow_money(messages: Sequence[Message]) -> None:
    """Release the parcels of settled batches; liabilities of anything else are left."""
    latest = {message.subject: message for message in messages}
    for subject, message in latest.items():
        release_settled(subject=subject, at=message.at)
