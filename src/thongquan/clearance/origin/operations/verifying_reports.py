"""The report of a verification to headquarters: due from the act of an officer, made once.

Legal basis: Circular 33/2023/TT-BTC Art. 19: within 5 working days; the text at hand does not say from when, so an
officer starts the term with the reason, and the term is told as unverified.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.operations.steps import needed_words
from thongquan.clearance.origin.operations.verifying_steps import closed_to, locked_case, take_case
from thongquan.clearance.origin.queries.verification import report_is_due
from thongquan.clearance.origin.verification_states import CaseStep


def start_report(*, actor: Actor, verification: int, words: str, at: datetime) -> None:
    """A report to headquarters is due from now on, for this reason.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-ORI-055, -090 (one is due already).
    """
    _take(actor, verification, CaseStep.REPORT_DUE, words, at, when_due=False)


def record_report(*, actor: Actor, verification: int, words: str, at: datetime) -> None:
    """Record the report made to headquarters, its number and day first. Raises as `start_report` (-090: none due)."""
    _take(actor, verification, CaseStep.REPORT, words, at, when_due=True)


def _take(actor: Actor, verification: int, step: CaseStep, words: str, at: datetime, *, when_due: bool) -> None:
    with transaction.atomic():
        row = locked_case(actor, verification, step)
        if report_is_due(row) is not when_due:
            raise Refused([closed_to(row, step)])
        take_case(row, step, actor, at, words=needed_words(words))
