"""Reading all live rows of law into memory, once per law version."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.queries.series import Series, series_by
from thongquan.rules.law import Cell, Condition, ExchangeRate, Option, Parameter, RegimeTax, ScheduleLaw, Waiver
from thongquan.rules.text import fold

T = TypeVar("T")
Rows = Iterator[tuple[Any, date, Any]]
CHUNK = 5000
ONE = Decimal(1)


class NodeFact(msgspec.Struct, frozen=True):
    """What rules need of a national code: its units as codes."""

    unit: str | None
    additional_unit: str | None


class RegimeFact(msgspec.Struct, frozen=True):
    """What rules need of a regime, its taxes aside."""

    flow: str
    needs_temporary_date: bool
    needs_reference: bool


class CellSeries(msgspec.Struct, frozen=True):
    """The cells of one tax and schedule of a code over time."""

    tax: str
    schedule: str
    series: Series[Cell]


class ConditionSeries(msgspec.Struct, frozen=True):
    """One condition on a prefix over time; `flow` empty means both."""

    flow: str
    series: Series[Condition]


class Content(msgspec.Struct, frozen=True):
    """All law in memory."""

    nodes: dict[str, Series[NodeFact]]
    cells: dict[str, tuple[CellSeries, ...]]
    conditions: dict[str, tuple[ConditionSeries, ...]]
    schedules: dict[str, Series[ScheduleLaw]]
    regimes: dict[str, Series[RegimeFact]]
    regime_taxes: dict[tuple[str, str], Series[RegimeTax]]
    parameters: dict[str, Series[Parameter]]
    codes: dict[str, Series[bool]]
    rates: dict[tuple[str, str], Series[ExchangeRate]]
    vague: dict[str, Series[bool]]
    waivers: dict[str, Series[Waiver]] = {}


def read_content(upto: int) -> Content:
    """Read the rows that are live at law version `upto`."""
    return Content(
        nodes=series_by(_nodes(upto)),
        cells=_cells(upto),
        conditions=_conditions(upto),
        schedules=series_by(_structs(upto, models.Schedule, ScheduleLaw, ("code",), ("preferential", "members"))),
        regimes=series_by(_regimes(upto)),
        regime_taxes=series_by(_structs(upto, models.RegimeTax, RegimeTax, ("regime", "tax"), ("treatment",))),
        parameters=series_by(_structs(upto, models.Parameter, Parameter, ("name",), ("value", "unit"))),
        codes=series_by(_codes(upto)),
        rates=series_by(_structs(upto, models.ExchangeRate, ExchangeRate, ("currency", "kind"), ("vnd",))),
        vague=series_by(_presence(upto, models.VagueTerm)),
        waivers=series_by(_waivers(upto)),
    )


def live_at(model: type[models.Dated], upto: int) -> Any:
    """Rows of a table as they were live at a law version, by key and day."""
    return model.objects.at_version(upto).order_by(*model.KEY, "valid_from")


def _structs(
    upto: int, model: type[models.Dated], kind: type[msgspec.Struct], key: tuple[str, ...], columns: tuple[str, ...]
) -> Rows:
    """Rows as values of `rules.law`; key columns that the value has a field for are given to it as well."""
    wanted = {field.name for field in msgspec.structs.fields(kind)}
    names = (*key, *columns, "valid_from", "source", "verified", "repealed")
    for row in live_at(model, upto).values(*names).iterator(chunk_size=CHUNK):
        told = {name: plain(value) for name, value in row.items() if name in wanted}
        value = None if row["repealed"] else kind(**told)
        yield row[key[0]] if len(key) == 1 else tuple(row[name] for name in key), row["valid_from"], value


def plain(value: Any) -> Any:
    """A value of a row as the rules take it: lists as tuples, decimals without idle places."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, Decimal):
        return value.quantize(ONE) if value == value.to_integral_value() else value.normalize()
    return sys.intern(value) if isinstance(value, str) else value


def _presence(upto: int, model: type[models.Dated]) -> Rows:
    (key,) = model.KEY
    for code, day, repealed in live_at(model, upto).values_list(key, "valid_from", "repealed"):
        yield code, day, None if repealed else True


