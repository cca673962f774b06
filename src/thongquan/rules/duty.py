"""Which officers on duty a task falls to: the same task and roster always give the same officers.

Legal basis: Customs Law 54/2014/QH13 Art. 33-34 (inspection by customs officers). That officers are drawn and not
chosen is a measure of this system against arrangement. The secret never leaves customs: neither officer nor declarant
can tell or steer who is drawn, and somebody who joins or leaves the roster changes nobody else's place in the order.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from datetime import date


def order_of_officers(subject: str, day: date, officers: Collection[str], *, secret: bytes) -> tuple[str, ...]:
    """Give the officers in the order in which the task of that day falls to them, by HMAC-SHA256."""
    return tuple(sorted(set(officers), key=lambda one: (_place(subject, day, one, secret), one)))


def drawn_officers(
    subject: str, day: date, officers: Collection[str], *, count: int, avoided: Collection[str] = (), secret: bytes
) -> tuple[str, ...]:
    """Draw `count` officers; those to be avoided come last, so only when the others are too few. May give fewer."""
    order = order_of_officers(subject, day, officers, secret=secret)
    free = [one for one in order if one not in avoided]
    conflicted = [one for one in order if one in avoided]
    return tuple((free + conflicted)[:count])


def _place(subject: str, day: date, officer: str, secret: bytes) -> bytes:
    return hmac.digest(secret, f"{subject}\n{day.isoformat()}\n{officer}".encode(), "sha256")
