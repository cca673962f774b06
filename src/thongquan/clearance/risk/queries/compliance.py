"""Compliance as people read it: of the own enterprise, or of the traders of one's offices."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec
from django.db.models import QuerySet

from thongquan.base.accounts.queries import Actor, enterprise_names
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.clearance.risk.models import Compliance, Lodged, Reckoning
from thongquan.clearance.risk.permissions import own_enterprises, working_offices
from thongquan.clearance.risk.queries.records import criteria_on
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.compliance import Assessed, Condition, Record, priority_conditions


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Level and rank of an enterprise from a day on."""

    enterprise: str
    name: str
    level: int | None
    rank: int
    since: date


class ComplianceFile(msgspec.Struct, frozen=True, kw_only=True):
    """How an enterprise stands, why, what would raise it, the conditions of priority, and how it stood before.

    `reckoned_at` is when it was last reckoned, `reckoned_on` the day reckoned for; `is_late` says that the newest
    reckoning failed, so that this is the result of an earlier day.
    """

    now: Standing
    assessed: Assessed
    record: Record
    conditions: tuple[Condition, ...]
    history: tuple[Standing, ...]
    reckoned_on: date
    reckoned_at: datetime
    is_late: bool


def compliance_file(*, actor: Actor, enterprise: str) -> ComplianceFile:
    """How one enterprise stands. Raises `NotFound` outside the reader's scope and before the first reckoning."""
    if not _in_scope(actor, enterprise):
        raise NotFound(enterprise)
    rows = list(Compliance.objects.filter(tax_code=enterprise).order_by("-valid_from"))
    if not rows:
        raise NotFound(enterprise)
    names = enterprise_names([enterprise])
    newest = rows[0]
    record = msgspec.convert(newest.facts, Record, strict=False)
    return ComplianceFile(
        now=_standing(newest, names),
        assessed=msgspec.convert(newest.assessed, Assessed, strict=False),
        record=record,
        conditions=priority_conditions(record, criteria_on(current_law(), record.on)),
        history=tuple(_standing(row, names) for row in rows),
        reckoned_on=record.on,
        reckoned_at=newest.at,
        is_late=_is_late(),
    )


def _is_late() -> bool:
    newest = Reckoning.objects.order_by("-pk").values_list("state", flat=True).first()
    return newest == "failed"


def standings(*, actor: Actor, level: str = "", offset: int = 0, limit: int = 50) -> tuple[list[Standing], bool]:
    """Enterprises in the reader's scope, the lowest level first, and whether more follow.

    `level` is 1 to 5 or `none`, '' for all. Raises `NotAllowed` for those who may see no enterprise at all.
    """
    if not (own_enterprises(actor) or working_offices(actor)):
        raise NotAllowed("risk.compliance")
    rows: QuerySet[Any] = Compliance.objects.filter(pk__in=_newest(actor)).order_by("-level", "-rank", "tax_code")
    if level:
        rows = rows.filter(level=int(level)) if level != "none" else rows.filter(level=None)
    found = list(rows[offset : offset + limit + 1])
    names = enterprise_names([row.tax_code for row in found])
    return [_standing(row, names) for row in found[:limit]], len(found) > limit


def _newest(actor: Actor) -> QuerySet[Any]:
    rows = Compliance.objects.filter(tax_code__in=_codes(actor))
    return rows.order_by("tax_code", "-valid_from").distinct("tax_code").values("pk")


def _codes(actor: Actor) -> QuerySet[Any] | frozenset[str]:
    """Tax codes of the own enterprises, or of all who lodged at the reader's offices."""
    offices = working_offices(actor)
    if offices:
        return Lodged.objects.filter(office__in=offices).values("tax_code")
    return own_enterprises(actor)


def _in_scope(actor: Actor, enterprise: str) -> bool:
    if enterprise in own_enterprises(actor):
        return True
    offices = working_offices(actor)
    return bool(offices) and Lodged.objects.filter(tax_code=enterprise, office__in=offices).exists()


def _standing(row: Compliance, names: dict[str, str]) -> Standing:
    return Standing(
        enterprise=row.tax_code,
        name=names.get(row.tax_code, ""),
        level=row.level,
        rank=row.rank,
        since=row.valid_from,
    )


def own_standing(actor: Actor) -> Standing | None:
    """The level of the reader's own enterprise, for a card; None with several of them or before a reckoning."""
    codes = own_enterprises(actor)
    row = Compliance.objects.filter(tax_code__in=codes).order_by("-valid_from").first() if len(codes) == 1 else None
    return _standing(row, {}) if row else None
