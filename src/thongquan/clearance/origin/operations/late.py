"""A certificate whose other code was not proved within the days of the law is doubted, to be verified.

Legal basis: Circular 33/2023/TT-BTC Art. 16 (proof within 10 days, else verification), 19.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.permissions import is_program
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.clearance.origin.models import Certificate
from thongquan.clearance.origin.operations.steps import check_opens, take
from thongquan.clearance.origin.states import State, Step
from thongquan.rules.origin.numbers import folded_number

WORDS = "TQ-ORI-041"
"""The finding that asked for the proof: the reason kept with the step, in no language."""


def doubt_unproved(*, actor: Actor, number: str, tax_code: str, at: datetime) -> int:
    """Doubt the live certificate of a trader with this number; gives its identity. By the installation itself.

    Raises `NotAllowed`, `NotFound`, `Refused` with TQ-ORI-054 where its state does not allow it.
    """
    if not is_program(actor):
        raise NotAllowed("origin.work")
    with transaction.atomic():
        rows = Certificate.objects.select_for_update().filter(folded=folded_number(number), tax_code=tax_code)
        row = rows.exclude(state=State.WITHDRAWN).order_by("-id").first()
        if row is None:
            raise NotFound(number)
        check_opens(row, Step.DOUBT)
        take(row, Step.DOUBT, actor, at, words=WORDS)
        return row.pk
