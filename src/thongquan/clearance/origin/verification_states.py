"""States of a case of verification and the one table of its steps: from where to where, who may, by which law.

Legal basis: Circular 33/2023/TT-BTC Art. 15 (consequence), 19 (verification), 20 (on-site verification).
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class CaseState(StrEnum):
    """Where a case stands."""

    OPENED = "opened"
    REQUESTED = "requested"
    ANSWERED = "answered"
    CLOSED = "closed"


class CaseStep(StrEnum):
    """What may be done in a case."""

    OPEN = "open"
    EXPLAIN = "explain"
    DOCUMENTS = "documents"
    ANSWER = "answer"
    REQUEST = "request"
    REMIND = "remind"
    VISIT = "visit"
    SIGN = "sign"
    CONSENT = "consent"
    RECORD = "record"
    REPORT_DUE = "report_due"
    REPORT = "report"
    NOTE = "note"
    CLOSE = "close"


class CaseRule(NamedTuple):
    """From which states a step leads where, the permission it asks for, and its legal basis."""

    moves: dict[CaseState, CaseState]
    who: str
    source: str


_O, _R, _A, _C = CaseState
_C33 = "Circular 33/2023/TT-BTC Art. {}"
CASE_STEPS: dict[CaseStep, CaseRule] = {
    CaseStep.EXPLAIN: CaseRule({_O: _O, _R: _R, _A: _A}, "origin.verify", _C33.format("19")),
    CaseStep.DOCUMENTS: CaseRule({_O: _O, _R: _R, _A: _A}, "origin.verify", _C33.format("19")),
    CaseStep.ANSWER: CaseRule({_O: _O, _R: _R, _A: _A}, "origin.answer", _C33.format("19")),
    CaseStep.REQUEST: CaseRule({_O: _R}, "origin.verify", _C33.format("19")),
    CaseStep.REMIND: CaseRule({_R: _R}, "origin.verify", _C33.format("19")),
    CaseStep.VISIT: CaseRule({_R: _R, _A: _A}, "origin.verify", _C33.format("20")),
    CaseStep.SIGN: CaseRule({_R: _R, _A: _A}, "origin.sign", "Decree 30/2020/NĐ-CP (unverified)"),
    CaseStep.CONSENT: CaseRule({_R: _R, _A: _A}, "origin.verify", _C33.format("20")),
    CaseStep.RECORD: CaseRule({_R: _A}, "origin.verify", _C33.format("19")),
    CaseStep.REPORT_DUE: CaseRule({state: state for state in CaseState}, "origin.verify", _C33.format("19")),
    CaseStep.REPORT: CaseRule({state: state for state in CaseState}, "origin.verify", _C33.format("19")),
    CaseStep.NOTE: CaseRule({state: state for state in CaseState}, "origin.verify", _C33.format("19")),
    CaseStep.CLOSE: CaseRule({_O: _C, _A: _C}, "origin.sign", _C33.format("15, 19")),
}
