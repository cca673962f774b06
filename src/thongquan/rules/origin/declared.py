"""The declaration's side of a check: what it says of the goods that claim preference by this certificate.

Legal basis: Circular 33/2023/TT-BTC Art. 10 (preference is claimed line by line, each naming its proof).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from thongquan.rules.document import Document, Line
from thongquan.rules.origin.numbers import folded_number
from thongquan.rules.parts import Frozen


class DeclaredLine(Frozen, frozen=True, kw_only=True):
    """A declared line. `item` is the line of the certificate it names, None when it names none.

    `due_mfn_vnd` and `due_preference_vnd` are all taxes of the line without and with the preference, where known.
    """

    number: int
    hs: str = ""
    description: str = ""
    origin: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    gross_weight_kg: Decimal | None = None
    item: int | None = None
    due_mfn_vnd: Decimal | None = None
    due_preference_vnd: Decimal | None = None


class Declared(Frozen, frozen=True, kw_only=True):
    """A declaration as the checks read it. `on` is its day of registration, `filed_on` when the proof was filed.

    `secured`: the difference of duty is guaranteed. `redetermined_on`: the code was determined anew that day.
    """

    on: date
    filed_on: date | None = None
    tax_code: str = ""
    trader: str = ""
    invoice: str = ""
    invoice_issuer: str = ""
    transport_documents: tuple[str, ...] = ()
    vehicle: str = ""
    secured: bool = False
    proof: bool = False
    lines: tuple[DeclaredLine, ...] = ()


def declared_of(document: Document, number: str, on: date, *, secured: bool = False) -> Declared:
    """What a document says under one certificate: its lines that name this number."""
    trader, invoice, vehicle = document.trader, document.invoice, document.vehicle
    wanted = folded_number(number)
    return Declared(
        on=on,
        filed_on=on,
        tax_code=(trader.tax_code if trader else None) or "",
        trader=(trader.name if trader else None) or "",
        invoice=(invoice.number if invoice else None) or "",
        invoice_issuer=(document.counterpart.name if document.counterpart else None) or "",
        transport_documents=document.bills_of_lading,
        vehicle=(vehicle.identifier if vehicle else None) or "",
        secured=secured,
        lines=tuple(
            declared_line(line)
            for line in document.lines
            if line.certificate is not None and folded_number(line.certificate.number) == wanted
        ),
    )


def declared_line(line: Line) -> DeclaredLine:
    """A line as the checks read it."""
    return DeclaredLine(
        number=line.number,
        hs=line.hs or "",
        description=line.description or "",
        origin=line.origin or "",
        quantity=line.quantity,
        unit=line.unit or "",
        gross_weight_kg=line.gross_weight_kg,
        item=line.certificate.line if line.certificate else None,
    )
