"""What an incomplete declaration may leave out, what one left out, and by when it is completed.

Legal basis: Customs Law 54/2014/QH13 Art. 43 (paragraph not at hand; see `operations.incomplete`).
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from thongquan.base.accounts.queries import standing_of
from thongquan.clearance.declarations.models import Declaration, Event
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.tariff.queries import current_law, terms_of
from thongquan.rules.checks.form import MAY_BE_LEFT_OUT, REQUIRED

DAYS = "incomplete_declaration_days"
PRIORITY_LEVEL = 1
COMPLETED = (Step.COMPLETE, Step.AMEND, Step.CONFIRM_CORRECTION, Step.AMEND_AFTER)
"""Every later version is judged whole, so each of them completes."""


def may_be_left_out(at: datetime) -> tuple[str, ...]:
    """Paths of the required fields that a priority enterprise may fill in later, in the order of the form."""
    known = current_law().known_codes(timezone.localdate(at))
    paths = dict.fromkeys((*REQUIRED["import"], *REQUIRED["export"]))
    return tuple(path for path in paths if f"{MAY_BE_LEFT_OUT}/{path}" in known)


def lodges_incomplete(tax_code: str, at: datetime) -> bool:
    """Whether this enterprise may lodge an incomplete declaration on the day."""
    standing = standing_of(tax_code, at)
    return standing.priority or standing.level == PRIORITY_LEVEL


def fields_left_out(number: str) -> tuple[str, ...]:
    """What a declaration still leaves out; empty when it was whole or is complete now."""
    events = Event.objects.filter(declaration_id=key_of_number(number))
    found = events.filter(kind=Step.LODGE_INCOMPLETE).first()
    if found is None or events.filter(kind__in=COMPLETED).exists():
        return ()
    return tuple(found.data.get("left_out", ()))


def term_of_completion(number: str) -> datetime | None:
    """The end of the last day for completing it; None where the law of the day gives no days."""
    row = Declaration.objects.get(id=key_of_number(number))
    term = terms_of(row.office, around=timezone.localdate(row.registered_at)).begin(DAYS, row.registered_at)
    return term.due_at if term else None
