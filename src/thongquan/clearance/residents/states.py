"""States of a resident's short declaration and the one table of its steps: from where to where, who may, by which law.

Legal basis: Circular 80/2019/TT-BTC Art. 4 (goods that merchants gather), 6 (own forms), 7 (quota, inspection, payment
at the gate; release and supervision are confirmed on the form). Where a step leads to its own state again, it is an
event of the story that changes nothing else.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a short declaration stands."""

    PREPARED = "prepared"
    REGISTERED = "registered"
    INSPECTED = "inspected"
    HELD = "held"
    PAID = "paid"
    RELEASED = "released"
    AT_MARKET = "at_market"
    COLLECTED = "collected"
    FREED = "freed"
    EXITED = "exited"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What can happen to a short declaration; also the kind of its event, ledger row and message."""

    PREPARE = "prepare"
    REGISTER = "register"
    ORDER_INSPECTION = "order_inspection"
    INSPECT = "inspect"
    HOLD = "hold"
    PAY = "pay"
    RELEASE = "release"
    ADMIT = "admit"
    COLLECT = "collect"
    GIVE_BACK = "give_back"
    FREE = "free"
    EXIT = "exit"
    REFUSE = "refuse"
    CANCEL = "cancel"


class Rule(NamedTuple):
    """A step: where it leads from each state that allows it, the permission it needs, and its legal basis."""

    moves: dict[State, State]
    who: str
    source: str


def _to(state: State, *sources: State) -> dict[State, State]:
    return dict.fromkeys(sources, state)


_ART4, _ART6, _ART7 = (f"Circular 80/2019/TT-BTC Art. {number}" for number in (4, 6, 7))
_WORK = "residents.work"

STEPS: dict[Step, Rule] = {
    Step.REGISTER: Rule(_to(State.REGISTERED, State.PREPARED), _WORK, _ART6),
    Step.ORDER_INSPECTION: Rule(_to(State.REGISTERED, State.REGISTERED), "residents.lead", _ART7),
    Step.INSPECT: Rule(_to(State.INSPECTED, State.REGISTERED, State.HELD), _WORK, _ART7),
    Step.HOLD: Rule(_to(State.HELD, State.REGISTERED), _WORK, _ART7),
    Step.PAY: Rule(_to(State.PAID, State.REGISTERED, State.INSPECTED), "residents.collect", _ART7),
    Step.RELEASE: Rule(
        _to(State.RELEASED, State.REGISTERED, State.INSPECTED, State.PAID, State.AT_MARKET), _WORK, _ART7
    ),
    Step.ADMIT: Rule(_to(State.AT_MARKET, State.REGISTERED, State.INSPECTED), _WORK, _ART4),
    Step.COLLECT: Rule(_to(State.COLLECTED, State.RELEASED, State.AT_MARKET), "residents.gather", _ART4),
    Step.GIVE_BACK: Rule(_to(State.AT_MARKET, State.COLLECTED), "residents.gather", _ART4),
    Step.FREE: Rule(_to(State.FREED, State.COLLECTED), "system", _ART4),
    Step.EXIT: Rule(_to(State.EXITED, State.RELEASED, State.FREED), _WORK, _ART7),
    Step.REFUSE: Rule(
        _to(State.REFUSED, State.REGISTERED, State.INSPECTED, State.HELD, State.PAID, State.AT_MARKET), _WORK, _ART6
    ),
    Step.CANCEL: Rule(
        _to(State.CANCELLED, State.PREPARED, State.REGISTERED, State.INSPECTED, State.HELD, State.PAID), _WORK, _ART6
    ),
}
"""The table. PREPARE makes a form and therefore leads from nowhere."""

PASSED = (State.PAID, State.RELEASED, State.AT_MARKET, State.COLLECTED, State.FREED, State.EXITED)
"""No form whose goods must be inspected reaches these before they were: the database refuses it too."""
ENDED = frozenset({State.EXITED, State.REFUSED, State.CANCELLED})
GIVING_BACK = frozenset({Step.REFUSE, Step.CANCEL})
"""After these the person has the quota again."""
