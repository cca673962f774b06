"""An application begun from a lodged export declaration: what the declaration says already is not typed again. Pure.

Legal basis: Circular 33/2023/TT-BTC Art. 5 (origin in the export description); Decree 31/2018/NĐ-CP (text not at hand).
Only goods of home origin are carried over. Codes become those of the international six digits, which every member
shares; the value is a FOB value only where the invoice is priced so; costs and steps are never in a declaration.
"""

from __future__ import annotations

from collections.abc import Iterable

from thongquan.rules.document import Document, Line
from thongquan.rules.origin.outbound.application import HOME, Application, GoodsLine
from thongquan.rules.origin.suffix import UNKNOWN, named_origin, origin_of_export, without_suffix
from thongquan.rules.parts import Address, Party

SHARED_DIGITS = 6
FOB_TERMS = frozenset({"FOB", "FCA", "FAS"})
"""Terms whose price ends where the goods leave the country, as FOB does."""


def applied_for(document: Document, number: str) -> Application:
    """The application for the goods of home origin of an export; agreement and form are chosen by who applies."""
    invoice, vehicle = document.invoice, document.vehicle
    return Application(
        exporter=_name(document.trader),
        exporter_address=_address(document.trader),
        consignee=_name(document.counterpart),
        consignee_address=_address(document.counterpart),
        destination=(document.destination_country or "").upper(),
        departed_on=document.departure_on,
        vehicle=(vehicle and vehicle.identifier) or "",
        port=document.unloading_place or "",
        currency=(invoice and invoice.currency) or "USD",
        declaration=number,
        lines=tuple(_line(place, line, document) for place, line in enumerate(lines_of_home(document), 1)),
    )


def lines_of_home(document: Document) -> Iterable[Line]:
    """Lines declared as of home origin, or whose origin is not said at all; others and `KXĐ` stay out."""
    for line in document.lines:
        origin = origin_of_export(line)
        if origin == HOME or (not origin and named_origin(line.description or "").origin != UNKNOWN):
            yield line


def _line(place: int, line: Line, document: Document) -> GoodsLine:
    invoice = document.invoice
    priced = invoice is not None and (invoice.incoterm or "").upper() in FOB_TERMS
    return GoodsLine(
        number=place,
        hs=(line.hs or "")[:SHARED_DIGITS],
        description=without_suffix(line.description or ""),
        quantity=line.quantity,
        unit=line.unit or "",
        gross_weight_kg=line.gross_weight_kg,
        fob=line.value if priced else None,
        invoice=(invoice and invoice.number) or "",
        invoice_on=invoice.issued_on if invoice else None,
    )


def _name(party: Party | None) -> str:
    return (party and party.name) or ""


def _address(party: Party | None) -> str:
    address: Address | None = party.address if party else None
    if address is None:
        return ""
    return ", ".join(part for part in (address.street, address.city, address.region, address.country) if part)
