"""Answers to events of rooms below: decided acts of violation."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from thongquan.base.core.outbox import Message
from thongquan.clearance.risk.operations.copying import keep_acts

VIOLATIONS = frozenset({"violation.decided", "violation.annulled", "violation.withdrawn"})


class _Whose(msgspec.Struct, frozen=True):
    """The trader of a case: all that is wanted of the message."""

    tax_code: str = ""


def follow_violations(messages: Sequence[Message]) -> None:
    """Copy anew the acts of the traders whose cases changed."""
    codes = {msgspec.json.decode(message.payload, type=_Whose).tax_code for message in messages} - {""}
    keep_acts(codes, at=messages[-1].at)
