"""The duty roster of a practice or sandbox realm: officers enough for a draw, on whatever day it is started."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.operations import create_demo_colleagues
from thongquan.base.accounts.operations.demo import DEMO_OFFICE
from thongquan.base.accounts.queries import system_actor
from thongquan.clearance.control.operations.duty import enter_turn
from thongquan.clearance.control.queries.duty import covered_until

AHEAD = timedelta(days=14)
ENOUGH = timedelta(days=7)


def put_demo_officers_on_duty(*, at: datetime) -> int:
    """Make the demo officers that are missing and put them on duty from yesterday for two weeks; gives the new turns.

    Run again it does nothing while a week of duty is left, and goes on where the last turn ends. Raises NotAllowed
    in a real realm.
    """
    today = timezone.make_aware(datetime.combine(timezone.localdate(at), time()))
    begin, end = today - timedelta(days=1), today + AHEAD
    actor = system_actor("sample", offices=[DEMO_OFFICE])
    with transaction.atomic():
        officers = create_demo_colleagues(at=at)
        known = covered_until(DEMO_OFFICE, at)
        due = [(one, known.get(one, begin)) for one in officers if known.get(one, begin) < today + ENOUGH]
        for officer, since in due:
            enter_turn(actor=actor, office=DEMO_OFFICE, officer=officer, starts_at=since, ends_at=end, at=at)
    return len(due)


def put_demo_officers_on_past_duty(*, since: date, at: datetime) -> None:
    """Put them on duty from a day on until yesterday, where the turns of today begin. Raises NotAllowed elsewhere."""
    begin, end = (
        timezone.make_aware(datetime.combine(day, time()))
        for day in (since, timezone.localdate(at) - timedelta(days=1))
    )
    actor = system_actor("sample", offices=[DEMO_OFFICE])
    for officer in create_demo_colleagues(at=at) if begin < end else ():
        enter_turn(actor=actor, office=DEMO_OFFICE, officer=officer, starts_at=begin, ends_at=end, at=at)
