"""States of a question to the office and the one table of its steps: from where to where, and whose side may.

Legal basis: none in the facts at hand prescribes this conversation; how long an answer may take is the parameter
`question_answer_hours`, marked unverified.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a question stands: it waits for the office, for the one who asked, or it is settled."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Step(StrEnum):
    """What is said in a thread."""

    ASK = "ask"
    FOLLOW = "follow"
    ANSWER = "answer"
    CLOSE = "close"
    REOPEN = "reopen"


class Side(StrEnum):
    """Who speaks: the trader of the declaration, or customs of its office."""

    TRADER = "trader"
    CUSTOMS = "customs"


class Rule(NamedTuple):
    """From which states a step leads where, and which sides may take it."""

    moves: dict[State, State]
    sides: frozenset[Side]


TRADER, CUSTOMS = frozenset({Side.TRADER}), frozenset({Side.CUSTOMS})
STEPS: dict[Step, Rule] = {
    Step.FOLLOW: Rule({State.OPEN: State.OPEN, State.ANSWERED: State.OPEN}, TRADER),
    Step.ANSWER: Rule({State.OPEN: State.ANSWERED, State.ANSWERED: State.ANSWERED}, CUSTOMS),
    Step.CLOSE: Rule({State.ANSWERED: State.CLOSED}, TRADER | CUSTOMS),
    Step.REOPEN: Rule({State.CLOSED: State.OPEN}, TRADER),
}
"""An unanswered question is not closed: closing needs an answer first."""
