"""Keeping the room's own copy of declarations and of decided acts: written again whole at each event."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec
from django.db import transaction
from django.utils import timezone

from thongquan.clearance.risk.models import DecidedAct, Lodged, LodgedLine
from thongquan.clearance.risk.operations.tying import CopiedTie, keep_ties
from thongquan.clearance.violations.queries import violations_of

ACTS_KEPT = timedelta(days=5 * 366)
"""Acts further back touch no window that the law asks for."""


class CopiedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of goods as declared; value in dong."""

    number: int
    hs: str
    origin: str
    unit: str
    quantity: Decimal
    net_weight_kg: Decimal | None
    value_vnd: Decimal


class Copied(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration as the copy holds it; the fields are those of `models.Lodged`."""

    number: str
    registered_at: datetime
    office: str
    gate: str
    flow: str
    regime: str
    tax_code: str
    trader_name: str
    lodged_by: str
    origin: str
    value_vnd: Decimal
    due_vnd: Decimal
    channel: int
    drawn: bool
    profiles: list[int]
    ended: bool
    checked: str
    found: bool | None
    found_kinds: list[str]
    recovered_vnd: Decimal
    check_minutes: int
    concluded_at: datetime | None
    lines: tuple[CopiedLine, ...] = ()
    ties: tuple[CopiedTie, ...] = ()


_PARTS = ("lines", "ties")
_COLUMNS = [field.name for field in msgspec.structs.fields(Copied) if field.name not in _PARTS]


def keep_copies(copies: Sequence[Copied]) -> None:
    """Write these declarations and their lines, in few statements however many they are."""
    with transaction.atomic():
        Lodged.objects.bulk_create(
            [Lodged(**{name: getattr(one, name) for name in _COLUMNS}) for one in copies],
            update_conflicts=True,
            unique_fields=["number"],
            update_fields=[name for name in _COLUMNS if name != "number"],
        )
        keys = dict(Lodged.objects.filter(number__in=[one.number for one in copies]).values_list("number", "pk"))
        LodgedLine.objects.filter(lodged__in=keys.values()).delete()
        LodgedLine.objects.bulk_create(_line(keys[one.number], line) for one in copies for line in one.lines)
        keep_ties({keys[one.number]: one.ties for one in copies})


def _line(lodged: int, line: CopiedLine) -> LodgedLine:
    unit_value = (line.value_vnd / line.quantity).quantize(Decimal("0.0001")) if line.quantity else None
    return LodgedLine(lodged_id=lodged, unit_value_vnd=unit_value, **msgspec.structs.asdict(line))


def keep_acts(tax_codes: Collection[str], *, at: datetime) -> None:
    """Write anew the decided acts of these traders, as violations hold them now."""
    with transaction.atomic():
        DecidedAct.objects.filter(tax_code__in=tax_codes).delete()
        DecidedAct.objects.bulk_create(
            DecidedAct(
                case=one.case,
                tax_code=one.tax_code,
                on=timezone.localdate(one.decided_at),
                act=one.act,
                kind=one.kind,
                annex_group=one.annex_group,
            )
            for code in sorted(set(tax_codes))
            for one in violations_of(code, at - ACTS_KEPT)
        )
