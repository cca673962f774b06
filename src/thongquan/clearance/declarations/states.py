"""States of a declaration and the one table of steps: from where to where, who may, and by which law.

Legal basis: Customs Law 54/2014/QH13 Art. 25, 29-37, 79; Circular 38/2015/TT-BTC Art. 18-22, 32 as amended by 39/2018
and 121/2025. Where a step leads to its own state again, it is an event of the story that changes nothing else.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a declaration stands. Registration and channel are one moment here: the decision is immediate."""

    CHANNELED = "channeled"
    INSTRUCTED = "instructed"
    SETTLED = "settled"
    RELEASED = "released"
    CLEARED = "cleared"
    PRESERVED = "preserved"
    EXITED = "exited"
    AMENDED_AFTER = "amended_after"
    AUDITED = "audited"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Step(StrEnum):
    """What can happen to a registered declaration; also the kind of its event, ledger row and message."""

    LODGE_INCOMPLETE = "lodge_incomplete"
    COMPLETE = "complete"
    AMEND = "amend"
    INSTRUCT = "instruct"
    PROPOSE_CORRECTION = "propose_correction"
    CONFIRM_CORRECTION = "confirm_correction"
    REJECT_CORRECTION = "reject_correction"
    WITHDRAW_PREFERENCE = "withdraw_preference"
    FILE_DOCUMENTS = "file_documents"
    PRESENT_GOODS = "present_goods"
    REQUEST_SPECIALIZED = "request_specialized"
    SPECIALIZED_RESULT = "specialized_result"
    EXTEND_CHECK = "extend_check"
    DOCUMENTS_CHECKED = "documents_checked"
    ASSIGN_INSPECTION = "assign_inspection"
    GOODS_INSPECTED = "goods_inspected"
    REPORT_CHECK = "report_check"
    RAISE_CHANNEL = "raise_channel"
    PROPOSE_LOWER_CHANNEL = "propose_lower_channel"
    LOWER_CHANNEL = "lower_channel"
    REJECT_LOWER_CHANNEL = "reject_lower_channel"
    SETTLE = "settle"
    UNSETTLE = "unsettle"
    RELEASE = "release"
    CLEAR = "clear"
    REQUEST_PRESERVATION = "request_preservation"
    REFUSE_PRESERVATION = "refuse_preservation"
    PRESERVE = "preserve"
    PRESERVED_ARRIVAL = "preserved_arrival"
    PRESERVED_RESULT = "preserved_result"
    EXIT = "exit"
    REQUEST_CANCEL = "request_cancel"
    REFUSE_CANCEL = "refuse_cancel"
    CANCEL = "cancel"
    EXPIRE = "expire"
    REQUEST_AMENDMENT = "request_amendment"
    REFUSE_AMENDMENT = "refuse_amendment"
    AMEND_AFTER = "amend_after"
    FILE_LATE = "file_late_certificate"
    GRANT_LATE = "grant_late_certificate"
    LAPSE_LATE = "lapse_late_certificate"
    CHARGE_LATE = "charge_late_certificate"
    OPEN_AUDIT = "open_audit"
    AUDIT = "audit"
    TAKE = "take"
    GIVE_BACK = "give_back"
    ASSIGN = "assign"


ENDED = frozenset({State.CANCELLED, State.EXPIRED})
"""From here nothing leads on."""

_OPEN = (State.CHANNELED, State.INSTRUCTED, State.SETTLED)
_GONE = (State.CLEARED, State.EXITED, State.AMENDED_AFTER)
_LIVE = tuple(state for state in State if state not in ENDED)
_OWN_ORDER = "House rule, not law"


class Rule(NamedTuple):
    """A step: where it leads from each state that allows it, the permission it needs, and its legal basis."""

    moves: dict[State, State]
    who: str
    source: str


def _to(state: State, *sources: State) -> dict[State, State]:
    return dict.fromkeys(sources, state)


def _staying(*states: State) -> dict[State, State]:
    return {state: state for state in states}


def _recalculated() -> dict[State, State]:
    """Where a recalculation of duty leads: before release back to open duties, afterwards to what was amended."""
    kept = _staying(State.RELEASED, State.AUDITED)
    return {**_to(State.CHANNELED, *_OPEN), **kept, **_to(State.AMENDED_AFTER, *_GONE)}