def _codes(upto: int) -> Rows:
    """Every `list/code`: the code lists, and the tables that are code lists of their own."""
    rows = live_at(models.CodeValue, upto).exclude(list__in=OWN_TABLE)
    for name, code, day, repealed in rows.values_list("list", "code", "valid_from", "repealed"):
        yield f"{name}/{code}", day, None if repealed else True
    for name, model in OWN_TABLE.items():
        for code, day, value in _presence(upto, model):
            yield f"{name}/{code}", day, value


WAIVER = "waiver_fob_usd"


def _waivers(upto: int) -> Rows:
    """The value up to which an agreement asks for no proof, by the schedule of the agreement."""
    schedules = dict(live_at(models.Agreement, upto).values_list("code", "schedule"))
    for row in live_at(models.OriginTerm, upto).filter(name=WAIVER):
        schedule = schedules.get(row.agreement)
        if schedule:
            limit, source = plain(row.value), sys.intern(row.source)
            told = Waiver(limit_usd=limit, valid_from=row.valid_from, source=source, verified=row.verified)
            yield schedule, row.valid_from, None if row.repealed else told


OWN_TABLE: dict[str, type[models.Dated]] = {
    "office": models.Office,
    "gate": models.Gate,
    "regime": models.Regime,
    "schedule": models.Schedule,
}


def _nodes(upto: int) -> Rows:
    aliases = dict(live_at(models.UnitAlias, upto).filter(repealed=False).values_list("unit", "codes"))
    rows = live_at(models.Node, upto).filter(level=8).values_list("code", "valid_from", "unit", "repealed")
    for code, day, unit, repealed in rows.iterator(chunk_size=CHUNK):
        yield code, day, None if repealed else _node(unit, tuple(aliases.get(fold(unit), ())))


@lru_cache(maxsize=1024)
def _node(unit: str, codes: tuple[str, ...]) -> NodeFact:
    return NodeFact(codes[0] if codes else None, codes[1] if len(codes) > 1 else None)


def _regimes(upto: int) -> Rows:
    columns = ("flow", "needs_temporary_date", "needs_reference")
    for code, day, repealed, *values in live_at(models.Regime, upto).values_list(
        "code", "valid_from", "repealed", *columns
    ):
        yield code, day, None if repealed else RegimeFact(*values)


def _cells(upto: int) -> dict[str, tuple[CellSeries, ...]]:
    columns = ("options", "excluded", "origins", "valid_from", "source", "verified", "unknown", "raw", "repealed")
    found: dict[str, dict[tuple[str, str], Series[Cell]]] = {}
    rows = live_at(models.TariffCell, upto).values_list("hs", "tax", "schedule", *columns)
    for hs, tax, schedule, *values in rows.iterator(chunk_size=CHUNK):
        one = found.setdefault(hs, {}).setdefault((sys.intern(tax), sys.intern(schedule)), Series())
        one.add(values[3], None if values[8] else _cell(tax, schedule, *values[:8]))
    return {
        hs: tuple(CellSeries(tax, schedule, one) for (tax, schedule), one in by.items()) for hs, by in found.items()
    }


def _cell(
    tax: Any, schedule: str, options: Any, excluded: Any, origins: Any, day: date, source: str, verified: bool,
    unknown: bool, raw: str,
) -> Cell:  # fmt: skip
    return Cell(
        tax=tax,
        schedule=schedule,
        options=_options(msgspec.json.encode(options)),
        excluded=tuple(excluded),
        origins=tuple(origins),
        valid_from=day,
        source=sys.intern(source),
        verified=verified,
        unknown=unknown,
        raw=sys.intern(raw),
    )


@lru_cache(maxsize=4096)
def _options(text: bytes) -> tuple[Option, ...]:
    """Equal options are one object: a tariff has few different boxes."""
    return msgspec.json.decode(text, type=tuple[Option, ...])


def _conditions(upto: int) -> dict[str, tuple[ConditionSeries, ...]]:
    key, columns = ("hs", "flow", "kind", "code"), ("channel", "gates", "origins")
    by = series_by(_structs(upto, models.Condition, Condition, key, columns))
    found: dict[str, list[ConditionSeries]] = {}
    for (hs, flow, *_), one in by.items():
        found.setdefault(hs, []).append(ConditionSeries(flow, one))
    return {hs: tuple(several) for hs, several in found.items()}
