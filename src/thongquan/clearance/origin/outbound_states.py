"""States of an application for an export certificate and the one table of its steps.

Legal basis: Decree 31/2018/NĐ-CP (text not at hand: no article is named). Customs issues no certificate of origin for
exports: the enterprise prepares and hands over, the issuer answers, and the answer is recorded here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class OutboundState(StrEnum):
    """Where an application stands. `issued`: the issuer's number and day are recorded."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    QUESTIONED = "questioned"
    ISSUED = "issued"
    REFUSED = "refused"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


class OutboundStep(StrEnum):
    """What may be done with an application; `replaced` follows when the replacement is issued."""

    PREPARE = "prepare"
    SAVE = "save"
    SUBMIT = "submit"
    QUESTION = "question"
    ISSUE = "issue"
    REFUSE = "refuse"
    CANCEL = "cancel"
    REPLACE = "replace"
    REPLACED = "replaced"


class OutboundRule(NamedTuple):
    """From which states a step leads where, the permission it asks for, and its legal basis."""

    moves: dict[OutboundState, OutboundState]
    who: str
    source: str


_D, _S, _Q, _I, _R, _P, _C = OutboundState
_D31 = "unverified: Decree 31/2018/NĐ-CP, text not at hand"
OUTBOUND_STEPS: dict[OutboundStep, OutboundRule] = {
    OutboundStep.SAVE: OutboundRule({_D: _D, _Q: _Q}, "origin.prepare", _D31),
    OutboundStep.SUBMIT: OutboundRule({_D: _S, _Q: _S}, "origin.prepare", _D31),
    OutboundStep.QUESTION: OutboundRule({_S: _Q}, "origin.prepare", _D31),
    OutboundStep.ISSUE: OutboundRule({_S: _I}, "origin.prepare", _D31),
    OutboundStep.REFUSE: OutboundRule({_S: _R, _Q: _R}, "origin.prepare", _D31),
    OutboundStep.CANCEL: OutboundRule({_D: _C, _S: _C, _Q: _C, _I: _C}, "origin.prepare", _D31),
    OutboundStep.REPLACE: OutboundRule({_I: _I}, "origin.prepare", _D31),
    OutboundStep.REPLACED: OutboundRule({_I: _P}, "system", _D31),
}
EDITABLE = frozenset(OUTBOUND_STEPS[OutboundStep.SAVE].moves)
PUBLIC = frozenset({_I, _P, _C})
"""States a counterpart may learn of, once a number was recorded."""
