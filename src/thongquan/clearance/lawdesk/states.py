"""States of a workbasket and the one table of its steps: from where to where, and who may.

Legal basis: none of its own; what becomes law is decided elsewhere. Two people stand behind every release of it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a workbasket stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class Step(StrEnum):
    """What may be done with a workbasket."""

    START = "start"
    EDIT = "edit"
    TRY = "try"
    PROPOSE = "propose"
    RETURN = "return"
    APPROVE = "approve"
    DISCARD = "discard"
    REVERSE = "reverse"


class Rule(NamedTuple):
    """From which states a step leads where, and the permission it asks for."""

    moves: dict[State, State]
    who: str


STEPS: dict[Step, Rule] = {
    Step.EDIT: Rule({State.DRAFT: State.DRAFT}, "lawdesk.draft"),
    Step.TRY: Rule({State.DRAFT: State.DRAFT, State.PROPOSED: State.PROPOSED}, "lawdesk.try"),
    Step.PROPOSE: Rule({State.DRAFT: State.PROPOSED}, "lawdesk.draft"),
    Step.RETURN: Rule({State.PROPOSED: State.DRAFT}, "lawdesk.approve"),
    Step.APPROVE: Rule({State.PROPOSED: State.PUBLISHED}, "lawdesk.approve"),
    Step.DISCARD: Rule({State.DRAFT: State.DISCARDED}, "lawdesk.draft"),
    Step.REVERSE: Rule({State.PUBLISHED: State.PUBLISHED}, "lawdesk.draft"),
}
