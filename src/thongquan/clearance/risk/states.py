"""States of a risk profile and the one table of its steps: from where to where, and who may.

Legal basis: Customs Law 54/2014/QH13 Art. 17; Circular 81/2019/TT-BTC Art. 16-17. Two people stand behind every
profile that is live, and one behind every retirement.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a profile stands; `retiring` is live still, its retirement proposed."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    LIVE = "live"
    RETIRING = "retiring"
    RETIRED = "retired"
    DISCARDED = "discarded"


class Step(StrEnum):
    """What may be done with a profile."""

    START = "start"
    EDIT = "edit"
    TRY = "try"
    PROPOSE = "propose"
    RETURN = "return"
    APPROVE = "approve"
    DISCARD = "discard"
    PROPOSE_RETIREMENT = "propose_end"
    KEEP = "keep"
    RETIRE = "retire"
    REVISE = "revise"
    PAUSE = "pause"
    MISS = "miss"


class Rule(NamedTuple):
    """From which states a step leads where, and the permission it asks for."""

    moves: dict[State, State]
    who: str


STEPS: dict[Step, Rule] = {
    Step.EDIT: Rule({State.DRAFT: State.DRAFT}, "risk.draft"),
    Step.TRY: Rule({State.DRAFT: State.DRAFT, State.PROPOSED: State.PROPOSED}, "risk.try"),
    Step.PROPOSE: Rule({State.DRAFT: State.PROPOSED}, "risk.draft"),
    Step.RETURN: Rule({State.PROPOSED: State.DRAFT}, "risk.approve"),
    Step.APPROVE: Rule({State.PROPOSED: State.LIVE}, "risk.approve"),
    Step.DISCARD: Rule({State.DRAFT: State.DISCARDED}, "risk.draft"),
    Step.PROPOSE_RETIREMENT: Rule({State.LIVE: State.RETIRING}, "risk.try"),
    Step.KEEP: Rule({State.RETIRING: State.LIVE}, "risk.approve"),
    Step.RETIRE: Rule({State.RETIRING: State.RETIRED, State.LIVE: State.RETIRED}, "risk.approve"),
    Step.REVISE: Rule({State.LIVE: State.LIVE, State.RETIRING: State.RETIRING}, "risk.draft"),
}
LIVE = (State.LIVE, State.RETIRING)
