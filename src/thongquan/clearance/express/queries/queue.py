"""The queue of batches, and how the three lanes stand."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from django.conf import settings
from django.db.models import Count, Min, Q, Sum
from msgspec.structs import replace

from thongquan.base.core.lanes import EXPRESS, LaneNow, Saturated, lane_reports
from thongquan.clearance.express.models import Batch, Chunk
from thongquan.clearance.express.states import QUEUED, BatchState

LIVELY = timedelta(hours=1)
RATE_WINDOW = timedelta(minutes=2)
GUESSED_PARCELS = 5_000
GUESSED_RATE = 200.0
LONGEST_RETRY = 3600


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """What waits in the express lane: batches received and not judged, uploads going on, parcels left to judge.

    `rate` is parcels per second of late, a cautious guess while nothing was judged.
    """

    batches: int = 0
    uploads: int = 0
    parcels: int = 0
    rate: float = GUESSED_RATE
    own: int = 0

    @property
    def seconds(self) -> int:
        """How long what waits will take."""
        return int(self.parcels / self.rate) + 1


def waiting_now(at: datetime, *, tax_code: str = "") -> Waiting:
    """The queue now; `own` counts the batches of one carrier in it."""
    rows = Batch.objects.filter(Q(state__in=QUEUED) | Q(state=BatchState.RECEIVING, worked_at__gt=at - LIVELY))
    counts = rows.aggregate(
        batches=Count("pk", filter=Q(state__in=QUEUED)),
        uploads=Count("pk", filter=Q(state=BatchState.RECEIVING)),
        parcels=Sum("parcels", filter=Q(state=BatchState.WORKING)),
        done=Sum("done", filter=Q(state=BatchState.WORKING)),
        unknown=Count("pk", filter=Q(state=BatchState.WAITING)),
        own=Count("pk", filter=Q(tax_code=tax_code)),
    )
    left = (counts["parcels"] or 0) - (counts["done"] or 0) + counts["unknown"] * GUESSED_PARCELS
    return Waiting(
        batches=counts["batches"],
        uploads=counts["uploads"],
        parcels=max(left, 0),
        rate=rate_of_late(at) or GUESSED_RATE,
        own=counts["own"],
    )


def rate_of_late(at: datetime) -> float | None:
    """Parcels judged per second over the last two minutes; None when none were."""
    found = Chunk.objects.filter(at__gt=at - RATE_WINDOW).aggregate(chunks=Count("pk"), first=Min("at"))
    if found["chunks"] < 2:
        return None
    seconds = max((at - found["first"]).total_seconds(), 1.0)
    return float(found["chunks"] * settings.EXPRESS_CHUNK / seconds)


def check_room(*, tax_code: str, at: datetime) -> None:
    """Raises `lanes.Saturated` when as many batches wait as may; one carrier takes half of the places at most."""
    most = settings.LANE_QUOTAS[EXPRESS][1]
    now = waiting_now(at, tax_code=tax_code)
    taken = now.batches + now.uploads
    if taken < most and now.own < max(most // 2, 1):
        return
    seconds = min(max(now.seconds // max(taken, 1), 5), LONGEST_RETRY)
    raise Saturated(EXPRESS, position=taken + 1, retry_seconds=seconds)


def place_of(row: Batch) -> int:
    """How many batches came before this one and wait still, and itself: its place in the queue; 0 when in none."""
    if row.state not in QUEUED:
        return 0
    return Batch.objects.filter(state__in=QUEUED, received_at__lt=row.received_at).count() + 1


def lanes_now(at: datetime) -> list[LaneNow]:
    """The three lanes: ordinary and perishable lodging over all serving processes, and the queue of express batches.

    Of express, in flight are batches that are judged, waiting those that are not begun; its time is that of a chunk
    of parcels, which is what it takes from the machine at once.
    """
    found = lane_reports(at)
    counts = Batch.objects.filter(state__in=QUEUED).aggregate(
        working=Count("pk", filter=Q(state=BatchState.WORKING)), waiting=Count("pk", filter=Q(state=BatchState.WAITING))
    )
    found[EXPRESS] = replace(
        found[EXPRESS],
        in_flight=counts["working"],
        waiting=counts["waiting"],
        quota_in_flight=settings.LANE_QUOTAS[EXPRESS][1],
        quota_waiting=settings.LANE_QUOTAS[EXPRESS][1],
    )
    return list(found.values())
