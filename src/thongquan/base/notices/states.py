"""States of webhooks and of what they carry, and when a failed delivery is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class EndpointState(StrEnum):
    """`disabled` is what the program does after days of failures; `paused` what a person does."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"
    DELETED = "deleted"


class DeliveryState(StrEnum):
    """`held` waits for its endpoint to be switched on again; `given_up` may be replayed."""

    WAITING = "waiting"
    HELD = "held"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=1)
DISABLE_AFTER = timedelta(days=5)
KEPT = timedelta(days=30)
OLD_SECRET_FOR = timedelta(days=1)
STALE = timedelta(minutes=2)
"""A worker that has had something in hand for so long is taken to be dead."""


def pause_after(tries: int, chance: float) -> timedelta:
    """How long to wait after so many failed tries: four times longer each time, between half of it and all of it.

    `chance` in [0, 1) spreads the tries of many, so that a server that comes back is not run over.
    """
    longest = min(FIRST_PAUSE * int(4 ** min(tries - 1, 12)), LONGEST_PAUSE)
    return longest * (0.5 + chance / 2)


def next_try(*, tries: int, since: datetime, at: datetime, chance: float) -> datetime | None:
    """When a failed delivery is tried again; None when a day of tries is over."""
    then = at + pause_after(tries, chance)
    return then if then - since <= GIVE_UP_AFTER else None


class MailState(StrEnum):
    """Where the e-mail of a notice stands."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"


NOTICES_KEPT = timedelta(days=365)
