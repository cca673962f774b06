"""What the model of risk said, for those who check: of a declaration, and how the hours of offices were filled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec
from django.db.models import Count, Q

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.model_states import Mode
from thongquan.clearance.risk.models import DeclarationScore, Lodged, OfficeHour
from thongquan.clearance.risk.permissions import check_may, may, offices_for, working_offices

HOUR = timedelta(hours=1)
SHOWN = timedelta(hours=24)


class ScoreTold(msgspec.Struct, frozen=True, kw_only=True):
    """What the model said of a declaration: probability and line, dong expected, the meanings behind it (the weightiest
    first), its version; `opened` that it asked for the inspection, `drawn` that chance did."""

    probability: Decimal
    line: int
    duty_vnd: Decimal
    reasons: tuple[str, ...]
    version: str
    past: str
    at: datetime
    opened: bool
    drawn: bool
    rank: Decimal | None
    threshold: Decimal | None


class FilledHour(msgspec.Struct, frozen=True, kw_only=True):
    """An hour of an office: its budget in minutes, from which rank on the model opened, the share of chance, and what
    filled it: openings by law and rules, by the model, by chance, and minutes they take together."""

    office: str
    begins_at: datetime
    minutes: int
    mandatory_minutes: int
    expected: Decimal
    threshold: Decimal | None
    share: Decimal
    lodged: int
    by_law: int
    by_model: int
    by_chance: int
    would: int
    taken_minutes: int


def score_told(*, actor: Actor, number: str, office: str) -> ScoreTold | None:
    """What the model said of a declaration, for officers of its office and analysts; None for others, and where it was
    not let in so far. Rank and threshold are for analysts."""
    if office not in working_offices(actor) and office not in offices_for(actor, "risk.see"):
        return None
    row = DeclarationScore.objects.filter(number=number).exclude(mode=Mode.SHADOW).first()
    if row is None:
        return None
    analyst = may(actor, "risk.see")
    return ScoreTold(
        probability=row.probability.quantize(Decimal("0.001")),
        line=row.line,
        duty_vnd=row.duty_vnd,
        reasons=tuple(meaning for meaning, _weight in row.reasons),
        version=row.model,
        past=row.past,
        at=row.at,
        opened=row.opened,
        drawn=row.drawn,
        rank=row.rank if analyst else None,
        threshold=row.threshold if analyst else None,
    )


def filled_hours(*, actor: Actor, at: datetime) -> tuple[FilledHour, ...]:
    """The hours of the last day at the actor's offices, the latest first, what filled each. Raises `NotAllowed`."""
    check_may(actor, "risk.see")
    offices = offices_for(actor, "risk.see")
    rows = OfficeHour.objects.filter(office__in=offices, begins_at__gt=at - SHOWN, begins_at__lte=at)
    return tuple(_filled(row) for row in rows.order_by("-begins_at", "office"))


def _filled(row: OfficeHour) -> FilledHour:
    until = row.begins_at + HOUR
    told = DeclarationScore.objects.filter(office=row.office, at__gte=row.begins_at, at__lt=until).aggregate(
        by_model=Count("pk", filter=Q(opened=True)),
        would=Count("pk", filter=Q(would=True)),
        also=Count("pk", filter=Q(opened=True, drawn=False)),
    )
    lodged = Lodged.objects.filter(office=row.office, registered_at__gte=row.begins_at, registered_at__lt=until)
    seen = lodged.aggregate(
        lodged=Count("pk"), opened=Count("pk", filter=Q(channel=3)), by_chance=Count("pk", filter=Q(drawn=True))
    )
    return FilledHour(
        office=row.office,
        begins_at=row.begins_at,
        minutes=row.minutes,
        mandatory_minutes=row.mandatory_minutes,
        expected=row.expected,
        threshold=row.threshold,
        share=row.share.quantize(Decimal("0.001")),
        lodged=seen["lodged"],
        by_law=max(seen["opened"] - seen["by_chance"] - told["also"], 0),
        by_model=told["by_model"],
        by_chance=seen["by_chance"],
        would=told["would"],
        taken_minutes=seen["opened"] * row.minutes_each,
    )


def share_filled(hours: Sequence[FilledHour]) -> Decimal | None:
    """What part of the minutes of these hours the openings took; None without any."""
    minutes = sum(one.minutes for one in hours)
    return (Decimal(sum(one.taken_minutes for one in hours)) / minutes).quantize(Decimal("0.001")) if minutes else None
