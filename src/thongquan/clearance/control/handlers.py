"""Answers to messages: green declarations are cleared by the program once nothing is missing."""

from __future__ import annotations

from collections.abc import Sequence

from thongquan.base.core.outbox import Message
from thongquan.clearance.control.operations.releasing import clear_by_itself
from thongquan.clearance.declarations.queries import stand_by_subject

CLEARING = frozenset({"declaration.settle", "declaration.report_check", "declaration.specialized_result"})
"""What can be the last thing that clearance waits for."""


def clear_settled(messages: Sequence[Message]) -> None:
    """Clear each settled declaration of the green channel whose conditions are met, once; the others are left."""
    latest = {message.subject: message for message in messages}
    for subject, message in latest.items():
        stand = stand_by_subject(subject)
        if stand is not None:
            clear_by_itself(stand=stand, at=message.at)
