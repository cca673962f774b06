"""Verbs of violations: record an act, propose, decide, drop, give back, annul; load the acts of the law."""

from thongquan.clearance.violations.operations.acts import load_acts
from thongquan.clearance.violations.operations.cases import (
    Recorded,
    annul_decision,
    decide_case,
    drop_case,
    propose_decision,
    record_act,
    return_case,
)
from thongquan.clearance.violations.operations.withdrawing import withdraw_findings

__all__ = [
    "Recorded",
    "annul_decision",
    "decide_case",
    "drop_case",
    "load_acts",
    "propose_decision",
    "record_act",
    "return_case",
    "withdraw_findings",
]
