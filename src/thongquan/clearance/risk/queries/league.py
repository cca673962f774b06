"""What profiles earn, beside the random lane: the room's own copy of what was chosen, checked and found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec
from django.db.models import Avg, Count, Q, QuerySet, Sum

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.models import Lodged, Profile
from thongquan.clearance.risk.permissions import check_may
from thongquan.clearance.risk.states import LIVE, State
from thongquan.rules.expected import is_missed
from thongquan.rules.origin.shares import Share, share
from thongquan.rules.retiring import Earned

WINDOW = timedelta(days=180)
EXPECTED_OVER = timedelta(days=30)
MINUTES = {2: 20, 3: 60}
"""Minutes of a check by channel while nothing was measured yet."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A profile in the league: what it chose in the window, what was found, and its share with the interval."""

    profile: int
    name: str
    state: str
    channel: int
    hits: int
    lodged: int
    earned: Earned
    rate: Share
    selected: Share
    expected_share: Decimal
    is_missed: bool


class League(msgspec.Struct, frozen=True, kw_only=True):
    """Profiles by what they find, and the random lane they are measured against."""

    since: datetime
    rows: tuple[Standing, ...]
    random: Earned
    random_rate: Share


def earned_by(rows: QuerySet[Lodged]) -> Earned:
    """What the checks of these declarations came to."""
    told = rows.filter(found__isnull=False).aggregate(
        concluded=Count("pk"),
        hits=Count("pk", filter=Q(found=True)),
        recovered=Sum("recovered_vnd"),
        minutes=Sum("check_minutes"),
    )
    return Earned(
        checked=told["concluded"],
        found=told["hits"],
        recovered_vnd=told["recovered"] or Decimal(0),
        minutes=told["minutes"] or 0,
    )


def random_lane(at: datetime) -> Earned:
    """What the random lane found in the window: the one unbiased measure of how much is wrong at all."""
    return earned_by(Lodged.objects.filter(drawn=True, registered_at__gte=at - WINDOW, registered_at__lte=at))


def earned_of(profile: int, at: datetime) -> Earned:
    """What a profile found in the window; what the random lane chose of the same is counted too, it was met."""
    return earned_by(_hits(profile, at))


def league(*, actor: Actor, at: datetime) -> League:
    """The league of profiles that are live or were. Raises `NotAllowed`."""
    check_may(actor, "risk.see")
    lane = random_lane(at)
    rows = Profile.objects.filter(state__in=(*LIVE, State.RETIRED)).order_by("pk")
    lodged = Lodged.objects.filter(registered_at__gte=at - WINDOW, registered_at__lte=at).count()
    standings = sorted((_standing(row, at, lodged) for row in rows), key=lambda one: (-one.rate.low, one.profile))
    return League(since=at - WINDOW, rows=tuple(standings), random=lane, random_rate=share(lane.found, lane.checked))


def _standing(row: Profile, at: datetime, lodged: int) -> Standing:
    earned, hits = earned_of(row.pk, at), _hits(row.pk, at).count()
    return Standing(
        profile=row.pk,
        name=row.name,
        state=row.state,
        channel=row.channel,
        hits=hits,
        lodged=lodged,
        earned=earned,
        rate=share(earned.found, earned.checked),
        selected=share(hits, max(lodged, hits)),
        expected_share=row.expected_share,
        is_missed=row.state in LIVE and is_missed(*expected_of(row, at), row.expected_share),
    )


def expected_of(row: Profile, at: datetime) -> tuple[int, int]:
    """Hits and declarations of the last 30 days of a live profile, as far as it was live: its expected share's test."""
    since = max(at - EXPECTED_OVER, row.live_at or at)
    lodged = Lodged.objects.filter(registered_at__gte=since, registered_at__lte=at)
    return lodged.filter(profiles__contains=[row.pk]).count(), lodged.count()


def _hits(profile: int, at: datetime) -> QuerySet[Lodged]:
    return Lodged.objects.filter(profiles__contains=[profile], registered_at__gte=at - WINDOW, registered_at__lte=at)


def minutes_of_checks(at: datetime) -> dict[int, int]:
    """Officers' minutes of a check by channel, as measured in the window; a house figure where nothing was."""
    told: Iterable[tuple[str, float | None]] = (
        Lodged.objects.filter(found__isnull=False, check_minutes__gt=0, registered_at__gte=at - WINDOW)
        .values_list("checked")
        .annotate(minutes=Avg("check_minutes"))
    )
    measured = {3 if kind == "goods" else 2: round(minutes) for kind, minutes in told if minutes}
    return {**MINUTES, **measured}
