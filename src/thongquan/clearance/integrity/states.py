"""States of an integrity case and the one table of its steps. Legal basis: none; due process is a house rule.

A question is no accusation: the officer answers first, two persons of internal control stand behind every end.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a case stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    PROPOSED = "proposed"
    ENDED = "ended"


class Step(StrEnum):
    """What may be done in a case."""

    ASK = "ask"
    ANSWER = "answer"
    PROPOSE = "propose"
    RETURN = "return"
    SIGN = "sign"


class Rule(NamedTuple):
    """From which states a step leads where, the permission it asks for, and its ground."""

    moves: dict[State, State]
    who: str
    source: str


_HOUSE = "House rule, not law"
STEPS: dict[Step, Rule] = {
    Step.ANSWER: Rule({State.ASKED: State.ANSWERED}, "integrity.answer", _HOUSE),
    Step.PROPOSE: Rule({State.ANSWERED: State.PROPOSED, State.ASKED: State.PROPOSED}, "integrity.control", _HOUSE),
    Step.RETURN: Rule({State.PROPOSED: State.ANSWERED}, "integrity.control", _HOUSE),
    Step.SIGN: Rule({State.PROPOSED: State.ENDED}, "integrity.control", _HOUSE),
}
"""An end may be proposed without an answer only once the day of the answer is over."""
ENDS = ("explained", "measures", "passed_on")
