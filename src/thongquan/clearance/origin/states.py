"""States of a certificate of origin and the one table of its steps: from where to where, who may, by which law.

Legal basis: Circular 33/2023/TT-BTC Art. 12, 15 (acceptance), 19 (doubt: MFN while it is verified), 22 (use in parts).
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a certificate stands."""

    REGISTERED = "registered"
    ACCEPTED = "accepted"
    DOUBTED = "doubted"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


class Step(StrEnum):
    """What may be done with a certificate."""

    REGISTER = "register"
    CHECK = "check"
    ACCEPT = "accept"
    DOUBT = "doubt"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    USE = "use"
    GIVE_BACK = "give_back"
    AGAIN = "again"


class Rule(NamedTuple):
    """From which states a step leads where, the permission it asks for, and its legal basis."""

    moves: dict[State, State]
    who: str
    source: str


_R, _A, _D, _W, _X = State
_C33 = "Circular 33/2023/TT-BTC Art. {}"
STEPS: dict[Step, Rule] = {
    Step.CHECK: Rule({_R: _R, _A: _A, _D: _D}, "origin.work", _C33.format("15")),
    Step.ACCEPT: Rule({_R: _A, _D: _A}, "origin.work", _C33.format("15")),
    Step.DOUBT: Rule({_R: _D, _A: _D}, "origin.work", _C33.format("19")),
    Step.REFUSE: Rule({_R: _X, _A: _X, _D: _X}, "origin.sign", _C33.format("15, 19")),
    Step.WITHDRAW: Rule({_R: _W, _A: _W, _D: _W}, "origin.register", _C33.format("15")),
    Step.USE: Rule({_R: _R, _A: _A}, "origin.use", _C33.format("22")),
    Step.GIVE_BACK: Rule({state: state for state in State}, "origin.use", _C33.format("22")),
}
