"""Proposed rows of law: what they replace, what they do to slices of law, how to take them back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
from django.db import models as fields

from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.formats.directory import KEYS
from thongquan.clearance.tariff.queries.building import OWN_TABLE, plain
from thongquan.clearance.tariff.queries.current import current_law
from thongquan.rules.law import Cell, Condition, ExchangeRate, Option, Parameter, RegimeLaw, RegimeTax, ScheduleLaw
from thongquan.rules.text import fold
from thongquan.rules.whatif import ConditionChange, Goods, Proposed

Values = dict[str, Any]
SEEN = frozenset(
    {
        "Node",
        "TariffCell",
        "Schedule",
        "Regime",
        "RegimeTax",
        "Parameter",
        "CodeValue",
        "Office",
        "Gate",
        "Condition",
        "ExchangeRate",
        "VagueTerm",
    }
)
"""Tables that a decision can see; a change of another one cannot be tried on past declarations."""
_HIDDEN = {"id", "content", "version_id", "withdrawn_id"}
VND = "VND"


class LawRow(msgspec.Struct, frozen=True, kw_only=True):
    """A whole row of a table as the loader stores it, its values as JSON."""

    table: str
    values: Values

    @property
    def key(self) -> tuple[str, ...]:
        """What names the row beside its day."""
        return tuple(str(self.values[name]) for name in KEYS[self.table])

    @property
    def valid_from(self) -> date:
        """From which day it holds."""
        return date.fromisoformat(self.values["valid_from"])


def model_of(table: str) -> type[models.Dated]:
    """The table of this name."""
    found: type[models.Dated] = getattr(models, table)
    return found


def columns_of(table: str) -> list[str]:
    """The columns a loader fills."""
    return [one.attname for one in model_of(table)._meta.concrete_fields if one.attname not in _HIDDEN]


def as_law_row(table: str, values: Mapping[str, Any]) -> LawRow:
    """A row out of stored values."""
    return LawRow(table=table, values=msgspec.to_builtins(dict(values), enc_hook=str))


def stored_values(row: LawRow) -> Values:
    """The values as the loader takes them."""
    kinds = {one.attname: one for one in model_of(row.table)._meta.concrete_fields}
    return {name: _stored(kinds[name], value) for name, value in row.values.items()}


def _stored(kind: Any, value: Any) -> Any:
    if isinstance(kind, fields.DateField) and isinstance(value, str):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(kind, fields.DecimalField) else value


def standing_rows(rows: Sequence[LawRow]) -> list[LawRow | None]:
    """For each row the one that holds today's law on the row's own day; None where nothing does."""
    series = {table: _series(table, [row for row in rows if row.table == table]) for table in {r.table for r in rows}}
    return [_held(series[row.table].get(row.key, []), row.valid_from) for row in rows]


def _series(table: str, rows: Iterable[LawRow], upto: int | None = None) -> dict[tuple[str, ...], list[LawRow]]:
    """The dated rows of the keys, days ascending: live ones, or as known at a law version."""
    model, first = model_of(table), KEYS[table][0]
    found = model.objects.live() if upto is None else model.objects.at_version(upto)
    listed = found.filter(**{f"{first}__in": {row.values[first] for row in rows}}).order_by("valid_from")
    by: dict[tuple[str, ...], list[LawRow]] = {}
    for values in listed.values(*columns_of(table)):
        row = as_law_row(table, values)
        by.setdefault(row.key, []).append(row)
    return by


def _held(series: Sequence[LawRow], on: date) -> LawRow | None:
    holding = [row for row in series if row.valid_from <= on]
    return holding[-1] if holding and not holding[-1].values["repealed"] else None


def changed_since(rows: Sequence[LawRow], version: int) -> list[LawRow]:
    """Those whose key was given another row by a load after this law version."""
    found = []
    for table in sorted({row.table for row in rows}):
        ours = [row for row in rows if row.table == table]
        first = KEYS[table][0]
        later = model_of(table).objects.filter(
            fields.Q(version__gt=version) | fields.Q(withdrawn__gt=version),
            **{f"{first}__in": {row.values[first] for row in ours}},
        )
        keys = {tuple(str(one) for one in key) for key in later.values_list(*KEYS[table])}
        found += [row for row in ours if row.key in keys]
    return found


def rows_back(rows: Sequence[LawRow], version: int, on: date) -> list[LawRow]:
    """Rows that put back, from the day on, what held before law version `version` brought these rows.

    Days before `on` are left as they were declared under.
    """
    found: list[LawRow] = []
    for table in sorted({row.table for row in rows}):
        ours = [row for row in rows if row.table == table]
        before = _series(table, ours, upto=version - 1)
        for key in dict.fromkeys(row.key for row in ours):
            mine = [row for row in ours if row.key == key]
            days = {max(row.valid_from, on) for row in mine}
            found += [_back(mine, before.get(key, []), day) for day in sorted(days)]
    return found


def _back(mine: Sequence[LawRow], before: Sequence[LawRow], day: date) -> LawRow:
    holding = [row for row in before if row.valid_from <= day]
    if holding:
        return LawRow(table=mine[0].table, values={**holding[-1].values, "valid_from": day.isoformat()})
    return LawRow(table=mine[0].table, values={**mine[0].values, "valid_from": day.isoformat(), "repealed": True})


def proposed_of(rows: Iterable[LawRow], *, since: date, until: date) -> Proposed:
    """The rows as the rules take them: of each key the last one, for declarations registered between the days."""
    latest: dict[str, dict[tuple[str, ...], LawRow]] = {}
    for row in sorted(rows, key=lambda row: row.valid_from):
        latest.setdefault(row.table, {})[row.key] = row
    by = {table: [stored_values(row) for row in several.values()] for table, several in latest.items()}
    cells = _cells(by.get("TariffCell", []))
    return Proposed(
        goods=_goods(by.get("Node", [])),
        cells=cells,
        conditions=_conditions(by.get("Condition", [])),
        parameters={row["name"]: _value(row, Parameter) for row in by.get("Parameter", [])},
        schedules={row["code"]: _value(row, ScheduleLaw) for row in by.get("Schedule", [])},
        regimes={row["code"]: _regime(row) for row in by.get("Regime", [])},
        regime_taxes=_regime_taxes(by.get("RegimeTax", [])),
        codes=_codes(by),
        vague_terms={row["term"]: not row["repealed"] for row in by.get("VagueTerm", [])},
        currencies={row["currency"]: _value(row, ExchangeRate) for row in by.get("ExchangeRate", [])},
        weeks=_weeks(cells, since, until),
    )


def _value(row: Values, kind: Any) -> Any:
    """A row as a value of `rules.law`; None for a repeal."""
    if row["repealed"]:
        return None
    names = kind.__struct_fields__
    return kind(**{name: plain(row[name]) for name in names if name in row})


def _goods(rows: Iterable[Values]) -> dict[str, Goods | None]:
    rows = list(rows)
    units = {fold(row["unit"]) for row in rows}
    listed = models.UnitAlias.objects.live().filter(unit__in=units, repealed=False).order_by("valid_from")
    aliases = dict(listed.values_list("unit", "codes"))
    return {
        row["code"]: None if row["repealed"] else Goods(*aliases.get(fold(row["unit"]), [])[:2])
        for row in rows
        if row["level"] == 8
    }


def _cells(rows: Iterable[Values]) -> dict[str, dict[tuple[str, str], Cell | None]]:
    found: dict[str, dict[tuple[str, str], Cell | None]] = {}
    for row in rows:
        told = {**row, "options": msgspec.convert(row["options"], tuple[Option, ...])}
        found.setdefault(row["hs"], {})[row["tax"], row["schedule"]] = _value(told, Cell)
    return found


def _conditions(rows: Iterable[Values]) -> dict[str, tuple[ConditionChange, ...]]:
    found: dict[str, tuple[ConditionChange, ...]] = {}
    for row in rows:
        key = {name: row[name] for name in KEYS["Condition"]}
        ever = models.Condition.objects.filter(**key, repealed=False).values(*columns_of("Condition"))
        was = tuple(_value(one, Condition) for one in ever)
        change = ConditionChange(row["flow"], was, _value(row, Condition))
        found[row["hs"]] = (*found.get(row["hs"], ()), change)
    return found


def _regime(row: Values) -> RegimeLaw | None:
    found: RegimeLaw | None = _value({**row, "exists": True}, RegimeLaw)
    return found


def _regime_taxes(rows: Iterable[Values]) -> dict[str, dict[str, RegimeTax | None]]:
    found: dict[str, dict[str, RegimeTax | None]] = {}
    for row in rows:
        found.setdefault(row["regime"], {})[row["tax"]] = _value(row, RegimeTax)
    return found


def _codes(by: Mapping[str, Sequence[Values]]) -> dict[str, bool]:
    """Every `list/code` that changes: of the code lists, and of the tables that are code lists of their own."""
    found = {f"{row['list']}/{row['code']}": not row["repealed"] for row in by.get("CodeValue", [])}
    for name, model in OWN_TABLE.items():
        found |= {f"{name}/{row['code']}": not row["repealed"] for row in by.get(model.__name__, [])}
    return found


def _weeks(
    cells: Mapping[str, Mapping[Any, Cell | None]], since: date, until: date
) -> dict[str, dict[date, ExchangeRate]]:
    """Rates of the law in hand for the currencies that specific duties are proposed in."""
    used = {
        option.currency
        for by in cells.values()
        for cell in by.values()
        if cell is not None
        for option in cell.options
        if option.currency and option.currency != VND
    }
    law, monday = current_law(), since - timedelta(days=since.weekday())
    mondays = [monday + timedelta(weeks=week) for week in range((until - monday).days // 7 + 1)] if used else []
    return {
        currency: {day: rate for day in mondays if (rate := law.rate(currency, day)) is not None} for currency in used
    }


def newest_version() -> int:
    """The newest law version; 0 before the first load."""
    return models.LawVersion.objects.order_by("-id").values_list("id", flat=True).first() or 0
