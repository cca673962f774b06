"""States of an analyst's case and the one table of its steps: from where to where, and who may.

Legal basis: Customs Law 54/2014/QH13 Art. 17 (controls follow the risk), Art. 78 (grounds of an audit after
clearance). A case decides nothing: officers and auditors decide by their own steps.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class CaseState(StrEnum):
    """Where a case stands; `handed` waits for officers or auditors."""

    OPEN = "open"
    HANDED = "handed"
    CLOSED = "closed"


class CaseStep(StrEnum):
    """What may be done with a case."""

    START = "start"
    NOTE = "note"
    ASSIGN = "assign"
    OFFICERS = "officers"
    AUDIT = "audit"
    CLOSE = "close"
    REOPEN = "reopen"


class CaseRule(NamedTuple):
    """From which states a step leads where, and the permission it asks for."""

    moves: dict[CaseState, CaseState]
    who: str


_STAYS = {CaseState.OPEN: CaseState.OPEN, CaseState.HANDED: CaseState.HANDED}
CASE_STEPS: dict[CaseStep, CaseRule] = {
    CaseStep.NOTE: CaseRule(_STAYS, "risk.case"),
    CaseStep.ASSIGN: CaseRule(_STAYS, "risk.case"),
    CaseStep.OFFICERS: CaseRule({CaseState.OPEN: CaseState.HANDED}, "risk.case"),
    CaseStep.AUDIT: CaseRule({CaseState.OPEN: CaseState.HANDED}, "risk.case"),
    CaseStep.CLOSE: CaseRule({CaseState.OPEN: CaseState.CLOSED, CaseState.HANDED: CaseState.CLOSED}, "risk.case"),
    CaseStep.REOPEN: CaseRule({CaseState.CLOSED: CaseState.OPEN}, "risk.case"),
}
OUTCOMES = ("confirmed", "unfounded", "unclear")
