"""Who is not stopped, and the points of a document check, as the law of a day has them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import msgspec

from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.queries.current import current_law
from thongquan.clearance.tariff.queries.names import COLUMNS, name_in
from thongquan.rules.controls import Exemption


class ChecklistPoint(msgspec.Struct, frozen=True, kw_only=True):
    """A point of the document check: `shows` the declared values beside it, `finds` the kind of a difference."""

    code: str
    place: int
    shows: str
    finds: str
    names: tuple[tuple[str, str], ...]
    source: str
    verified: bool

    def name(self, language: str) -> str:
        """Its words in a language (`vi`, `en`, `zh-hans`, `fr`)."""
        return name_in(dict(self.names), language)


def exemptions_on(on: date) -> tuple[Exemption, ...]:
    """The rows of who is not stopped that hold on the day."""
    return _exemptions(current_law().version, on)


def exemption_name(by: str, key: str, on: date, language: str) -> str:
    """What a row of who is not stopped is called; its key when the day has no such row."""
    return name_in(dict(_exemption_names(current_law().version, on).get((by, key), ())), language) or key


def checklist_on(on: date, *, regime: str, flow: str) -> tuple[ChecklistPoint, ...]:
    """The points of the document check of a regime on the day, in their order: common points, then the regime's."""
    return _checklist(current_law().version, on, regime, flow)


@lru_cache(maxsize=64)
def _exemptions(version: str, on: date) -> tuple[Exemption, ...]:
    """Held per law version: a new version is a new key."""
    names = [field.name for field in msgspec.structs.fields(Exemption)]
    rows = models.ControlExemption.objects.on(on).values("repealed", *names)
    return tuple(Exemption(**{name: row[name] for name in names}) for row in rows if not row["repealed"])


@lru_cache(maxsize=64)
def _exemption_names(version: str, on: date) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    rows = models.ControlExemption.objects.on(on).values("by", "key", *COLUMNS)
    return {(row["by"], row["key"]): tuple((name, row[name]) for name in COLUMNS) for row in rows}


@lru_cache(maxsize=256)
def _checklist(version: str, on: date, regime: str, flow: str) -> tuple[ChecklistPoint, ...]:
    columns = ("code", "place", "shows", "finds", "source", "verified")
    rows = models.ChecklistItem.objects.on(on).values("regime", "flow", "repealed", *columns, *COLUMNS)
    found = [
        ChecklistPoint(**{name: row[name] for name in columns}, names=tuple((name, row[name]) for name in COLUMNS))
        for row in rows
        if not row["repealed"] and row["regime"] in ("", regime) and row["flow"] in ("", flow)
    ]
    return tuple(sorted(found, key=lambda one: (one.place, one.code)))
