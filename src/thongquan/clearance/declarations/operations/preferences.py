"""What a verification of origin comes to for a declaration that used the certificate.

Legal basis: Circular 33/2023/TT-BTC Art. 15 (a refused proof gives no preference; the declarant amends within 5 working
days), 19. The program proposes the correction at once, and an officer countersigns it when the declarant did not amend.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db import transaction

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.models import Declaration
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.declarations.operations.late_lapsing import without_preference
from thongquan.clearance.declarations.operations.proposals import put_forward
from thongquan.clearance.declarations.operations.steps import locked_for, take_step
from thongquan.clearance.declarations.operations.versions import document_now, judge_version
from thongquan.clearance.declarations.states import Step
from thongquan.rules.document import Document
from thongquan.rules.origin.numbers import folded_number

CLERK = system_actor("origin")


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """What followed: proposed (with the difference of duty in dong), amended (already), stands, not_possible (why)."""

    what: str
    details: dict[str, str] = {}


def withdraw_preference(*, subject: str, lines: dict[str, list[int]], reason: str, at: datetime) -> Followed:
    """Propose that the lines which used refused certificates (by number) bear MFN, for a second person to sign.

    What no state, version or law lets customs propose is told with the codes, for an officer to decide.
    """
    key = key_of_number(subject.partition(":")[2])
    row = Declaration.objects.filter(id=key).first()
    if row is None:
        return Followed(what="not_possible", details={"codes": "TQ-ORI-057"})
    try:
        with transaction.atomic():
            declaration = locked_for(actor=CLERK, number=row.number, step=Step.WITHDRAW_PREFERENCE)
            before = document_now(declaration)
            document = _corrected(before, lines)
            if document == before:
                return Followed(what="amended", details={"number": declaration.number})
            judged = judge_version(declaration, document, at=at)
            put_forward(declaration, kind="correction", actor=CLERK, reason=reason, at=at, document=document)
            short = judged.decision.due_vnd - declaration.due_vnd
            details = {"lines": ", ".join(map(str, sorted({one for each in lines.values() for one in each})))}
            take_step(
                actor=CLERK,
                number=declaration.number,
                step=Step.WITHDRAW_PREFERENCE,
                at=at,
                reason=reason,
                details=details,
            )
            return Followed(what="proposed", details={"difference_vnd": f"{short:f}", **details})
    except Refused as refused:
        codes = ", ".join(sorted({str(fault.code) for fault in refused.faults}))
        return Followed(what="not_possible", details={"codes": codes})


def _corrected(document: Document, lines: dict[str, list[int]]) -> Document:
    """MFN and no proof for the lines that still name one of the certificates."""
    wanted = {(folded_number(number), line) for number, numbers in lines.items() for line in numbers}
    touched = {
        line.number
        for line in document.lines
        if line.certificate is not None and (folded_number(line.certificate.number), line.number) in wanted
    }
    bare = without_preference(document, touched)
    changed = tuple(
        msgspec.structs.replace(line, certificate=None) if line.number in touched else line for line in bare.lines
    )
    return msgspec.structs.replace(bare, lines=changed) if touched else document
