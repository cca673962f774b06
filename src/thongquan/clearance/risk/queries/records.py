"""What an enterprise did, out of the room's own copy, and the criteria of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Min, Q, Sum
from django.utils import timezone

from thongquan.base.accounts.queries.holdings import standings_on
from thongquan.clearance.revenue.queries.balances import overdue_vnd, traders_owing
from thongquan.clearance.risk.models import Compliance, DecidedAct, Lodged
from thongquan.clearance.tariff.queries import LawSnapshot
from thongquan.rules.compliance import HIGH, VERY_HIGH, Act, Criteria, Criterion, Record, Tier
from thongquan.rules.facts import History


class Done(NamedTuple):
    """What an enterprise lodged within the window, and the day of its very first declaration."""

    declarations: int = 0
    turnover_vnd: Decimal = Decimal(0)
    checked: int = 0
    found: int = 0
    first_on: date | None = None


NO_LAW = Criterion(value=Decimal(0), source="", verified=False)


def criteria_on(law: LawSnapshot, on: date) -> Criteria:
    """The criteria of compliance on a day; one that the law of the day does not hold is zero and unverified."""

    def asked(name: str) -> Criterion:
        one = law.parameter(name, on)
        return Criterion(value=Decimal(one.value), source=one.source, verified=one.verified) if one else NO_LAW

    return Criteria(
        window_days=asked("compliance_window_days"),
        recovery_days=asked("compliance_recovery_days"),
        tiers=tuple(
            Tier(
                level=level,
                declarations=asked(f"compliance_{name}_declarations"),
                acts=asked(f"compliance_{name}_acts"),
            )
            for level, name in ((VERY_HIGH, "very_high"), (HIGH, "high"))
        ),
        medium_rank_acts=asked("compliance_medium_rank_acts"),
        priority_clean_days=asked("priority_clean_days"),
        priority_turnover_vnd=asked("priority_turnover_vnd"),
    )


def known_traders() -> list[str]:
    """Everyone the room has to reckon: who lodged, who was penalized, whose level was reckoned before."""
    found = set(Lodged.objects.exclude(tax_code="").values_list("tax_code", flat=True).distinct())
    found |= set(DecidedAct.objects.values_list("tax_code", flat=True).distinct())
    return sorted(found | set(Compliance.objects.values_list("tax_code", flat=True).distinct()))


def records_on(codes: Collection[str], on: date, criteria: Criteria) -> dict[str, tuple[Record, History]]:
    """The record of each enterprise on a day, and the counts that lodging reads, in few queries."""
    done = _done(codes, on, int(criteria.window_days.value))
    acts = _acts(codes)
    overdue = {code: overdue_vnd(code, on) for code in traders_owing() & set(codes)}
    held, before = standings_on(codes, on), _levels_before(codes, on)
    records = {}
    for code in codes:
        row = done.get(code, Done())
        standing = held.get(code)
        level, since = before.get(code) or ((standing.standing.level, standing.since) if standing else (None, None))
        records[code] = (
            Record(
                on=on,
                declarations=row.declarations,
                turnover_vnd=row.turnover_vnd,
                known_since=row.first_on,
                acts=acts.get(code, ()),
                overdue_vnd=overdue.get(code, Decimal(0)),
                priority=bool(standing and standing.standing.priority),
                before=level,
                before_since=since,
            ),
            _history(row, acts.get(code, ()), on),
        )
    return records


def _history(row: Done, acts: Collection[Act], on: date) -> History:
    return History(
        known_days=(on - row.first_on).days if row.first_on else 0,
        declarations=row.declarations,
        checked=row.checked,
        found=row.found,
        acts=sum(on - timedelta(days=365) < act.on <= on for act in acts),
    )


def _done(codes: Collection[str], on: date, days: int) -> dict[str, Done]:
    """What was lodged in the days before `on`, that day itself left out: it is not over."""
    end = midnight(on)
    window = Q(registered_at__gte=end - timedelta(days=days), registered_at__lt=end, ended=False)
    rows = (
        Lodged.objects.filter(tax_code__in=codes)
        .values("tax_code")
        .annotate(
            declarations=Count("pk", filter=window),
            turnover_vnd=Sum("value_vnd", filter=window),
            concluded=Count("pk", filter=window & Q(found__isnull=False)),
            hits=Count("pk", filter=window & Q(found=True)),
            first_at=Min("registered_at"),
        )
    )
    return {
        row["tax_code"]: Done(
            declarations=row["declarations"],
            turnover_vnd=row["turnover_vnd"] or Decimal(0),
            checked=row["concluded"],
            found=row["hits"],
            first_on=timezone.localdate(row["first_at"]),
        )
        for row in rows
    }


def _acts(codes: Collection[str]) -> dict[str, tuple[Act, ...]]:
    found: dict[str, list[Act]] = defaultdict(list)
    for act in DecidedAct.objects.filter(tax_code__in=codes).order_by("on", "pk"):
        found[act.tax_code].append(Act(on=act.on, group=act.annex_group))
    return {code: tuple(acts) for code, acts in found.items()}


def _levels_before(codes: Collection[str], on: date) -> dict[str, tuple[int | None, date]]:
    """The level held the day before and the first day of it; rows that changed the rank alone do not begin it anew."""
    rows = Compliance.objects.filter(tax_code__in=codes, valid_from__lt=on).order_by("tax_code", "valid_from")
    found: dict[str, tuple[int | None, date]] = {}
    for code, level, since in rows.values_list("tax_code", "level", "valid_from"):
        if code not in found or found[code][0] != level:
            found[code] = (level, since)
    return found


def midnight(day: date) -> datetime:
    """The first moment of a day at the customs office."""
    return timezone.make_aware(datetime.combine(day, time.min))
