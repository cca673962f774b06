"""An application begun from an export declaration: what it carries over, and what it leaves to the applicant."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from thongquan.rules.document import Document, Invoice, Line, Vehicle
from thongquan.rules.origin.outbound.exported import applied_for
from thongquan.rules.parts import Address, Party

DAY = date(2026, 11, 2)
LINES = (
    Line(number=1, hs="08106000", description="Sầu riêng tươi#&VN", origin="VN", quantity=Decimal(5), unit="KGM"),
    Line(number=2, hs="42029290", description="Túi du lịch#&KXĐ", value=Decimal(7)),
    Line(number=3, hs="42029290", description="Túi du lịch", origin="CN"),
    Line(number=4, hs="08045020", description="Xoài tươi", value=Decimal("9.5")),
)
EXPORT = Document(
    flow="export",
    trader=Party(name="Bình Minh", address=Address(street="1 Trần Phú", city="Đồng Đăng", country="VN")),
    counterpart=Party(name="广西凭祥"),
    destination_country="cn",
    departure_on=DAY,
    vehicle=Vehicle(identifier="12C-12345"),
    unloading_place="CNPIX",
    invoice=Invoice(number="BM-1", issued_on=DAY, incoterm="FOB", currency="CNY"),
    lines=LINES,
)


def test_parties_transport_and_goods_of_home_origin_are_carried_over() -> None:
    made = applied_for(EXPORT, "308700000010")
    assert (made.exporter, made.exporter_address) == ("Bình Minh", "1 Trần Phú, Đồng Đăng, VN")
    assert (made.consignee, made.destination, made.vehicle, made.port) == ("广西凭祥", "CN", "12C-12345", "CNPIX")
    assert (made.departed_on, made.currency, made.declaration) == (DAY, "CNY", "308700000010")
    assert [(one.number, one.hs, one.description) for one in made.lines] == [
        (1, "081060", "Sầu riêng tươi"),
        (2, "080450", "Xoài tươi"),
    ]
    assert [(one.quantity, one.unit, one.fob) for one in made.lines] == [
        (Decimal(5), "KGM", None),
        (None, "", Decimal("9.5")),
    ]
    assert {(one.invoice, one.invoice_on) for one in made.lines} == {("BM-1", DAY)}


def test_a_price_that_holds_more_than_fob_is_left_to_the_applicant() -> None:
    cif = replace(EXPORT, invoice=Invoice(number="BM-1", incoterm="CIF"))
    assert [one.fob for one in applied_for(cif, "1").lines] == [None, None]
    bare = applied_for(Document(flow="export", lines=LINES), "1")
    assert (bare.exporter, bare.currency, len(bare.lines)) == ("", "USD", 2)
