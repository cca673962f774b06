"""States of a violation case and the one table of its steps.

Legal basis: Law on the handling of administrative violations (shape: proposed by one officer, decided by another);
Decree 169/2026/NĐ-CP.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    PROPOSED = "proposed"
    DECIDED = "decided"
    DROPPED = "dropped"
    ANNULLED = "annulled"


class Step(StrEnum):
    """What may be done with a case."""

    RECORD = "record"
    PROPOSE = "propose"
    RETURN = "return"
    DECIDE = "decide"
    DROP = "drop"
    ANNUL = "annul"
    WITHDRAW = "withdraw"


class Rule(NamedTuple):
    """From which states a step leads where, and the permission it asks for."""

    moves: dict[State, State]
    who: str


STEPS: dict[Step, Rule] = {
    Step.RECORD: Rule({State.OPEN: State.OPEN}, "violations.record"),
    Step.PROPOSE: Rule({State.OPEN: State.PROPOSED}, "violations.propose"),
    Step.RETURN: Rule({State.PROPOSED: State.OPEN}, "violations.decide"),
    Step.DECIDE: Rule({State.PROPOSED: State.DECIDED}, "violations.decide"),
    Step.DROP: Rule({State.OPEN: State.DROPPED, State.PROPOSED: State.DROPPED}, "violations.decide"),
    Step.ANNUL: Rule({State.DECIDED: State.ANNULLED}, "violations.annul"),
    Step.WITHDRAW: Rule(
        {State.OPEN: State.OPEN, State.PROPOSED: State.OPEN, State.DECIDED: State.DECIDED}, "violations.decide"
    ),
}
NOTHING_LEFT = {State.OPEN: State.DROPPED, State.PROPOSED: State.DROPPED, State.DECIDED: State.ANNULLED}
"""Where a case ends when its last finding is withdrawn."""
SERVED = frozenset({State.DECIDED, State.ANNULLED})
"""What the trader was told of and may read."""
