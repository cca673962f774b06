"""Answers to messages: what was lodged, amended or ended is copied into the index and held against all other lines."""

from __future__ import annotations

from collections.abc import Sequence

from thongquan.base.core.outbox import Message
from thongquan.clearance.classification.operations.finding import search_declarations
from thongquan.clearance.classification.subjects import given_of, key_of

CHANGED = frozenset(
    {
        "declaration.lodged",
        "declaration.amend",
        "declaration.complete",
        "declaration.amend_after",
        "declaration.confirm_correction",
        "declaration.cancel",
        "declaration.expire",
    }
)
"""After these a declaration has other lines, or none that count."""


def follow_lines(messages: Sequence[Message]) -> None:
    """Search for what these declarations declare now. Idempotent: a version is copied and searched once."""
    keys = {key_of(message.subject) for message in messages} - {0}
    search_declarations(given=given_of(keys), at=messages[-1].at)
