"""What risk proposes to audit: its declarations stand among the candidates, under the number of the case.

Legal basis: Customs Law 54/2014/QH13 Art. 78. A proposal opens no audit: an auditor does, by the law's own grounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec
from django.db import transaction

from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.postaudit.models import Candidate, Selection

CASE = "case"


class Proposed(msgspec.Struct, frozen=True):
    """A declaration that a case of risk proposes, with the office it was lodged at and who proposed it."""

    case: int
    number: str
    office: str
    actor: str


def take_proposals(proposed: Sequence[Proposed], *, at: datetime) -> int:
    """Write candidates, one selection for each case; gives how many are new. Told twice, it writes nothing twice."""
    cases: dict[int, list[Proposed]] = defaultdict(list)
    for one in proposed:
        cases[one.case].append(one)
    return sum(_take(case, several, at) for case, several in sorted(cases.items()))


def _take(case: int, proposed: list[Proposed], at: datetime) -> int:
    with transaction.atomic():
        row, is_new = Selection.objects.get_or_create(
            name=f"R-{case:06d}",
            defaults={
                "criteria": {},
                "random_share": Decimal(0),
                "made_at": at,
                "made_by": proposed[0].actor,
                "offices": [],
                "run_at": at,
            },
        )
        row.offices = sorted({*row.offices, *(one.office for one in proposed)})
        row.save(update_fields=["offices"])
        known = set(row.candidates.values_list("declaration_id", flat=True))
        fresh = [one for one in proposed if key_of_number(one.number) not in known]
        Candidate.objects.bulk_create(
            Candidate(selection=row, declaration_id=key_of_number(one.number), office=one.office, why=CASE, draw=0)
            for one in fresh
        )
        if is_new:
            subject, told = f"audit_selection:{row.pk}", {"case": case}
            record(action="audit_selection.proposed", subject=subject, actor=row.made_by, at=at, details=told)
            announce(kind="audit_selection.proposed", subject=subject, payload=told, at=at)
    return len(fresh)
