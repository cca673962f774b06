"""What a declaration says on one point of a check: label and value, for reading beside the papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongquan.rules.document import Document, Line, Money

Told = tuple[Promise | str, str]
MOST_CHARACTERS = 500


PER_LINE = frozenset({"goods", "weight", "code", "origin"})
"""Groups of the checklist that are declared line by line."""


def declared_values(document: Document, shows: str) -> list[Told]:
    """Label and value of everything a group of the checklist shows; values that were not declared are left out."""
    tell = _GROUPS.get(shows)
    return [(label, value) for label, value in tell(document) if value] if tell else []


def declared_text(document: Document, shows: str) -> str:
    """The same on one line, to be kept beside what was found."""
    return "; ".join(value for _label, value in declared_values(document, shows))[:MOST_CHARACTERS]


def declared_of_line(line: Line, kind: str) -> str:
    """What a line declares of the matter of a finding (`quantity`, `weight`, `origin`, `value`, `code`); else empty."""
    values = {
        "quantity": _figure(line.quantity, line.unit),
        "weight": _figure(line.net_weight_kg, "kg"),
        "origin": line.origin or "",
        "value": _figure(line.value),
        "code": line.hs or "",
    }
    return values.get(kind, (line.description or "") if kind in ("ipr", "prohibited") else "")


def _figure(value: Decimal | int | None, unit: str | None = "") -> str:
    if value is None:
        return ""
    figure = f"{value.normalize():f}" if isinstance(value, Decimal) and value.is_finite() else str(value)
    return f"{figure} {unit or ''}".strip()


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _money(money: Money | None) -> str:
    return f"{money.amount:f} {money.currency}" if money else ""


def _invoice(document: Document) -> Iterator[Told]:
    invoice = document.invoice
    if invoice:
        yield _("Invoice number"), invoice.number or ""
        yield _("Date of the invoice"), _day(invoice.issued_on)
        yield _("Amount"), _figure(invoice.amount, invoice.currency)
    if document.counterpart:
        yield _("Foreign partner"), document.counterpart.name or ""


def _value(document: Document) -> Iterator[Told]:
    invoice = document.invoice
    if invoice:
        yield _("Delivery term"), " ".join(filter(None, (invoice.incoterm, invoice.incoterm_place)))
        yield _("Way of payment"), invoice.payment_method or ""
    yield _("Freight"), _money(document.freight)
    yield _("Insurance"), _money(document.insurance)
    yield _("Method of valuation"), document.valuation_method or ""
    for one in document.adjustments:
        yield _("Adjustment"), f"{one.code} {_figure(one.amount, one.currency)}"


def _transport(document: Document) -> Iterator[Told]:
    yield _("Bills of lading"), ", ".join(document.bills_of_lading)
    yield _("Vehicle"), (document.vehicle.identifier or "") if document.vehicle else ""
    yield _("Containers"), ", ".join(one.identifier or "" for one in document.containers)
    yield _("Seals"), ", ".join(seal for one in document.containers for seal in one.seals)
    yield _("Packages"), " ".join(filter(None, (_figure(document.packages), document.package_unit)))
    yield _("Arrival"), _day(document.arrival_on)


def _per_line(tell: Callable[[Line], str]) -> Callable[[Document], Iterator[Told]]:
    def told(document: Document) -> Iterator[Told]:
        for line in document.lines:
            yield str(line.number), tell(line)

    return told


def _goods(line: Line) -> str:
    return " · ".join(filter(None, (line.description, _figure(line.quantity, line.unit))))


def _weight(document: Document) -> Iterator[Told]:
    yield _("Gross weight"), _figure(document.gross_weight_kg, "kg")
    for line in document.lines:
        yield str(line.number), _figure(line.net_weight_kg, "kg")


def _origin(line: Line) -> str:
    proof = line.certificate
    told = (line.origin, line.schedule, proof and f"{proof.form or ''} {proof.number}".strip())
    return " · ".join(one for one in told if one)


def _permits(document: Document) -> Iterator[Told]:
    for one in document.permits:
        yield one.kind or "", " ".join(filter(None, (one.number, _day(one.issued_on))))
    for line in document.lines:
        for one in line.permits:
            yield str(line.number), " ".join(filter(None, (one.kind, one.number, _day(one.issued_on))))


def _duties(document: Document) -> Iterator[Told]:
    yield _("Tax term"), document.tax_term or ""
    yield _("Guarantee"), document.guarantee_reference or ""
    for line in document.lines:
        choices = (f"{one.tax} {one.rate}" for one in line.choices)
        yield str(line.number), " · ".join(filter(None, (line.schedule, line.exemption, *choices)))


def _temporary(document: Document) -> Iterator[Told]:
    yield _("Until"), _day(document.temporary_until)
    yield _("Earlier declaration"), document.temporary_reference or ""
    yield _("Notes"), document.notes or ""


_GROUPS: dict[str, Callable[[Document], Iterator[Told]]] = {
    "invoice": _invoice,
    "value": _value,
    "transport": _transport,
    "goods": _per_line(_goods),
    "weight": _weight,
    "code": _per_line(lambda line: " · ".join(filter(None, (line.hs, line.description)))),
    "origin": _per_line(_origin),
    "permits": _permits,
    "duties": _duties,
    "temporary": _temporary,
}
