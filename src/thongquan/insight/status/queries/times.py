"""How long answers took, hour by hour and group by group."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import msgspec

from thongquan.insight.status.buckets import Histogram
from thongquan.insight.status.groups import GROUPS
from thongquan.insight.status.measuring import HOUR_SECONDS, hour_from
from thongquan.insight.status.models import Answers


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """Answers of a group in an hour (or in all hours together, `at` None); times in milliseconds."""

    at: datetime | None
    group: str
    requests: int
    p50_ms: float
    p95_ms: float


def times_until(at: datetime, count: int) -> tuple[list[Times], list[Times]]:
    """Each of the last hours and group with any answer, in order; and each group over all of them."""
    begin = hour_from(int(at.timestamp()) // HOUR_SECONDS - count + 1)
    found: dict[tuple[str, datetime], list[Histogram]] = defaultdict(list)
    for row in Answers.objects.filter(hour__gte=begin).order_by("hour"):
        found[row.group, row.hour].append(Histogram(bytes(row.buckets)))
    merged = {key: Histogram().merge(several) for key, several in found.items()}
    hours = [
        _times(at, group, merged[group, at]) for group, at in sorted(merged, key=lambda key: (_place(key[0]), key[1]))
    ]
    groups = list(dict.fromkeys(one.group for one in hours))
    whole = [_times(None, name, _all_of(merged, name)) for name in groups]
    return hours, whole


def _all_of(merged: dict[tuple[str, datetime], Histogram], name: str) -> Histogram:
    return Histogram().merge(one for (group, _), one in merged.items() if group == name)


def _place(group: str) -> int:
    names = list(GROUPS)
    return names.index(group) if group in names else len(names)


def _times(at: datetime | None, group: str, histogram: Histogram) -> Times:
    return Times(
        at=at,
        group=group,
        requests=histogram.total,
        p50_ms=(histogram.percentile(50) or 0) / 1000,
        p95_ms=(histogram.percentile(95) or 0) / 1000,
    )
