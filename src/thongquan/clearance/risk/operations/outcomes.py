"""Keeping what the model of risk learns from: lines as they were declared, and what became known of them.

Written whole at each event, so a message that comes twice changes nothing. A judgment that is taken back takes its
outcomes with it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal

import msgspec
from django.db import transaction

from thongquan.clearance.risk.models import Outcome, TradeLine
from thongquan.clearance.risk.queries.trade import SHAPE

INSPECTION, AUDIT, CODES, CERTIFICATE = "inspection", "audit", "codes", "certificate"
SOURCES = (INSPECTION, AUDIT, CODES, CERTIFICATE)


class KeptLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of trade; the fields are those of `models.TradeLine`."""

    number: str
    line: int
    at: datetime
    imports: bool
    coded: list[str | None]
    amounts: list[float | None]


class KeptOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became known of a line; the fields are those of `models.Outcome`."""

    number: str
    line: int
    source: str
    known_at: datetime
    found: bool
    kinds: list[str] = []
    evaded_vnd: Decimal = Decimal(0)


_LINE = ("shape", "at", "imports", "coded", "amounts")
_OUTCOME = ("known_at", "found", "kinds", "evaded_vnd")


def keep_lines(lines: Sequence[KeptLine]) -> None:
    """Write these lines in one statement."""
    TradeLine.objects.bulk_create(
        [TradeLine(shape=SHAPE, **msgspec.structs.asdict(one)) for one in lines],
        update_conflicts=True,
        unique_fields=["number", "line"],
        update_fields=_LINE,
        batch_size=1_000,
    )


def keep_outcomes(source: str, numbers: Collection[str], outcomes: Sequence[KeptOutcome]) -> None:
    """Write anew what a source says of these declarations; what it no longer says is gone."""
    with transaction.atomic():
        Outcome.objects.filter(source=source, number__in=numbers).delete()
        Outcome.objects.bulk_create([Outcome(**msgspec.structs.asdict(one)) for one in outcomes])


def keep_judged(outcomes: Sequence[KeptOutcome]) -> None:
    """Write what was judged of single lines; the judgment of a line that was judged before is replaced."""
    latest = {(one.number, one.line, one.source): one for one in outcomes}
    Outcome.objects.bulk_create(
        [Outcome(**msgspec.structs.asdict(one)) for one in latest.values()],
        update_conflicts=True,
        unique_fields=["number", "line", "source"],
        update_fields=_OUTCOME,
    )


def drop_judged(lines: Collection[tuple[str, int]]) -> None:
    """Forget what was judged of the codes of these lines."""
    for number, line in lines:
        Outcome.objects.filter(source=CODES, number=number, line=line).delete()
