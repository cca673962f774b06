"""The hour of each office: how much its officers can open, and from which rank on the model opens, reckoned before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from django.db.models import Count, Q
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.models import DeclarationScore, Lodged, OfficeHour
from thongquan.clearance.risk.permissions import check_may
from thongquan.clearance.risk.queries.champions import champion
from thongquan.clearance.risk.scoring.memory import forget_held
from thongquan.clearance.tariff.queries import LawSnapshot, current_law
from thongquan.learning.risk.selection import LEAST_EXPLORATION, hour_of

RECENT = timedelta(days=7)
SEEN = timedelta(days=28)
MOST_RANKS, LEAST_RANKS = 5_000, 20
_SIX = Decimal("0.000001")


class Budget(NamedTuple):
    """What the law of the day gives an office: minutes an hour and for each opening, shares, cap of a trader."""

    minutes: int
    each: int
    exploration: Decimal
    trade_off: Decimal
    cap: int


class Expected(NamedTuple):
    """What an hour usually brings: declarations, and how many of them are opened without the model."""

    declarations: Decimal
    mandatory: Decimal


def reckon_hours(*, actor: Actor, begins_at: datetime, at: datetime) -> int:
    """Reckon the hour that begins at `begins_at` for every office; gives how many. Nothing without a champion.

    For programs only; the same hour again is written over until it began. Raises `NotAllowed`.
    """
    check_may(actor, "risk.train")
    one = champion(at)
    if one is None:
        return 0
    law, on = current_law(), timezone.localdate(begins_at)
    offices = list(Lodged.objects.filter(registered_at__gte=at - SEEN).values_list("office", flat=True).distinct())
    for office in sorted(offices):
        row = _reckoned(office, begins_at, budget_of(law, office, on), one.version, at)
        OfficeHour.objects.update_or_create(office=office, begins_at=begins_at, defaults=row)
    forget_held()
    return len(offices)


def budget_of(law: LawSnapshot, office: str, on: date) -> Budget:
    """The budget of an office on a day; a parameter that ends with its code stands before the general one."""

    def asked(name: str, usual: str) -> Decimal:
        one = law.parameter(f"{name}_{office}", on) or law.parameter(name, on)
        return Decimal(one.value) if one else Decimal(usual)

    return Budget(
        minutes=int(asked("selection_minutes", "0")),
        each=max(int(asked("selection_minutes_each", "60")), 1),
        exploration=max(asked("selection_exploration", "0.10"), Decimal(str(LEAST_EXPLORATION))),
        trade_off=asked("selection_trade_off", "0.05"),
        cap=int(asked("selection_cap", "5")),
    )


def _reckoned(office: str, begins_at: datetime, budget: Budget, model: str, at: datetime) -> dict[str, object]:
    ranks, usual = _ranks(office, model, at), expected_in(office, begins_at, at)
    mandatory = min(int(usual.mandatory * budget.each), budget.minutes)
    left = budget.minutes - mandatory
    hour = hour_of(
        np.array(ranks, dtype=np.float64),
        expected=float(max(usual.declarations, Decimal(1))),
        minutes=float(left),
        minutes_each=float(budget.each),
        exploration=float(budget.exploration),
        seed="",
    )
    opens = len(ranks) >= LEAST_RANKS and np.isfinite(hour.threshold)
    return {
        "minutes": budget.minutes,
        "mandatory_minutes": mandatory,
        "minutes_each": budget.each,
        "expected": usual.declarations.quantize(Decimal("0.01")),
        "exploration": budget.exploration,
        "trade_off": budget.trade_off,
        "ranks": len(ranks),
        "threshold": Decimal(repr(hour.threshold)).quantize(_SIX) if opens else None,
        "share": Decimal(repr(hour.random_share)).quantize(_SIX),
        "capped": _capped(budget.cap, begins_at),
        "model": model,
        "at": at,
    }


def _ranks(office: str, model: str, at: datetime) -> list[Decimal]:
    """Ranks of the last days at this office; of all offices while it has few."""
    rows = DeclarationScore.objects.filter(model=model, at__gte=at - RECENT).order_by("-at")
    own = list(rows.filter(office=office).values_list("rank", flat=True)[:MOST_RANKS])
    return own if len(own) >= LEAST_RANKS else list(rows.values_list("rank", flat=True)[:MOST_RANKS])


def expected_in(office: str, begins_at: datetime, at: datetime) -> Expected:
    """What this hour of the day brought on days of the last four weeks on which the office worked at all."""
    hour = timezone.localtime(begins_at).hour
    rows = Lodged.objects.filter(office=office, registered_at__gte=at - SEEN, registered_at__lt=at)
    days = len(set(rows.dates("registered_at", "day"))) or 1
    told = rows.filter(registered_at__hour=hour).aggregate(
        declarations=Count("pk"), mandatory=Count("pk", filter=Q(channel=3, drawn=False))
    )
    opened = DeclarationScore.objects.filter(office=office, opened=True, at__gte=at - SEEN, at__hour=hour).count()
    mandatory = max(told["mandatory"] - opened, 0)
    return Expected(Decimal(told["declarations"]) / days, Decimal(mandatory) / days)


def _capped(cap: int, begins_at: datetime) -> list[str]:
    """Traders of whom the model opened as many as it may on the day of the hour."""
    day = timezone.localtime(begins_at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = DeclarationScore.objects.filter(opened=True, at__gte=day).exclude(tax_code="")
    counted: Iterable[tuple[str, int]] = rows.values_list("tax_code").annotate(count=Count("pk"))
    return sorted(code for code, count in counted if count >= cap)
