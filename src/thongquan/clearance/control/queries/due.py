"""Which checks a declaration is due now, and the lists of those that wait."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from thongquan.base.accounts.queries import standing_of
from thongquan.clearance.declarations.queries import Stand, decision_in_force, document_in_force
from thongquan.clearance.tariff.queries import current_law
from thongquan.clearance.tariff.queries.controls import exemptions_on
from thongquan.rules.controls import Checks, checks_due

BY_OTHERS = ("quarantine", "specialized_inspection")
"""Kinds of conditions that another agency inspects."""


def due_of(stand: Stand) -> Checks:
    """What is due at the present channel, by the law and the standing of the day of registration."""
    return checks_due(
        document=document_in_force(stand.number),
        decision=decision_in_force(stand.number),
        channel=stand.channel,
        standing=standing_of(stand.tax_code, stand.registered_at),
        exemptions=exemptions_on(law_day(stand)),
    )


def law_day(stand: Stand) -> date:
    """The day whose law holds for a declaration: that of its registration."""
    return timezone.localdate(stand.registered_at)


def asked_conditions(stand: Stand) -> list[tuple[int, str, str]]:
    """Line, kind and code of the inspections by other agencies that the law attaches to the goods."""
    law, document = current_law(), document_in_force(stand.number)
    return [
        (line.number, one.kind, one.code)
        for line in document.lines
        for one in law.conditions_on(line.hs or "", law_day(stand), stand.flow)
        if one.kind in BY_OTHERS and (not one.origins or line.origin in one.origins)
    ]
