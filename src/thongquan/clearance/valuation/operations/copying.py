"""Keeping the room's copy of declared prices: imports as first declared, each placed in the band of that moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db import transaction

from thongquan.clearance.declarations.numbers import number_of
from thongquan.clearance.declarations.queries.bulk import LineRow, VersionRow, line_rows, version_rows
from thongquan.clearance.valuation.classes import text_class
from thongquan.clearance.valuation.models import PricedLine
from thongquan.clearance.valuation.queries.bands import Bands, Goods, Usual, bands_of
from thongquan.rules.encoding import decoded_document
from thongquan.rules.pricing import placed

_UNIT = Decimal("0.0001")
_COLUMNS = ("number", "registered_at", "office", "tax_code", "trader_name", "hs", "text_class", "origin", "unit")
_AMOUNTS = ("quantity", "value_vnd", "unit_vnd")


def copy_prices(keys: Collection[int], *, on: date) -> int:
    """Copy the prices of these declarations, and drop those that ended; gives how many lines are kept.

    A line keeps the band it was first placed in: what an officer was shown does not change afterwards.
    """
    versions = version_rows(keys)
    alive = {row.declaration for row in versions if row.in_force}
    imports = {row.declaration: row for row in versions if row.version == 0 and row.flow == "import"}
    imports = {key: row for key, row in imports.items() if key in alive}
    names = {key: _trader(row) for key, row in imports.items()}
    lines = [line for line in line_rows(imports) if line.version == 0 and line.quantity and line.value_vnd > 0]
    rows = [_row(imports[line.declaration], line, names[line.declaration]) for line in lines]
    bands = bands_of({_goods(row) for row in rows}, on=on)
    for row in rows:
        _place(row, bands)
    with transaction.atomic():
        PricedLine.objects.filter(declaration__in=set(keys) - set(imports)).delete()
        PricedLine.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["declaration", "line"],
            update_fields=[*_COLUMNS, *_AMOUNTS],
        )
    return len(rows)


def _trader(version: VersionRow) -> str:
    trader = decoded_document(version.document).trader
    return (trader and trader.name) or ""


def _row(version: VersionRow, line: LineRow, trader: str) -> PricedLine:
    return PricedLine(
        declaration=line.declaration,
        number=number_of(line.declaration),
        line=line.number,
        registered_at=version.registered_at,
        office=version.office,
        tax_code=version.tax_code,
        trader_name=trader,
        hs=line.hs,
        text_class=text_class(line.description),
        origin=line.origin,
        unit=line.unit,
        quantity=line.quantity,
        value_vnd=line.value_vnd,
        unit_vnd=(line.value_vnd / line.quantity).quantize(_UNIT),
    )


def _goods(row: PricedLine) -> Goods:
    return Goods(row.hs, row.text_class, row.origin, row.unit)


def _place(row: PricedLine, bands: Bands) -> None:
    usual: Usual | None = bands.usual(_goods(row))
    if usual is None:
        return
    row.placed = placed(row.unit_vnd, usual.low_vnd, usual.high_vnd)
    row.basis, row.band_on = usual.basis, usual.on
    row.low_vnd, row.median_vnd, row.high_vnd = usual.low_vnd, usual.median_vnd, usual.high_vnd
    row.peers, row.peer_traders = usual.lines, usual.traders
