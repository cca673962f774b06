"""Declarations as the room of codes reads them for its index: that room lies below and knows nothing of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.utils import timezone

from thongquan.clearance.classification.subjects import Given, GivenLine
from thongquan.clearance.declarations.queries.bulk import LineRow, VersionRow, line_rows, version_rows
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.document import Document, Line
from thongquan.rules.encoding import decoded_document

_USD = "USD"
RULING = "AR"
"""The kind of permit by which a line names an advance ruling."""


def read_declarations(keys: Collection[int]) -> list[Given]:
    """The latest version of each of these declarations, and whether it counts."""
    latest: dict[int, VersionRow] = {}
    for one in version_rows(keys):
        if one.declaration not in latest or one.version > latest[one.declaration].version:
            latest[one.declaration] = one
    lines: dict[tuple[int, int], list[LineRow]] = defaultdict(list)
    for line in line_rows(keys):
        lines[line.declaration, line.version].append(line)
    return [_given(one, lines[one.declaration, one.version]) for one in latest.values()]


def _given(one: VersionRow, lines: list[LineRow]) -> Given:
    document, on = decoded_document(one.document), timezone.localdate(one.registered_at)
    declared = {line.number: line for line in document.lines}
    return Given(
        declaration=one.declaration,
        version=one.version,
        flow=one.flow,
        office=one.office,
        importer=one.tax_code,
        importer_name=(document.trader and document.trader.name) or "",
        on=on,
        live=one.in_force,
        lines=tuple(_line(line, declared.get(line.number), document, on) for line in lines),
    )


def _line(row: LineRow, line: Line | None, document: Document, on: date) -> GivenLine:
    counterpart = document.counterpart
    maker = next((one for one in _makers(line) if one), "")
    return GivenLine(
        number=row.number,
        code=row.hs,
        description=row.description,
        origin=row.origin,
        schedule=row.schedule,
        supplier=(counterpart and counterpart.name) or "",
        maker=maker,
        price_usd=_price(row, on),
        value_vnd=row.value_vnd,
        due_vnd=row.due_vnd,
        named=_rulings(line),
    )


def _makers(line: Line | None) -> list[str]:
    """Who made or sold the goods of a line, as far as a message of the WCO names them."""
    if line is None or line.supplement is None:
        return []
    return [party.name or "" for party in (line.supplement.seller, line.supplement.consignor) if party]


def _rulings(line: Line | None) -> tuple[str, ...]:
    """The advance rulings that a line names among its permits."""
    permits = line.permits if line else ()
    return tuple(one.number for one in permits if one.kind == RULING and one.number)


def _price(row: LineRow, on: date) -> float:
    rate = current_law().rate(_USD, on)
    if rate is None or not rate.vnd or not row.quantity:
        return 0.0
    return float((row.value_vnd / row.quantity / rate.vnd).quantize(Decimal("0.0001")))
