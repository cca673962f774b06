"""Answers to events of rooms below: cases of risk that propose an audit."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from thongquan.base.core.outbox import Message
from thongquan.clearance.postaudit.operations.proposing import Proposed, take_proposals

PROPOSED = frozenset({"risk.asked_audit"})


def follow_proposals(messages: Sequence[Message]) -> None:
    """Put the declarations before those who audit. Idempotent."""
    take_proposals([msgspec.json.decode(message.payload, type=Proposed) for message in messages], at=messages[-1].at)
