"""Answers to messages: a case of goods under two codes that became an instruction asks each declarant to amend.

Legal basis: Customs Law 54/2014/QH13 Art. 32; Circular 38/2015/TT-BTC Art. 24 as amended (wrong code: amend, else
assess).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.outbox import Message
from thongquan.clearance.classification.case_work import Work, carry_out
from thongquan.clearance.declarations.operations.instructing import LONGEST_WORDS, MOST, instruct_declaration
from thongquan.clearance.declarations.queries import Instruction

CASES = frozenset({"classification.case_instruction"})


def instruct_of_cases(messages: Sequence[Message]) -> None:
    """Instruct the declarants of a case to look at the codes in doubt; each outcome stands on the case. Idempotent."""
    carry_out(messages, step="instructed", act=_instruct)


def _instruct(actor: Actor, work: Work, at: datetime) -> Mapping[str, object]:
    """With the right code as an example where an officer said which it is."""
    words = work.words[:LONGEST_WORDS]
    fields = [Instruction(path=f"lines[{one.line}].hs", words=words, example=one.right) for one in work.lines[:MOST]]
    instruct_declaration(actor=actor, number=work.number, fields=fields, at=at)
    return {}
