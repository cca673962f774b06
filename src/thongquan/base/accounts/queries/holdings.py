"""What customs holds of many enterprises on a day, in one read each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from thongquan.base.accounts.models import Assessment, Organization
from thongquan.rules.facts import Standing


class Held(NamedTuple):
    """The standing of an enterprise, and the day from which it is held."""

    standing: Standing
    since: date


def standings_on(codes: Collection[str], on: date) -> dict[str, Held]:
    """What customs holds of these enterprises on a day, by tax code; those never assessed are left out."""
    rows = (
        Assessment.objects.filter(enterprise__kind="enterprise", enterprise__code__in=codes, valid_from__lte=on)
        .order_by("enterprise", "-valid_from")
        .distinct("enterprise")
        .values_list("enterprise__code", "valid_from", "level", "priority", "barred", "rank")
    )
    return {
        code: Held(Standing(level=level, priority=priority, barred=barred, rank=rank), since)
        for code, since, level, priority, barred, rank in rows
    }


def enterprises_among(codes: Collection[str]) -> frozenset[str]:
    """Which of these tax codes are those of an enterprise that customs knows."""
    return frozenset(Organization.objects.filter(kind="enterprise", code__in=codes).values_list("code", flat=True))
