"""A proof of origin that did not come in time: told beforehand, then written down; a guaranteed difference falls due.

Legal basis: Circular 33/2023/TT-BTC Art. 12 (MFN or the guaranteed difference), 14 (late: refused), 16 (no proof within
the days: verification); Law 107/2016/QH13 Art. 9 (interest under a guarantee).
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import msgspec
from django.db import transaction
from django.db.models import Q

from thongquan.base.accounts.queries import Actor, system_actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.clearance.declarations.models import Declaration, LateProof
from thongquan.clearance.declarations.models.late import ANNOUNCED, DIFFERING, LAPSED, WAITING
from thongquan.clearance.declarations.numbers import subject_of
from thongquan.clearance.declarations.operations.amending import new_version
from thongquan.clearance.declarations.operations.late_proofs import end_row
from thongquan.clearance.declarations.operations.steps import locked_for, take_step
from thongquan.clearance.declarations.operations.versions import document_now
from thongquan.clearance.declarations.queries.late import SOON, clock_of
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.origin.operations.late import doubt_unproved
from thongquan.clearance.revenue.queries.guarantees import guarantees_end
from thongquan.rules.document import Document
from thongquan.rules.rates import MFN

CLERK = system_actor("late-proofs")
MOST = 500
DUE_SOON = "declaration.proof_due_soon"


def lapse_late(*, at: datetime, most: int = MOST) -> int:
    """Write down every proof that did not come in time, and tell of those that are due soon; how many lapsed.

    Safe to run at any time: the clocks are derived anew, and nothing is written twice.
    """
    rows = LateProof.objects.filter(outcome=WAITING).filter(Q(due_at__lt=at + SOON) | Q(guaranteed=True))
    keys = list(rows.order_by("due_at").values_list("declaration_id", flat=True).distinct()[:most])
    return sum(_follow(key, at) for key in dict.fromkeys(keys))


def _follow(key: int, at: datetime) -> int:
    with transaction.atomic():
        declaration = Declaration.objects.select_for_update().get(id=key)
        subject = subject_of(key)
        ends = guarantees_end({subject})
        over: list[LateProof] = []
        for row in declaration.late_proofs.filter(outcome=WAITING).order_by("line"):
            clock = clock_of(row, ends.get(subject) if row.guaranteed else None)
            if clock is not None and clock.due_at < at:
                over.append(row)
            elif clock is not None and clock.due_at < at + SOON and row.told_at is None:
                _tell_soon(declaration, row, clock.due_at, at)
        if over:
            with suppress(Refused):  # its state, or the law, opens no way: it stays overdue for an officer to see
                return _lapse(declaration, over, CLERK, at)
    return 0


def _tell_soon(declaration: Declaration, row: LateProof, due_at: datetime, at: datetime) -> None:
    row.told_at = at
    row.save(update_fields=["told_at"])
    payload = {"number": declaration.number, "office": declaration.office, "due_at": due_at.isoformat()}
    announce(kind=DUE_SOON, subject=subject_of(declaration.id), payload=payload, at=at)


def _lapse(declaration: Declaration, rows: list[LateProof], actor: Actor, at: datetime) -> int:
    """End the wait for these; the lines under a guarantee are charged what MFN asks."""
    with transaction.atomic():
        locked_for(actor=actor, number=declaration.number, step=Step.LAPSE_LATE)
        for row in rows:
            end_row(row, LAPSED, at)
        lines = [row.line for row in rows]
        take_step(
            actor=actor,
            number=declaration.number,
            step=Step.LAPSE_LATE,
            at=at,
            data={"lines": lines, "kinds": sorted({row.kind for row in rows})},
            details={"lines": lines},
        )
        charged = {row.line for row in rows if row.guaranteed and row.kind == ANNOUNCED}
        if charged:
            declaration.refresh_from_db()
            document = without_preference(document_now(declaration), charged)
            new_version(declaration, document, step=Step.CHARGE_LATE, actor=actor, reason="", at=at)
        for row in rows:
            if row.kind == DIFFERING:
                _doubt(declaration, row, actor, at)
        if any(row.kind == DIFFERING and row.guaranteed for row in rows):
            declaration.refresh_from_db()
            same = document_now(declaration)
            new_version(declaration, same, step=Step.CHARGE_LATE, actor=actor, reason="", at=at, decide_anew=True)
        return len(rows)


def without_preference(document: Document, lines: set[int]) -> Document:
    """The same document with these lines at the most-favored-nation rate and no proof to come."""
    return msgspec.structs.replace(
        document,
        lines=tuple(
            msgspec.structs.replace(
                line,
                schedule=MFN,
                proof_later=None,
                choices=tuple(one for one in line.choices if one.tax != "import_duty"),
            )
            if line.number in lines
            else line
            for line in document.lines
        ),
    )


def _doubt(declaration: Declaration, row: LateProof, actor: Actor, at: datetime) -> None:
    """Without its proof the certificate is to be verified; the rate is the most-favored-nation one meanwhile."""
    line = next((one for one in document_now(declaration).lines if one.number == row.line), None)
    if line is None or line.certificate is None:
        return
    with suppress(NotFound, Refused):  # not registered here, or doubted already
        doubt_unproved(actor=actor, number=line.certificate.number, tax_code=declaration.tax_code, at=at)
