"""Declarations as the room of codes reads them for its index: that room lies below and knows nothing of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.utils import timezone

from thongquan.clearance.classification.subjects import CertifiedLine, Given, GivenLine, subject_of
from thongquan.clearance.declarations.queries.bulk import LineRow, VersionRow, line_rows, version_rows
from thongquan.clearance.origin.queries.lodging import certificates_named
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.document import Document, Line
from thongquan.rules.encoding import decoded_document
from thongquan.rules.origin.certificate import PaperLine
from thongquan.rules.origin.checks.codes import criterion_for
from thongquan.rules.origin.criteria import read_criterion
from thongquan.rules.origin.law import OriginLaw
from thongquan.rules.origin.numbers import folded_number
from thongquan.rules.origin.presented import Presented

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


def read_certificate(declaration: int, number: int) -> CertifiedLine | None:
    """What the certificate that a line of the latest version names says of its code."""
    rows = sorted(version_rows([declaration]), key=lambda one: one.version)
    if not rows:
        return None
    document, on = decoded_document(rows[-1].document), timezone.localdate(rows[-1].registered_at)
    line = next((one for one in document.lines if one.number == number), None)
    if line is None or line.certificate is None:
        return None
    named = certificates_named(document, on=on, subject=subject_of(declaration))
    wanted = folded_number(line.certificate.number)
    for kept in named.certificates:
        item = next((one for one in kept.paper.lines if one.number == line.certificate.line), None)
        if item is not None and folded_number(kept.paper.number) == wanted:
            return _certified(line, kept, item, named.laws[kept.law])
    return None


def _certified(line: Line, kept: Presented, item: PaperLine, law: OriginLaw) -> CertifiedLine:
    stated = read_criterion(item.criterion)
    asked = criterion_for(line.hs or "", stated, law) if stated else None
    return CertifiedLine(
        number=kept.paper.number, hs=item.hs, criterion=item.criterion, asked=asked, proved=kept.proved
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
