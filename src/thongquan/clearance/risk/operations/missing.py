"""The alarm of a live profile that does not choose the share which was expected and approved."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.models import Profile
from thongquan.clearance.risk.operations.steps import happened
from thongquan.clearance.risk.permissions import check_may
from thongquan.clearance.risk.queries.league import expected_of
from thongquan.clearance.risk.states import LIVE, Step
from thongquan.rules.expected import is_missed

AGAIN_AFTER = timedelta(days=30)


def tell_missed(*, actor: Actor, at: datetime) -> int:
    """Tell the owner of every live profile that misses its expected share, once in 30 days; gives how many.

    For programs. Raises `NotAllowed`.
    """
    check_may(actor, "risk.try")
    told = 0
    for row in Profile.objects.filter(state__in=LIVE).order_by("pk"):
        hits, lodged = expected_of(row, at)
        if not is_missed(hits, lodged, row.expected_share):
            continue
        if row.events.filter(step=Step.MISS, at__gt=at - AGAIN_AFTER).exists():
            continue
        data = {"hits": hits, "lodged": lodged, "expected": str(row.expected_share), "owner": row.owner}
        with transaction.atomic():
            happened(row, Step.MISS, actor, at, data=data)
        told += 1
    return told
