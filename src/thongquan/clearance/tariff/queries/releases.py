"""Conditions of release and gates, as the law of a day has them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import msgspec

from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.queries.current import current_law
from thongquan.clearance.tariff.queries.names import COLUMNS, name_in
from thongquan.rules.release import ReleaseLaw


class GateFact(msgspec.Struct, frozen=True, kw_only=True):
    """A border gate: its code, the office that works there, and its names by column."""

    code: str
    office: str
    names: tuple[tuple[str, str], ...]

    def name(self, language: str) -> str:
        """Its name in a language (`vi`, `en`, `zh-hans`, `fr`)."""
        return name_in(dict(self.names), language)


def release_law_on(on: date) -> tuple[ReleaseLaw, ...]:
    """The conditions of release that hold on the day, in the order in which they were written down."""
    return _release_law(current_law().version, on)


def release_condition_name(name: str, on: date, language: str) -> str:
    """What a condition of release is called; its key when the day has no such row."""
    return name_in(dict(_condition_names(current_law().version, on).get(name, ())), language) or name


def gates_on(on: date) -> dict[str, GateFact]:
    """Every border gate of the day by its code."""
    return _gates(current_law().version, on)


@lru_cache(maxsize=64)
def _release_law(version: str, on: date) -> tuple[ReleaseLaw, ...]:
    """Held per law version: a new version is a new key."""
    columns = ("id", "name", "purposes", "valid_from", "source", "verified", "repealed")
    rows = sorted(models.ReleaseCondition.objects.on(on).values(*columns), key=lambda row: int(row["id"]))
    return tuple(
        ReleaseLaw(
            name=row["name"],
            purposes=tuple(row["purposes"]),
            valid_from=row["valid_from"],
            source=row["source"],
            verified=row["verified"],
        )
        for row in rows
        if not row["repealed"]
    )


@lru_cache(maxsize=64)
def _condition_names(version: str, on: date) -> dict[str, tuple[tuple[str, str], ...]]:
    rows = models.ReleaseCondition.objects.on(on).values("name", *COLUMNS)
    return {row["name"]: tuple((name, row[name]) for name in COLUMNS) for row in rows}


@lru_cache(maxsize=64)
def _gates(version: str, on: date) -> dict[str, GateFact]:
    rows = models.Gate.objects.on(on).values("code", "office", "repealed", *COLUMNS)
    return {
        row["code"]: GateFact(
            code=row["code"], office=row["office"], names=tuple((name, row[name]) for name in COLUMNS)
        )
        for row in rows
        if not row["repealed"]
    }
