"""Models in the league: what each would have opened of its own accord, let in or not, and what checks of it found."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db.models import Count

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.models import DeclarationScore, Lodged
from thongquan.clearance.risk.permissions import check_may
from thongquan.clearance.risk.queries.league import WINDOW, earned_by
from thongquan.rules.origin.shares import Share, share
from thongquan.rules.retiring import Earned

MOST = 4


class ModelStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A model in the league: declarations it scored in the window, those it would open, what checks of these found."""

    version: str
    scored: int
    hits: int
    earned: Earned
    rate: Share
    selected: Share


def model_league(*, actor: Actor, at: datetime) -> tuple[ModelStanding, ...]:
    """Models that scored in the last 180 days, those that find most first. Raises `NotAllowed`.

    What a model would open is checked for another reason while it stays in the shadow, so its share counts only what
    was checked anyway: the interval says how far it may be trusted.
    """
    check_may(actor, "risk.see")
    scores = DeclarationScore.objects.filter(at__gte=at - WINDOW, at__lte=at)
    counted = scores.values_list("model").annotate(count=Count("pk")).order_by("-count")[:MOST]
    standings = [_standing(version, count, at) for version, count in counted]
    return tuple(sorted(standings, key=lambda one: (-one.rate.low, one.version)))


def _standing(version: str, scored: int, at: datetime) -> ModelStanding:
    would = DeclarationScore.objects.filter(model=version, would=True, at__gte=at - WINDOW, at__lte=at)
    hits = would.count()
    earned = earned_by(Lodged.objects.filter(number__in=would.values("number")))
    return ModelStanding(
        version=version,
        scored=scored,
        hits=hits,
        earned=earned,
        rate=share(earned.found, earned.checked),
        selected=share(hits, max(scored, hits)),
    )