STEPS: dict[Step, Rule] = {
    Step.LODGE_INCOMPLETE: Rule(
        _staying(State.CHANNELED), "declarations.amend", "unverified: Customs Law 54/2014/QH13 Art. 43"
    ),
    Step.COMPLETE: Rule(
        {State.SETTLED: State.CHANNELED, **_staying(State.CHANNELED, State.INSTRUCTED, State.RELEASED, *_GONE)},
        "declarations.amend",
        "unverified: Customs Law 54/2014/QH13 Art. 43",
    ),
    Step.AMEND: Rule(_to(State.CHANNELED, *_OPEN), "declarations.amend", "Circular 38/2015/TT-BTC Art. 20"),
    Step.INSTRUCT: Rule(
        {State.CHANNELED: State.INSTRUCTED, State.SETTLED: State.INSTRUCTED},
        "control.check",
        "Customs Law 54/2014/QH13 Art. 32; VNACCS field of customs instructions",
    ),
    Step.PROPOSE_CORRECTION: Rule(_staying(*_OPEN), "control.check", "Circular 38/2015/TT-BTC Art. 20"),
    Step.WITHDRAW_PREFERENCE: Rule(
        _staying(*_OPEN, State.RELEASED, *_GONE, State.AUDITED), "system", "Circular 33/2023/TT-BTC Art. 15, 19"
    ),
    Step.CONFIRM_CORRECTION: Rule(
        _recalculated(), "control.countersign", "Circular 38/2015/TT-BTC Art. 20; Circular 33/2023/TT-BTC Art. 15"
    ),
    Step.REJECT_CORRECTION: Rule(
        _staying(*_OPEN, State.RELEASED, *_GONE, State.AUDITED),
        "control.countersign",
        "Circular 38/2015/TT-BTC Art. 20; Circular 33/2023/TT-BTC Art. 15",
    ),
    Step.FILE_DOCUMENTS: Rule(_staying(*_OPEN), "declarations.amend", "Customs Law 54/2014/QH13 Art. 24"),
    Step.PRESENT_GOODS: Rule(_staying(*_OPEN), "declarations.present", "Customs Law 54/2014/QH13 Art. 23.2"),
    Step.REQUEST_SPECIALIZED: Rule(
        _staying(*_OPEN, State.PRESERVED), "control.check", "Customs Law 54/2014/QH13 Art. 35"
    ),
    Step.SPECIALIZED_RESULT: Rule(
        _staying(*_OPEN, State.PRESERVED), "control.check", "Customs Law 54/2014/QH13 Art. 35"
    ),
    Step.EXTEND_CHECK: Rule(_staying(*_OPEN), "control.countersign", "Customs Law 54/2014/QH13 Art. 23.2"),
    Step.DOCUMENTS_CHECKED: Rule(
        _staying(*_OPEN, State.PRESERVED), "control.check", "Customs Law 54/2014/QH13 Art. 32"
    ),
    Step.ASSIGN_INSPECTION: Rule(
        _staying(*_OPEN, State.PRESERVED), "control.check", "Customs Law 54/2014/QH13 Art. 33-34"
    ),
    Step.GOODS_INSPECTED: Rule(
        _staying(*_OPEN, State.PRESERVED), "control.check", "Customs Law 54/2014/QH13 Art. 33-34"
    ),
    Step.REPORT_CHECK: Rule(
        _staying(*_OPEN, State.RELEASED, State.EXITED, State.PRESERVED),
        "control.report",
        "Customs Law 54/2014/QH13 Art. 16-17",
    ),
    Step.RAISE_CHANNEL: Rule(_staying(*_OPEN), "control.raise", "Circular 38/2015/TT-BTC Art. 19.4"),
    Step.PROPOSE_LOWER_CHANNEL: Rule(_staying(*_OPEN), "control.check", "Circular 38/2015/TT-BTC Art. 19.4"),
    Step.LOWER_CHANNEL: Rule(_staying(*_OPEN), "control.countersign", "Circular 38/2015/TT-BTC Art. 19.4"),
    Step.REJECT_LOWER_CHANNEL: Rule(_staying(*_OPEN), "control.countersign", "Circular 38/2015/TT-BTC Art. 19.4"),
    Step.SETTLE: Rule(_to(State.SETTLED, State.CHANNELED), "system", "Law 107/2016/QH13 Art. 9"),
    Step.UNSETTLE: Rule(_to(State.CHANNELED, State.SETTLED), "system", "Law 107/2016/QH13 Art. 9"),
    Step.RELEASE: Rule(_to(State.RELEASED, State.SETTLED), "control.check", "Customs Law 54/2014/QH13 Art. 36"),
    Step.CLEAR: Rule(
        {
            State.SETTLED: State.CLEARED,
            State.RELEASED: State.CLEARED,
            State.PRESERVED: State.CLEARED,
            State.EXITED: State.EXITED,
        },
        "control.clear",
        "Customs Law 54/2014/QH13 Art. 37",
    ),
    Step.REQUEST_PRESERVATION: Rule(
        _staying(State.CHANNELED, State.SETTLED), "declarations.amend", "Circular 38/2015/TT-BTC Art. 32"
    ),
    Step.REFUSE_PRESERVATION: Rule(
        _staying(State.CHANNELED, State.SETTLED), "control.check", "Circular 38/2015/TT-BTC Art. 32"
    ),
    Step.PRESERVE: Rule(
        _to(State.PRESERVED, State.CHANNELED, State.SETTLED), "control.check", "Circular 38/2015/TT-BTC Art. 32"
    ),
    Step.PRESERVED_ARRIVAL: Rule(_staying(State.PRESERVED), "declarations.present", "Circular 38/2015/TT-BTC Art. 32"),
    Step.PRESERVED_RESULT: Rule(_staying(State.PRESERVED), "control.check", "Circular 38/2015/TT-BTC Art. 32"),
    Step.EXIT: Rule(
        _to(State.EXITED, State.RELEASED, State.CLEARED, State.AMENDED_AFTER),
        "control.exit",
        "Customs Law 54/2014/QH13 Art. 40",
    ),
    Step.REQUEST_CANCEL: Rule(
        _staying(*_OPEN, State.RELEASED, State.PRESERVED), "declarations.amend", "Circular 38/2015/TT-BTC Art. 22"
    ),
    Step.REFUSE_CANCEL: Rule(
        _staying(*_OPEN, State.RELEASED, State.PRESERVED), "control.check", "Circular 38/2015/TT-BTC Art. 22"
    ),
    Step.CANCEL: Rule(
        _to(State.CANCELLED, *_OPEN, State.RELEASED, State.PRESERVED),
        "control.check",
        "Circular 38/2015/TT-BTC Art. 22",
    ),
    Step.EXPIRE: Rule(
        _to(State.EXPIRED, *_OPEN, State.CLEARED), "control.expire", "Circular 38/2015/TT-BTC Art. 22.1a"
    ),
    Step.REQUEST_AMENDMENT: Rule(
        _staying(*_OPEN, State.RELEASED, *_GONE), "declarations.amend", "Circular 38/2015/TT-BTC Art. 20"
    ),
    Step.REFUSE_AMENDMENT: Rule(
        _staying(*_OPEN, State.RELEASED, *_GONE), "control.check", "Circular 38/2015/TT-BTC Art. 20"
    ),
    Step.AMEND_AFTER: Rule(
        {State.RELEASED: State.RELEASED, **_to(State.AMENDED_AFTER, *_GONE)},
        "declarations.amend_after",
        "Circular 38/2015/TT-BTC Art. 20",
    ),
    Step.FILE_LATE: Rule(
        _staying(*_OPEN, State.RELEASED, *_GONE, State.AUDITED),
        "declarations.late",
        "Circular 33/2023/TT-BTC Art. 12-13",
    ),
    Step.GRANT_LATE: Rule(_recalculated(), "declarations.late", "Circular 33/2023/TT-BTC Art. 12-13"),
    Step.LAPSE_LATE: Rule(
        _staying(*_OPEN, State.RELEASED, *_GONE, State.AUDITED), "control.expire", "Circular 33/2023/TT-BTC Art. 14"
    ),
    Step.CHARGE_LATE: Rule(_recalculated(), "control.expire", "Circular 33/2023/TT-BTC Art. 12"),
    Step.OPEN_AUDIT: Rule(_staying(*_GONE, State.AUDITED), "postaudit.audit", "Customs Law 54/2014/QH13 Art. 77-80"),
    Step.AUDIT: Rule(
        _to(State.AUDITED, *_GONE, State.AUDITED), "postaudit.audit", "Customs Law 54/2014/QH13 Art. 77-80"
    ),
    Step.TAKE: Rule(_staying(*_LIVE), "declarations.take", _OWN_ORDER),
    Step.GIVE_BACK: Rule(_staying(*_LIVE), "declarations.take", _OWN_ORDER),
    Step.ASSIGN: Rule(_staying(*_LIVE), "declarations.assign", _OWN_ORDER),
}
"""The table. A test holds that every state but the first is reached and every state but the ends is left."""
