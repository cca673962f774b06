"""Customs asks the declarant to correct named fields.

Legal basis: Customs Law 54/2014/QH13 Art. 32; VNACCS field of customs instructions (ten, 120 and 420 characters).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.fieldpaths import is_field
from thongquan.clearance.declarations.operations.steps import locked_for, take_step
from thongquan.clearance.declarations.operations.versions import document_now
from thongquan.clearance.declarations.queries import Instruction, Stand
from thongquan.clearance.declarations.states import Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document

MOST = 10
LONGEST_WORDS, LONGEST_EXAMPLE = 420, 120


def instruct_declaration(*, actor: Actor, number: str, fields: Sequence[Instruction], at: datetime) -> Stand:
    """Ask for corrections: each names a field (`lines[1].hs`), says what is wrong, and may give an accepted example.

    Raises `Refused` with TQ-LIF-013 for each that names none or says nothing, and for none or more than ten.
    """
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=Step.INSTRUCT)
        faults = list(_faults(fields, document_now(declaration)))
        if faults:
            raise Refused(faults)
        return take_step(
            actor=actor,
            number=number,
            step=Step.INSTRUCT,
            at=at,
            reason="\n".join(one.words for one in fields),
            data={"fields": [{"path": one.path, "words": one.words, "example": one.example} for one in fields]},
            details={"fields": len(fields)},
        )


def _faults(fields: Sequence[Instruction], document: Document) -> list[Fault]:
    values = {"max": str(MOST)}
    if not 1 <= len(fields) <= MOST:
        return [Fault(code=Code.TQ_LIF_013, path="fields", value=str(len(fields)), values=values)]
    return [
        Fault(code=Code.TQ_LIF_013, path=f"fields[{place}]", value=one.path[:80], values={**values, "field": one.path})
        for place, one in enumerate(fields)
        if not is_field(one.path, document)
        or not 0 < len(one.words.strip()) <= LONGEST_WORDS
        or len(one.example) > LONGEST_EXAMPLE
    ]
