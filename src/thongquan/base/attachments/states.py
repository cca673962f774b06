"""How far a file has been read. Reading moves a file once, from waiting to one of the ends."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a file stands."""

    WAITING = "waiting"
    READ = "read"
    UNREADABLE = "unreadable"


MOVES = {State.WAITING: frozenset({State.READ, State.UNREADABLE})}
MAX_TRIES = 3
"""After as many readers that died without a word a file is unreadable."""
