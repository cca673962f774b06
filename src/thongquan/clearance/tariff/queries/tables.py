"""The law's other tables as the law pages show them, and what in all of it is unverified."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from django.db.models import Count

from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.queries.names import COLUMNS, name_in

Shown = dict[str, Any]
UNVERIFIED_LIMIT = 200
ALL: tuple[type[models.Dated], ...] = (
    models.Node,
    models.TariffCell,
    models.Schedule,
    models.Regime,
    models.RegimeTax,
    models.Parameter,
    models.CodeValue,
    models.Office,
    models.Gate,
    models.Condition,
    models.ExchangeRate,
    models.VagueTerm,
    models.UnitAlias,
    models.RequiredDocument,
    models.ControlExemption,
    models.ChecklistItem,
    models.OfficeHours,
    models.HolidayOverride,
    models.ReleaseCondition,
    models.Agreement,
    models.OriginForm,
    models.OriginBox,
    models.OriginCriterion,
    models.OriginTerm,
    models.OriginIssuer,
    models.ProductRule,
    models.MinorDifference,
    models.UnitFactor,
)


class Unverified(msgspec.Struct, frozen=True):
    """How much of a table nobody has held against the text of the law, by source."""

    table: str
    rows: int
    total: int
    unknown: int
    sources: tuple[tuple[str, int], ...]


class Version(msgspec.Struct, frozen=True):
    """A law version: what a load changed."""

    id: int
    digest: str
    loaded_at: Any
    origin: str
    unread: tuple[tuple[str, int, str, str], ...]


def rows_on(model: type[models.Dated], on: date, language: str) -> list[Shown]:
    """Rows of a table that hold on the day, with their name in the reader's language."""
    fields = [field.attname for field in model._meta.concrete_fields if field.attname not in ("id", "content")]
    found = [row for row in model.objects.on(on).values(*fields) if not row["repealed"]]
    for row in found:
        if set(COLUMNS) <= row.keys():
            row["name_shown"] = name_in(row, language)
    return found


def parameters_on(on: date, language: str) -> list[Shown]:
    """Parameters of the law by name, each with whether it has other values on other days."""
    several = models.Parameter.objects.live().values("name").annotate(days=Count("id"))
    days = {row["name"]: row["days"] for row in several}
    return [{**row, "days": days[row["name"]]} for row in rows_on(models.Parameter, on, language)]


def parameter_history(name: str) -> list[Shown]:
    """Every value of a parameter, days ascending."""
    if not name.isidentifier():
        return []
    fields = ("value", "unit", "valid_from", "source", "verified", "repealed")
    return list(models.Parameter.objects.live().filter(name=name).order_by("valid_from").values(*fields))


def regime_matrix(on: date, language: str, taxes: tuple[str, ...]) -> list[Shown]:
    """Each regime with its treatment of each tax, in the order of `taxes`; None where the law in hand says nothing."""
    cells = {(row["regime"], row["tax"]): row for row in rows_on(models.RegimeTax, on, language)}
    return [
        {**regime, "cells": [cells.get((regime["code"], tax)) for tax in taxes]}
        for regime in sorted(
            rows_on(models.Regime, on, language), key=lambda row: (row["flow"] != "import", row["code"])
        )
    ]


def offices_with_gates(on: date, language: str) -> list[Shown]:
    """Regions, their offices, and the gates of each."""
    gates: dict[str, list[Shown]] = {}
    for gate in rows_on(models.Gate, on, language):
        gates.setdefault(gate["office"], []).append(gate)
    rows = rows_on(models.Office, on, language)
    regions = [row for row in rows if not row["parent"]]
    return [
        {
            **region,
            "gates": gates.get(region["code"], []),
            "offices": [
                {**row, "gates": gates.get(row["code"], [])} for row in rows if row["parent"] == region["code"]
            ],
        }
        for region in regions
    ]


def unverified() -> list[Unverified]:
    """What is unverified in each table, with the sources that say why; counted over all live rows of all days."""
    return [one for model in ALL if (one := _unverified(model)).rows]


def _unverified(model: type[models.Dated]) -> Unverified:
    live = model.objects.live()
    open_rows = live.filter(verified=False)
    sources = open_rows.values_list("source").annotate(rows=Count("id")).order_by("-rows", "source")
    unknown = live.filter(unknown=True).count() if model is models.TariffCell else 0
    return Unverified(
        table=model.__name__,
        rows=open_rows.count(),
        total=live.count(),
        unknown=unknown,
        sources=tuple(sources[:UNVERIFIED_LIMIT]),
    )


def versions(limit: int = 20) -> list[Version]:
    """The newest law versions."""
    return list(_versions(limit))


def _versions(limit: int) -> Iterator[Version]:
    for row in models.LawVersion.objects.order_by("-id")[:limit]:
        unread = tuple(tuple(cell) for cell in row.changes.get("unread", []))
        yield Version(row.id, row.digest, row.loaded_at, row.origin, unread)
