"""A declaration of a practice world as a document of ours, on the day it is lodged here."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import msgspec

from thongquan.academy.worlds import Filing, Goods
from thongquan.clearance.tariff.queries import LawSnapshot
from thongquan.practice.places import GATES
from thongquan.rules.document import (
    Address,
    Certificate,
    Document,
    Invoice,
    Line,
    Packaging,
    Party,
    RateChoice,
    Vehicle,
)
from thongquan.rules.law import Cell, LineLaw
from thongquan.rules.origin.suffix import with_suffix

RESIDENTS = "CDBG"
STANDARD_VAT, MFN = "10", "B01"
IN_QUOTA, QUOTA = "in_quota", frozenset({"in_quota", "out_of_quota"})
SCHEDULES = {"E": "B05", "RCEP": "RCEP"}
TEMPORARY = "G"
TEMPORARY_DAYS = 60
REASON = "theo danh mục hàng hóa được áp dụng thuế suất này"
PRICE_STEP, QUANTITY_STEP = Decimal("0.000001"), Decimal("0.01")


class Slot(msgspec.Struct, frozen=True):
    """A filing and the moment at which it is lodged here; dates of its papers move by whole days."""

    filing: Filing
    moment: datetime
    moved: timedelta


def is_filed(filing: Filing) -> bool:
    """Whether it is a declaration at one of our gates; the short form of border residents is not."""
    return filing.head.regime != RESIDENTS and filing.head.gate in GATES


def document_of(filing: Filing, law: LawSnapshot, *, on: date, moved: timedelta) -> Document:
    """The document as it would be lodged on the day `on`; dates of papers are moved with it."""
    head = filing.head
    flow: Any = "export" if head.flow == "export" else "import"
    bare = tuple(
        Line(number=one.line_no, hs=one.hs, origin=one.origin, schedule=_schedule(one, flow)) for one in filing.lines
    )
    known = law.slice_for(Document(flow=flow, lines=bare), on).lines
    lines = tuple(_line(one, found, flow, moved) for one, found in zip(filing.lines, known, strict=True))
    amount = sum((line.value or Decimal(0) for line in lines), Decimal(0))
    temporary = head.regime.startswith(TEMPORARY)
    return Document(
        flow=flow,
        regime=head.regime,
        office=head.office,
        gate=head.gate,
        own_reference=str(head.declaration_key),
        trader=Party(name=head.trader_name, tax_code=head.trader_code, address=Address(country="VN")),
        agent=Party(name=head.broker_name or "", tax_code=head.broker_code) if head.broker_code else None,
        counterpart=Party(name=head.seller_name, address=Address(city=head.seller_city, country=head.seller_country)),
        party_relation="4",
        transport_mode=GATES[head.gate].mode,
        vehicle=_vehicle(filing),
        bills_of_lading=(f"{head.gate}{head.declaration_key}",),
        packages=sum(one.packages for one in filing.lines),
        package_unit="PK",
        gross_weight_kg=sum((one.gross_weight_kg for one in filing.lines), Decimal(0)),
        invoice=_invoice(filing, amount, on),
        valuation_method="6" if flow == "import" else None,
        temporary_until=on + timedelta(days=TEMPORARY_DAYS) if temporary else None,
        tax_term="A" if temporary else "D",
        guarantee_reference=f"BL{head.declaration_key:010d}" if temporary else None,
        lines=lines,
        **_journey(filing, on),
    )


def _line(one: Goods, law: LineLaw, flow: str, moved: timedelta) -> Line:
    """The line with the second unit and the choice of rate that the law of the day asks for."""
    second = next((unit for unit in (law.unit, law.additional_unit) if unit and unit != one.unit), None)
    schedule = _schedule(one, flow)
    cells = [cell for cell in law.cells if _concerns(cell, one.origin, schedule)]
    return Line(
        number=one.line_no,
        hs=one.hs,
        description=with_suffix(one.description, one.origin) if flow == "export" else one.description,
        origin=one.origin,
        quantity=one.quantity,
        unit=one.unit,
        quantity2=_in_second_unit(second, one) if second else None,
        unit2=second,
        net_weight_kg=one.net_weight_kg,
        gross_weight_kg=one.gross_weight_kg,
        unit_price=one.unit_price_usd.quantize(PRICE_STEP).normalize() + 0,
        value=one.value_usd,
        schedule=schedule,
        in_quota=False if any(option.condition in QUOTA for cell in cells for option in cell.options) else None,
        certificate=_certificate(one, moved),
        choices=tuple(choice for cell in cells if (choice := _choice(cell, one.origin)) is not None),
        packages=(Packaging(kind="PK", quantity=Decimal(one.packages), sequence=1),),
    )


def _schedule(one: Goods, flow: str) -> str | None:
    """The schedule that an import claims; exports claim none."""
    return SCHEDULES.get(one.form or "", MFN) if flow == "import" else None


def _certificate(one: Goods, moved: timedelta) -> Certificate | None:
    if one.reference is None:
        return None
    issued = one.issued_on + moved if one.issued_on else None
    return Certificate(number=one.reference, issued_on=issued, form=one.form)


def _in_second_unit(unit: str, one: Goods) -> Decimal:
    """Kilograms are the net weight, in two decimals as quantities are; what is counted, its number, else packages."""
    if unit == "KGM":
        return one.net_weight_kg.quantize(QUANTITY_STEP, ROUND_HALF_UP)
    counted = one.quantity == one.quantity.to_integral_value()
    return one.quantity if counted else Decimal(max(one.packages, 1))


def _concerns(cell: Cell, origin: str, schedule: str | None) -> bool:
    """Whether a cell taxes goods of the origin under the schedule."""
    if cell.origins and origin not in cell.origins:
        return False
    return cell.tax != "import_duty" or cell.schedule == schedule


def _choice(cell: Cell, origin: str) -> RateChoice | None:
    """The rate where the tariff shows several, outside of any quota: the standard VAT, else the first of the day."""
    listed = [option for option in cell.options if option.condition != IN_QUOTA]
    named = [option for option in listed if origin in option.countries]
    permitted = [option.key for option in named or listed if named or not option.countries]
    if len(permitted) < 2:
        return None
    rate = STANDARD_VAT if cell.tax == "vat" and STANDARD_VAT in permitted else permitted[0]
    return RateChoice(tax=cell.tax, rate=rate, reason=REASON)


def plate_of(filing: Filing) -> str:
    """The truck, or the wagon of those that come by rail."""
    return filing.head.plate or f"P64K {filing.head.declaration_key % 10**7:07d}"


def _vehicle(filing: Filing) -> Vehicle:
    head, mode = filing.head, GATES[filing.head.gate].mode
    return Vehicle(identifier=plate_of(filing), mode=mode, nationality=head.plate_country or "CN")


def _invoice(filing: Filing, amount: Decimal, on: date) -> Invoice:
    return Invoice(
        number=filing.head.invoice_number,
        issued_on=on - timedelta(days=1),
        kind="A",
        price_kind="A",
        incoterm="DAP" if filing.head.flow == "import" else "DAF",
        currency="USD",
        amount=amount.quantize(Decimal("0.01"), ROUND_HALF_UP),
        payment_method="TTR",
    )


def _journey(filing: Filing, on: date) -> dict[str, Any]:
    """Where the goods come from and go to; exports leave the day after."""
    gate = GATES[filing.head.gate]
    if filing.head.flow == "import":
        return {
            "loading_place": gate.beyond,
            "unloading_place": gate.here,
            "export_country": filing.head.seller_country,
            "arrival_on": on,
        }
    return {
        "loading_place": gate.here,
        "unloading_place": gate.beyond,
        "destination_country": filing.head.seller_country,
        "departure_on": on + timedelta(days=1),
    }
