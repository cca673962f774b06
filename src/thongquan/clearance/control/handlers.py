"""Answers to messages: green declarations are cleared by the program once nothing is missing, and what the search for
the same goods under other codes found makes the channel stricter."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from thongquan.base.core.outbox import Message
from thongquan.clearance.control.operations.releasing import clear_by_itself
from thongquan.clearance.control.operations.searching import follow_search
from thongquan.clearance.declarations.queries import stand_by_subject, stands_by_subject

CLEARING = frozenset({"declaration.settle", "declaration.report_check", "declaration.specialized_result"})
"""What can be the last thing that clearance waits for."""


def clear_settled(messages: Sequence[Message]) -> None:
    """Clear each settled declaration of the green channel whose conditions are met, once; the others are left."""
    latest = {message.subject: message for message in messages}
    for subject, message in latest.items():
        stand = stand_by_subject(subject)
        if stand is not None:
            clear_by_itself(stand=stand, at=message.at)


SEARCHES = frozenset({"classification.searched"})


class _Searched(msgspec.Struct):
    alarms: int = 0


def follow_searches(messages: Sequence[Message]) -> None:
    """Let each search have its effect on the channel, and clear what waited for it alone. Idempotent."""
    stands = stands_by_subject({message.subject for message in messages})
    latest = {message.subject: message for message in messages}
    for subject, message in latest.items():
        if subject in stands:
            said = msgspec.json.decode(message.payload, type=_Searched)
            follow_search(stand=stands[subject], alarms=said.alarms, at=message.at)
