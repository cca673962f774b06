"""States of a paper being entered."""

from __future__ import annotations

from enum import StrEnum


class EntryState(StrEnum):
    """Where a paper stands: with the machine, with a person, or at an end."""

    READING = "reading"
    READY = "ready"
    FAILED = "failed"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


OPEN = frozenset({EntryState.READY, EntryState.FAILED})
"""What a person may still confirm (from the image alone, where the machine failed) or drop."""
