"""What an audit found instead of what was declared, put into the document, so that the rules may decide it again.

Legal basis: Customs Law 54/2014/QH13 Art. 77-80; Law on Tax Administration 108/2025/QH15 (assessment by customs).
Amounts that follow from others are made to follow: the value of a line from price and quantity, the unit price from a
value that was found, the total of the invoice from its lines. Nothing else is changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, NamedTuple

from msgspec.structs import replace

from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision, Fault
from thongquan.rules.document import Document, Frozen, Line, Money, RateChoice
from thongquan.rules.money import ZERO, exact

Kind = Literal["text", "number", "yes", "rate"]
LINE_FIELDS: dict[str, Kind] = {
    "hs": "text",
    "description": "text",
    "origin": "text",
    "quantity": "number",
    "unit": "text",
    "quantity2": "number",
    "unit2": "text",
    "net_weight_kg": "number",
    "unit_price": "number",
    "value": "number",
    "schedule": "text",
    "in_quota": "yes",
    "exemption": "text",
    "vat_rate": "rate",
}
HEADER_FIELDS: dict[str, Kind] = {"freight": "number", "insurance": "number"}
_YES = {"yes": True, "no": False}
_PRICE, _VALUE = Decimal("0.000001"), Decimal("0.0001")


class Found(Frozen, frozen=True, kw_only=True):
    """A value found: on a line (0 for the header), in a field of the tables above, as text; '' for nothing there."""

    line: int
    field: str
    value: str


class Difference(NamedTuple):
    """One tax of one line: dong due as declared and as found, and what is missing (negative: paid too much)."""

    line: int
    tax: str
    declared_vnd: Decimal
    found_vnd: Decimal

    @property
    def short_vnd(self) -> Decimal:
        """Dong owed beyond what was declared."""
        return self.found_vnd - self.declared_vnd

    def as_row(self) -> dict[str, int | str]:
        """As it is stored: amounts as text."""
        amounts = {name: str(getattr(self, name)) for name in ("declared_vnd", "found_vnd", "short_vnd")}
        return {"line": self.line, "tax": self.tax, **amounts}


def declared_value(document: Document, line: int, field: str) -> str:
    """What was declared there, as text; '' for nothing."""
    if line == 0:
        money = getattr(document, field, None)
        return _plain(money.amount) if isinstance(money, Money) else ""
    row = next((row for row in document.lines if row.number == line), None)
    if row is None:
        return ""
    if field == "vat_rate":
        return next((choice.rate for choice in row.choices if choice.tax == "vat"), "")
    value = getattr(row, field, None)
    if isinstance(value, Decimal):
        return _plain(value)
    return ("yes" if value else "no") if isinstance(value, bool) else value or ""


def _plain(number: Decimal) -> str:
    """A number without zeros that say nothing."""
    return f"{number.normalize():f}" if number.is_finite() else str(number)


def finding_faults(document: Document, found: Found, *, path: str = "") -> list[Fault]:
    """What is wrong with a finding: no such place (TQ-AUD-005), a value that cannot be read (TQ-AUD-006)."""
    fields = LINE_FIELDS if found.line else HEADER_FIELDS
    known = found.line == 0 or any(row.number == found.line for row in document.lines)
    if found.field not in fields or not known:
        place = f"{found.line}.{found.field}"
        return [Fault(code=Code.TQ_AUD_005, path=path, value=place)]
    try:
        _read(fields[found.field], found.value)
    except ValueError:
        return [Fault(code=Code.TQ_AUD_006, path=path, value=found.value, values={"field": found.field})]
    return []


def _read(kind: Kind, text: str) -> Any:
    """A value of a kind; None for nothing. Raises ValueError."""
    if not text:
        return None
    if kind == "yes":
        if text not in _YES:
            raise ValueError(text)
        return _YES[text]
    if kind != "number":
        return text
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not value.is_finite() or value < 0 or abs(value.adjusted()) > 18:
        raise ValueError(text)
    return value


def with_found(document: Document, findings: Iterable[Found]) -> Document:
    """The document as found. Every finding was checked with `finding_faults`; the last one of a place counts."""
    by_line: dict[int, dict[str, str]] = {}
    for found in findings:
        by_line.setdefault(found.line, {})[found.field] = found.value
    with exact():
        lines = tuple(_line(row, by_line.get(row.number, {})) for row in document.lines)
        header = by_line.get(0, {})
        changed = replace(document, lines=lines, **{name: _money(document, name, header[name]) for name in header})
        return _invoiced(changed, document.lines)


def _line(row: Line, found: dict[str, str]) -> Line:
    if not found:
        return row
    plain = {name: _read(LINE_FIELDS[name], text) for name, text in found.items() if name != "vat_rate"}
    changed = replace(row, **plain)
    if "vat_rate" in found:
        changed = replace(changed, choices=_choices(row, found["vat_rate"]))
    return _following(changed, found)


def _choices(row: Line, rate: str) -> tuple[RateChoice, ...]:
    others = tuple(choice for choice in row.choices if choice.tax != "vat")
    return (*others, RateChoice(tax="vat", rate=rate, reason="audit")) if rate else others


def _following(line: Line, found: dict[str, str]) -> Line:
    """Price follows a value that was found; else the value follows price and quantity."""
    if line.quantity and line.value is not None and "value" in found:
        return replace(line, unit_price=(line.value / line.quantity).quantize(_PRICE))
    if {"quantity", "unit_price"} & set(found) and line.quantity is not None and line.unit_price is not None:
        return replace(line, value=(line.quantity * line.unit_price).quantize(_VALUE))
    return line


def _money(document: Document, name: str, text: str) -> Money | None:
    amount = _read("number", text)
    before: Money | None = getattr(document, name)
    currency = before.currency if before else document.invoice.currency if document.invoice else None
    return None if amount is None or currency is None else Money(amount=amount, currency=currency)


def _invoiced(document: Document, before: tuple[Line, ...]) -> Document:
    """The invoice's total moves with its lines."""
    moved = sum(((row.value or ZERO) for row in document.lines), ZERO) - sum(
        ((row.value or ZERO) for row in before), ZERO
    )
    if not moved or document.invoice is None or document.invoice.amount is None:
        return document
    return replace(document, invoice=replace(document.invoice, amount=document.invoice.amount + moved))


def differences(declared: Decision, found: Decision) -> tuple[Difference, ...]:
    """What is due line by line and tax by tax, where the two decisions differ; in the order of lines and taxes."""
    before, after = _due(declared), _due(found)
    places = [*before, *(place for place in after if place not in before)]
    rows = (Difference(line, tax, before.get((line, tax), ZERO), after.get((line, tax), ZERO)) for line, tax in places)
    return tuple(sorted((row for row in rows if row.short_vnd), key=lambda row: row.line))


def _due(decision: Decision) -> dict[tuple[int, str], Decimal]:
    due: dict[tuple[int, str], Decimal] = {}
    for line in decision.lines:
        for tax in line.taxes:
            if tax.treatment == "due":
                due[(line.number, tax.tax)] = due.get((line.number, tax.tax), ZERO) + tax.amount_vnd
    return due


def short_vnd(rows: Iterable[Difference]) -> Decimal:
    """Dong missing in all; negative when too much was paid."""
    return sum((row.short_vnd for row in rows), ZERO)
