"""The ordinary import declaration that a collection list becomes (Circular 80/2019/TT-BTC Art. 4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from thongquan.base.core.faults import Refused
from thongquan.clearance.residents.law import words_of_law
from thongquan.clearance.residents.models import CollectionList
from thongquan.clearance.residents.queries.gathering import gathered_goods
from thongquan.clearance.residents.shapes import MerchantGiven
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document, Invoice, Line, Party, RateChoice, Vehicle
from thongquan.rules.rates import MFN


def gathered_document(row: CollectionList, given: MerchantGiven, today: date) -> Document:
    """One ordinary import of everything gathered; the list stands in place of contract and invoice (Art. 4)."""
    goods = gathered_goods(row)
    if not goods:
        raise Refused([Fault(code=Code.TQ_RES_014, path="forms", value=row.number)])
    neighbor = words_of_law("resident_neighbor_country", today)
    choices = (RateChoice(tax="vat", rate=given.vat_rate, reason=row.number),) if given.vat_rate else ()
    lines = tuple(
        Line(
            number=number,
            hs=one.hs,
            description=f"{one.description[:160]}, {GATHERED}",
            origin=neighbor,
            quantity=one.quantity,
            unit=one.unit,
            unit_price=None,
            value=one.value_vnd,
            schedule=MFN,
            choices=choices,
        )
        for number, one in enumerate(goods, 1)
    )
    return Document(
        flow="import",
        regime=words_of_law("resident_import_regime", today),
        office=row.office,
        own_reference=row.number,
        trader=Party(name=row.trader_name, tax_code=row.tax_code),
        counterpart=Party(name=COUNTERPART),
        party_relation="3",
        transport_mode="4",
        vehicle=Vehicle(identifier=given.plate) if given.plate else None,
        unloading_place=given.unloading_place or None,
        export_country=neighbor,
        arrival_on=row.collected_on,
        packages=given.packages or None,
        package_unit=given.package_unit,
        gross_weight_kg=given.gross_weight_kg,
        invoice=_invoice(row, sum((one.value_vnd for one in goods), Decimal(0))),
        valuation_method="6",
        tax_term="D",
        lines=lines,
    )


GATHERED = "hàng mua gom của cư dân biên giới"
COUNTERPART = "Cư dân biên giới (bảng kê mua gom)"
"""Residents are the sellers; their names stay in the list and out of the declaration."""


def _invoice(row: CollectionList, total: Decimal) -> Invoice:
    return Invoice(
        number=row.number,
        issued_on=row.collected_on,
        kind="B",
        price_kind="A",
        incoterm="DAF",
        currency="VND",
        amount=total,
        payment_method="BIENMAU",
    )
