"""The answer clock of questions, and who is told of a new one.

Legal basis: parameter `question_answer_hours` (a house rule, unverified), counted in working time of the office.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from thongquan.base.accounts.queries import officers_of
from thongquan.clearance.casework.permissions import ANSWERERS
from thongquan.clearance.control.queries.duty import on_duty
from thongquan.clearance.tariff.queries import terms_of
from thongquan.rules.terms import Terms, left_of
from thongquan.rules.worktime import HANOI

PARAMETER = "question_answer_hours"


class TimeLeft(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of an answer's time, or by how much it is overdue: `rules.terms.Left` by names."""

    amount: int
    unit: str
    working: bool
    overdue: bool


def answer_due_at(office: str, at: datetime) -> datetime | None:
    """When a question asked now should be answered; None when no parameter in hand says so."""
    term = _terms(office, at).begin(PARAMETER, at)
    return term.due_at if term else None


def time_left(office: str, due_at: datetime | None, at: datetime) -> TimeLeft | None:
    """What is left of an answer's time in working time of the office."""
    return TimeLeft(**left_of(due_at, at, _terms(office, at).calendar)._asdict()) if due_at else None


def who_answers(number: str, office: str, at: datetime) -> list[str]:
    """Who is told of a new question: officers on duty at the office; when none is, its team leaders."""
    return on_duty(office, at) or list(officers_of(office, ANSWERERS[1:2], at))


def _terms(office: str, at: datetime) -> Terms:
    return terms_of(office, around=at.astimezone(HANOI).date())
