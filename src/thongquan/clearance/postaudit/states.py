"""States of an audit after clearance and the one table of its steps: from where to where, who may, by which law.

Legal basis: Customs Law 54/2014/QH13 Art. 77-80; Law on Complaints (unverified) for objection and appeal.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where an audit stands."""

    OPENED = "opened"
    PROPOSED = "proposed"
    CONCLUDED = "concluded"
    OBJECTED = "objected"
    ANSWERED = "answered"
    APPEALED = "appealed"
    FINAL = "final"


class Step(StrEnum):
    """What may be done in an audit."""

    OPEN = "open"
    PLAN = "plan"
    ASK = "ask"
    ANSWER = "answer"
    NOTE = "note"
    FIND = "find"
    WITHDRAW = "withdraw"
    RECALCULATE = "recalculate"
    EXTEND = "extend"
    PROPOSE = "propose"
    RETURN = "return"
    SIGN = "sign"
    OBJECT = "object"
    DECIDE_OBJECTION = "decide_objection"
    APPEAL = "appeal"
    DECIDE_APPEAL = "decide_appeal"


class Rule(NamedTuple):
    """From which states a step leads where, the permission it asks for, and its legal basis."""

    moves: dict[State, State]
    who: str
    source: str


_WORK = {State.OPENED: State.OPENED}
_LAW = "Customs Law 54/2014/QH13 Art. 77-80"
_COMPLAINTS = "Law on Complaints 02/2011/QH13 (unverified)"

STEPS: dict[Step, Rule] = {
    Step.PLAN: Rule(_WORK, "postaudit.audit", _LAW),
    Step.ASK: Rule(_WORK, "postaudit.audit", _LAW),
    Step.ANSWER: Rule(_WORK, "postaudit.answer", _LAW),
    Step.NOTE: Rule({state: state for state in State}, "postaudit.audit", _LAW),
    Step.FIND: Rule(_WORK, "postaudit.audit", _LAW),
    Step.WITHDRAW: Rule(_WORK, "postaudit.audit", _LAW),
    Step.RECALCULATE: Rule(_WORK, "postaudit.audit", _LAW),
    Step.EXTEND: Rule(_WORK, "postaudit.sign", "Customs Law 54/2014/QH13 Art. 80"),
    Step.PROPOSE: Rule({State.OPENED: State.PROPOSED}, "postaudit.audit", _LAW),
    Step.RETURN: Rule({State.PROPOSED: State.OPENED}, "postaudit.sign", _LAW),
    Step.SIGN: Rule({State.PROPOSED: State.CONCLUDED}, "postaudit.sign", _LAW),
    Step.OBJECT: Rule({State.CONCLUDED: State.OBJECTED}, "postaudit.answer", _COMPLAINTS),
    Step.DECIDE_OBJECTION: Rule({State.OBJECTED: State.ANSWERED}, "postaudit.sign", _COMPLAINTS),
    Step.APPEAL: Rule({State.ANSWERED: State.APPEALED}, "postaudit.answer", _COMPLAINTS),
    Step.DECIDE_APPEAL: Rule({State.APPEALED: State.FINAL}, "postaudit.decide_appeal", _COMPLAINTS),
}
OPEN = frozenset({State.OPENED, State.PROPOSED})
"""Until the conclusion is signed: its findings are not the trader's to read."""
