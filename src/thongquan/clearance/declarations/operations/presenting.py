"""What the declarant brings: the documents of a file, the goods at the place of inspection. Both start clocks.

Legal basis: Customs Law 54/2014/QH13 Art. 23.2 (2 hours for documents from when they are complete, 8 for goods from
when they are presented), 24 (the customs file).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.attachments.queries import files_of
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations.steps import take_step
from thongquan.clearance.declarations.queries import Stand, events_of
from thongquan.clearance.declarations.states import Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def file_documents(*, actor: Actor, number: str, at: datetime) -> Stand:
    """Say that the documents are filed: customs' time to check them runs from here.

    Raises what `take_step` raises, and `Refused` with TQ-LIF-018 when no paper is attached.
    """
    with transaction.atomic():
        stand = take_step(actor=actor, number=number, step=Step.FILE_DOCUMENTS, at=at)
        kinds = sorted({one.kind for one in files_of(stand.subject)})
        if not kinds:
            raise Refused((Fault(code=Code.TQ_LIF_018, path="files", value=stand.number),))
    return stand


def present_goods(*, actor: Actor, number: str, at: datetime) -> Stand:
    """Say that the goods stand ready at the place of inspection: customs' time to inspect them runs from here.

    Raises what `take_step` raises, and `Refused` with TQ-LIF-019 when they were presented before.
    """
    with transaction.atomic():
        stand = take_step(actor=actor, number=number, step=Step.PRESENT_GOODS, at=at)
        if sum(one.kind == Step.PRESENT_GOODS for one in events_of(number)) > 1:
            raise Refused((Fault(code=Code.TQ_LIF_019, path="state", value=stand.number),))
    return stand
