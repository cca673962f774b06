"""Rates of a code as the law pages show them: on a day, and through time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import msgspec

from thongquan.clearance.tariff.models import Condition, ExchangeRate, Schedule, TariffCell
from thongquan.clearance.tariff.queries.names import COLUMNS, name_in
from thongquan.rules.law import Option

TAX_ORDER = ("import_duty", "export_duty", "anti_dumping", "countervailing", "safeguard", "sct", "ept", "vat")
WEEK = timedelta(days=7)


class CellRow(msgspec.Struct, frozen=True):
    """One cell of a tariff table as shown; `until` is the day before the next cell, None where it is the last."""

    hs: str
    tax: str
    schedule: str
    options: tuple[Option, ...]
    excluded: tuple[str, ...]
    raw: str
    unknown: bool
    repealed: bool
    valid_from: date
    until: date | None
    source: str
    verified: bool

    def holds(self, on: date) -> bool:
        """Whether this cell is in force on the day."""
        return self.valid_from <= on and (self.until is None or on <= self.until)


class ConditionRow(msgspec.Struct, frozen=True):
    """A condition on goods as shown."""

    hs: str
    flow: str
    kind: str
    code: str
    name: str
    gates: tuple[str, ...]
    origins: tuple[str, ...]
    valid_from: date
    source: str
    verified: bool


class RateRow(msgspec.Struct, frozen=True):
    """An exchange rate of a week, Monday to Sunday."""

    currency: str
    kind: str
    vnd: str
    valid_from: date
    source: str
    verified: bool

    @property
    def until(self) -> date:
        """The Sunday on which it ends."""
        return self.valid_from + WEEK - timedelta(days=1)


def cells_of(hs: Iterable[str]) -> list[CellRow]:
    """Every cell of the codes through time, in the legal order of taxes, MFN first, days ascending."""
    rows = TariffCell.objects.live().filter(hs__in=list(hs)).order_by("hs", "tax", "schedule", "valid_from")
    fields = ("hs", "tax", "schedule", "options", "excluded", "raw", "unknown", "repealed", "valid_from", "source")
    found = list(rows.values(*fields, "verified"))
    shown = [_cell(row, following) for row, following in zip(found, [*found[1:], None], strict=True)]
    return sorted(shown, key=lambda one: (one.hs, TAX_ORDER.index(one.tax), one.schedule))


def _cell(row: dict[str, Any], following: dict[str, Any] | None) -> CellRow:
    same = following is not None and all(row[name] == following[name] for name in ("hs", "tax", "schedule"))
    until = following["valid_from"] - timedelta(days=1) if following is not None and same else None
    told = {**row, "options": msgspec.convert(row["options"], tuple[Option, ...]), "excluded": tuple(row["excluded"])}
    return CellRow(**told, until=until)


def conditions_of(hs: str, on: date, language: str) -> list[ConditionRow]:
    """Conditions on goods of a code on the day, from the general prefix to the particular."""
    prefixes = [hs[:length] for length in (2, 4, 6, 8) if len(hs) >= length]
    rows = Condition.objects.on(on).filter(hs__in=prefixes).values(
        *("hs", "flow", "kind", "code", "gates", "origins", "valid_from", "source", "verified", "repealed", *COLUMNS)
    )  # fmt: skip
    return [
        ConditionRow(
            hs=row["hs"],
            flow=row["flow"],
            kind=row["kind"],
            code=row["code"],
            name=name_in(row, language),
            gates=tuple(row["gates"]),
            origins=tuple(row["origins"]),
            valid_from=row["valid_from"],
            source=row["source"],
            verified=row["verified"],
        )
        for row in rows
        if not row["repealed"]
    ]


def schedule_names(on: date, language: str) -> dict[str, str]:
    """Names of the tariff schedules by code."""
    rows = Schedule.objects.on(on).values("code", "repealed", *COLUMNS)
    return {row["code"]: name_in(row, language) for row in rows if not row["repealed"]}


def exchange_rates(since: date, until: date, currency: str = "") -> list[RateRow]:
    """Weekly rates between two days, by currency and week."""
    rows = ExchangeRate.objects.live().filter(valid_from__range=(since - WEEK, until), repealed=False)
    if currency:
        rows = rows.filter(currency=currency)
    found = rows.order_by("currency", "kind", "valid_from").values(
        "currency", "kind", "vnd", "valid_from", "source", "verified"
    )
    return [RateRow(**{**row, "vnd": f"{row['vnd'].normalize():f}"}) for row in found]


def schedule_forms(on: date) -> dict[str, str]:
    """The form of the proof of origin that each schedule asks for, by code; those that ask for none are left out."""
    rows = Schedule.objects.on(on).values("code", "form", "repealed")
    return {row["code"]: row["form"] for row in rows if row["form"] and not row["repealed"]}
