"""States of an application for an advance ruling and the one table of its steps.

Legal basis: Decree 08/2015/NĐ-CP Art. 24 as amended. The facts at hand give its terms and validity; which steps lead
there is this house's reading, so that nothing is decided by one person alone.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class RulingState(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    FILED = "filed"
    RECEIVED = "received"
    ASKED = "asked"
    PROPOSED = "proposed"
    ISSUED = "issued"
    REVOKING = "revoking"
    REFUSED = "refused"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"


class RulingAct(StrEnum):
    """What may be done with an application; beginning one is no step of it."""

    CHANGE = "change"
    FILE = "file"
    WITHDRAW = "withdraw"
    ANSWER = "answer"
    RECEIVE = "receive"
    GIVE_BACK = "give_back"
    ASK = "ask"
    CALL_COMPLEX = "call_complex"
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    SIGN = "sign"
    PROPOSE_END = "propose_end"
    KEEP = "keep"
    REVOKE = "revoke"


class RulingRule(NamedTuple):
    """From which states a step leads where, the permission it asks for, and its legal basis.

    `SIGN` leads to `REFUSED` where a refusal was proposed.
    """

    moves: dict[RulingState, RulingState]
    who: str
    source: str


START = "start"
_D, _F, _R, _A, _P, _I, _V, _N, _O, _W = RulingState
_LAW = "Decree 08/2015/NĐ-CP Art. 24"
_HOUSE = f"{_LAW} (unverified: house rule, not law)"
APPLY, WORK, RULE = "classification.apply", "classification.judge", "classification.rule"
RULING_STEPS: dict[RulingAct, RulingRule] = {
    RulingAct.CHANGE: RulingRule({_D: _D}, APPLY, _LAW),
    RulingAct.FILE: RulingRule({_D: _F}, APPLY, _LAW),
    RulingAct.WITHDRAW: RulingRule({_D: _W, _F: _W, _R: _W, _A: _W}, APPLY, _HOUSE),
    RulingAct.ANSWER: RulingRule({_A: _R}, APPLY, _HOUSE),
    RulingAct.RECEIVE: RulingRule({_F: _R}, WORK, _LAW),
    RulingAct.GIVE_BACK: RulingRule({_F: _D}, WORK, _HOUSE),
    RulingAct.ASK: RulingRule({_R: _A}, WORK, _HOUSE),
    RulingAct.CALL_COMPLEX: RulingRule({_R: _R}, WORK, _LAW),
    RulingAct.PROPOSE: RulingRule({_R: _P}, WORK, _LAW),
    RulingAct.SEND_BACK: RulingRule({_P: _R}, RULE, _HOUSE),
    RulingAct.SIGN: RulingRule({_P: _I}, RULE, _LAW),
    RulingAct.PROPOSE_END: RulingRule({_I: _V}, WORK, _HOUSE),
    RulingAct.KEEP: RulingRule({_V: _I}, RULE, _HOUSE),
    RulingAct.REVOKE: RulingRule({_V: _O}, RULE, _HOUSE),
}
