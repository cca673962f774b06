"""Answers to messages: a case of goods under two codes that became an audit opens one of each cleared declaration.

Legal basis: Customs Law 54/2014/QH13 Art. 78, 79 (at customs).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.outbox import Message
from thongquan.clearance.classification.case_work import Work, carry_out
from thongquan.clearance.postaudit.operations import open_audit, plan_audit

CASES = frozenset({"classification.case_audit"})
PLACE = "customs"


def audit_of_cases(messages: Sequence[Message]) -> None:
    """Open audits at customs, planned with the words of who closed the case.

    A declaration that is not cleared, too old or under audit already stands on the case with the reason. Idempotent.
    """
    carry_out(messages, step="audited", act=_open)


def _open(actor: Actor, work: Work, at: datetime) -> Mapping[str, object]:
    audit = open_audit(actor=actor, number=work.number, place=PLACE, at=at)
    plan_audit(actor=actor, audit=audit, plan=work.words, at=at)
    return {"audit": audit}
