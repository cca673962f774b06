"""How groups of traders are treated: by size, newness, origin and gate, out of the room's own copy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db.models import Count, Min, Q, QuerySet

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.models import Lodged
from thongquan.clearance.risk.permissions import check_may
from thongquan.rules.fairness import Counts, Group, compared, summed

WINDOW = timedelta(days=180)
KINDS = ("size", "newness", "origin", "gate")
SIZES = ((10, "few"), (100, "some"), (10**9, "many"))
AGES = ((90, "new"), (365, "young"), (10**9, "old"))
_COUNTS = {
    "count": Count("pk"),
    "opened": Count("pk", filter=Q(channel__gte=2, drawn=False)),
    "concluded": Count("pk", filter=Q(channel__gte=2, drawn=False, found__isnull=False)),
    "hits": Count("pk", filter=Q(channel__gte=2, drawn=False, found=True)),
    "drawn_checked": Count("pk", filter=Q(drawn=True, found__isnull=False)),
    "drawn_found": Count("pk", filter=Q(drawn=True, found=True)),
}


class Fairness(msgspec.Struct, frozen=True, kw_only=True):
    """The groups of each kind, the most opened first, and all of them together; `traders` counts enterprises."""

    since: datetime
    kinds: dict[str, tuple[Group, ...]]
    total: Counts
    traders: dict[str, dict[str, int]]

    @property
    def alarms(self) -> list[tuple[str, Group]]:
        """Groups that are opened more without finding more."""
        return [(kind, group) for kind, groups in self.kinds.items() for group in groups if group.alarm]


def fairness(*, actor: Actor, at: datetime) -> Fairness:
    """How groups were treated in the last 180 days. Raises `NotAllowed`."""
    check_may(actor, "risk.fairness")
    return treatment(at)


def treatment(at: datetime) -> Fairness:
    """The same for the program itself, which publishes it and raises alarms."""
    rows = Lodged.objects.filter(registered_at__gte=at - WINDOW, registered_at__lte=at, ended=False)
    origins, gates = _by(rows, "origin"), _by(rows, "office")
    traders: list[dict[str, Any]] = [dict(row) for row in rows.values("tax_code").annotate(**_COUNTS)]
    known = dict(Lodged.objects.values_list("tax_code").annotate(first=Min("registered_at")))
    return Fairness(
        since=at - WINDOW,
        kinds={
            "size": compared(_bucketed(traders, lambda row: _step(row["count"], SIZES))),
            "newness": compared(_bucketed(traders, lambda row: _step((at - known[row["tax_code"]]).days, AGES))),
            "origin": compared(origins),
            "gate": compared(gates),
        },
        total=summed(counts for _key, counts in origins),
        traders={
            "size": dict(Counter(_step(row["count"], SIZES) for row in traders)),
            "newness": dict(Counter(_step((at - known[row["tax_code"]]).days, AGES) for row in traders)),
            "origin": _traders(rows, "origin"),
            "gate": _traders(rows, "office"),
        },
    )


def _traders(rows: QuerySet[Lodged], column: str) -> dict[str, int]:
    told = rows.values_list(column).annotate(traders=Count("tax_code", distinct=True)).order_by()
    return {str(key): count for key, count in told}


def _by(rows: QuerySet[Lodged], column: str) -> list[tuple[str, Counts]]:
    return [(str(row[column]), _counts(row)) for row in rows.values(column).annotate(**_COUNTS).order_by(column)]


def _bucketed(rows: Iterable[dict[str, Any]], bucket: Callable[[dict[str, Any]], str]) -> list[tuple[str, Counts]]:
    found: dict[str, list[Counts]] = defaultdict(list)
    for row in rows:
        found[bucket(row)].append(_counts(row))
    return [(key, summed(counts)) for key, counts in sorted(found.items())]


def _counts(row: dict[str, Any]) -> Counts:
    return Counts(
        lodged=row["count"],
        opened=row["opened"],
        checked=row["concluded"],
        found=row["hits"],
        drawn_checked=row["drawn_checked"],
        drawn_found=row["drawn_found"],
    )


def _step(value: int, steps: tuple[tuple[int, str], ...]) -> str:
    return next(name for most, name in steps if value < most)
