"""Verbs of audits after clearance: select, open, ask and answer, find, recalculate, conclude, object and appeal."""

from thongquan.clearance.postaudit.operations.asking import answer_request, ask_declarant, write_note
from thongquan.clearance.postaudit.operations.concluding import propose_conclusion, return_conclusion, sign_conclusion
from thongquan.clearance.postaudit.operations.finding import recalculate, record_finding, withdraw_finding
from thongquan.clearance.postaudit.operations.objecting import (
    decide_appeal,
    decide_objection,
    file_appeal,
    file_objection,
)
from thongquan.clearance.postaudit.operations.opening import extend_audit, open_audit, plan_audit
from thongquan.clearance.postaudit.operations.selecting import make_selection, run_selection

__all__ = [
    "answer_request",
    "ask_declarant",
    "decide_appeal",
    "decide_objection",
    "extend_audit",
    "file_appeal",
    "file_objection",
    "make_selection",
    "open_audit",
    "plan_audit",
    "propose_conclusion",
    "recalculate",
    "record_finding",
    "return_conclusion",
    "run_selection",
    "sign_conclusion",
    "withdraw_finding",
    "write_note",
]
