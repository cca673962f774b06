"""What changed this week: the last seven days beside the seven before them."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from django.db.models import Count, Q, QuerySet

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.models import Lodged
from thongquan.clearance.risk.permissions import check_may
from thongquan.rules.origin.shares import Share, share

WEEK = timedelta(days=7)
MOST = 10


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """Seven days: declarations, opened ones, what checks and what the random lane found, traders seen first."""

    declarations: int
    opened: Share
    found: Share
    random: Share
    new_traders: int


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where risk is: an office or an origin, with its declarations and what checks found there in the week."""

    key: str
    declarations: int
    found: Share


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """This week, the week before, and where something was found this week."""

    this: Week
    before: Week
    offices: tuple[Place, ...]
    origins: tuple[Place, ...]


def desk(*, actor: Actor, at: datetime) -> Desk:
    """What changed this week. Raises `NotAllowed`."""
    check_may(actor, "risk.see")
    rows = Lodged.objects.filter(registered_at__gte=at - WEEK, registered_at__lte=at)
    return Desk(
        this=_week(at - WEEK, at),
        before=_week(at - 2 * WEEK, at - WEEK),
        offices=_places(rows, "office"),
        origins=_places(rows, "origin"),
    )


def _week(since: datetime, until: datetime) -> Week:
    rows = Lodged.objects.filter(registered_at__gte=since, registered_at__lt=until)
    told = rows.aggregate(
        declarations=Count("pk"),
        opened=Count("pk", filter=Q(channel__gte=2)),
        concluded=Count("pk", filter=Q(found__isnull=False)),
        hits=Count("pk", filter=Q(found=True)),
        random_checked=Count("pk", filter=Q(drawn=True, found__isnull=False)),
        random_hits=Count("pk", filter=Q(drawn=True, found=True)),
    )
    earlier = Lodged.objects.filter(registered_at__lt=since).values("tax_code")
    return Week(
        declarations=told["declarations"],
        opened=share(told["opened"], told["declarations"]),
        found=share(told["hits"], told["concluded"]),
        random=share(told["random_hits"], told["random_checked"]),
        new_traders=rows.exclude(tax_code__in=earlier).values("tax_code").distinct().count(),
    )


def _places(rows: QuerySet[Lodged], column: str) -> tuple[Place, ...]:
    found = rows.values_list(column).annotate(
        count=Count("pk"), concluded=Count("pk", filter=Q(found__isnull=False)), hits=Count("pk", filter=Q(found=True))
    )
    ordered = sorted(found, key=lambda row: (-row[3], -row[1], row[0]))[:MOST]
    return tuple(
        Place(key=key, declarations=lodged, found=share(hits, checked)) for key, lodged, checked, hits in ordered
    )
