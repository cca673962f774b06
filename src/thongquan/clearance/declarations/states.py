"""States of a declaration and the table of allowed transitions.

Legal basis: Customs Law 54/2014/QH13 Art. 29; Circular 38/2015/TT-BTC Art. 18-22 as amended. The later states come with
the rooms that lead to them.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a declaration stands."""

    REGISTERED = "registered"
    CHANNELED = "channeled"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.REGISTERED: frozenset({State.CHANNELED}),
    State.CHANNELED: frozenset(),
}
