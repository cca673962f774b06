"""States of a consultation on the customs value and the one table of its steps: from where to where, who may, by what.

Legal basis: Customs Law 54/2014/QH13 Art. 36 (goods may be released while the final tax is open); Circular
39/2015/TT-BTC (consultation; text not at hand, its days are parameters, unverified).
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a consultation stands."""

    OPENED = "opened"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Step(StrEnum):
    """What may be done in a consultation."""

    OPEN = "open"
    ASK = "ask"
    ANSWER = "answer"
    NOTE = "note"
    DETERMINE = "determine"
    WITHDRAW = "withdraw"
    PROPOSE = "propose"
    RETURN = "return"
    DECIDE = "decide"


class Rule(NamedTuple):
    """From which states a step leads where, the permission it asks for, and its legal basis."""

    moves: dict[State, State]
    who: str
    source: str


_WORK = {State.OPENED: State.OPENED}
_LAW = "unverified: Circular 39/2015/TT-BTC, text not at hand"
_TWO = "House rule, not law"

STEPS: dict[Step, Rule] = {
    Step.ASK: Rule(_WORK, "valuation.consult", _LAW),
    Step.ANSWER: Rule(_WORK, "valuation.answer", _LAW),
    Step.NOTE: Rule({state: state for state in State}, "valuation.consult", _TWO),
    Step.DETERMINE: Rule(_WORK, "valuation.consult", "Decree 08/2015/NĐ-CP Art. 20; Circular 39/2015/TT-BTC"),
    Step.WITHDRAW: Rule(_WORK, "valuation.consult", _TWO),
    Step.PROPOSE: Rule({State.OPENED: State.PROPOSED}, "valuation.consult", _TWO),
    Step.RETURN: Rule({State.PROPOSED: State.OPENED}, "valuation.decide", _TWO),
    Step.DECIDE: Rule({State.PROPOSED: State.ACCEPTED}, "valuation.decide", _LAW),
}
"""A decision leads to `accepted`, or to `rejected` where that was proposed."""
OPEN = frozenset({State.OPENED, State.PROPOSED})
"""Until it is decided, what customs found is not the trader's to read."""
ACCEPTED, REJECTED = "accepted", "rejected"
PROPOSED, CONFIRMED, WITHDRAWN = "proposed", "confirmed", "withdrawn"
"""States of a reference price: it counts while it is confirmed."""
