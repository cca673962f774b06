"""Answers to messages: officers' steps are copied as they happen."""

from __future__ import annotations

from collections.abc import Sequence

from thongquan.base.core.outbox import Message
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.integrity.operations.copying import KEPT, copy_acts

ACTED = frozenset(f"declaration.{step}" for step in KEPT)


def follow_acts(messages: Sequence[Message]) -> None:
    """Copy the acts of the declarations that these messages are about. Idempotent."""
    copy_acts({key_of_number(message.subject.partition(":")[2]) for message in messages} - {0})
