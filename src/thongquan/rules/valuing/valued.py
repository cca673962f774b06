"""A declaration as customs values it: the declared document with the customs values themselves as its prices.

Legal basis: Decree 08/2015/NĐ-CP Art. 20; Law 107/2016/QH13 Art. 8 (duties by the law of the day of registration). The
declared document stays as it is: this one is only decided, to know the duties.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec.structs import replace

from thongquan.rules.document import Document, Invoice, Line
from thongquan.rules.money import ZERO, exact

_PRICE = Decimal("0.000001")
_TERM, _CURRENCY = "CIF", "VND"


def as_valued(document: Document, declared_vnd: Mapping[int, Decimal], found_vnd: Mapping[int, Decimal]) -> Document:
    """The document in dong at the gate: `found_vnd` where a value was found, `declared_vnd` on every other line.

    Both are customs values by line number. Freight, insurance and adjustments are in them already: they are left out.
    """
    with exact():
        lines = tuple(_line(line, found_vnd.get(line.number, declared_vnd[line.number])) for line in document.lines)
        amount = sum((line.value or ZERO for line in lines), ZERO)
    invoice = replace(document.invoice or Invoice(), incoterm=_TERM, currency=_CURRENCY, amount=amount)
    return replace(document, lines=lines, invoice=invoice, freight=None, insurance=None, adjustments=())


def _line(line: Line, value_vnd: Decimal) -> Line:
    price = (value_vnd / line.quantity).quantize(_PRICE) if line.quantity else line.unit_price
    return replace(line, value=value_vnd, unit_price=price)
