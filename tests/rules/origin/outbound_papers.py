"""An application for a Form E, and the law of origin it is judged under."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from thongquan.rules.origin.law import AgreementLaw, OriginLaw, ProductRule, Term
from thongquan.rules.origin.outbound import Application, CostStatement, GoodsLine, Process, UsedMaterial

ON = date(2026, 11, 20)


def law(rule: str = "CTH|RVC40", *, hs: str = "", terms: dict[str, str] | None = None, **changes: Any) -> OriginLaw:
    """The law of Form E with one product rule."""
    days = {"retroactive_after_days": "3", "retroactive_within_months": "12", **(terms or {})}
    made = OriginLaw(
        on=ON,
        agreement=AgreementLaw(
            code="ACFTA",
            schedule="B05",
            proof="certificate",
            members=("VN", "CN", "TH", "MY"),
            valid_from=date(2021, 6, 1),
            source="test",
        ),
        forms=frozenset({"E"}),
        criteria=frozenset({"WO", "PE", "CTH", "RVC", "PSR", "SP"}),
        terms={name: Term(name=name, value=Decimal(value), unit="", source="test") for name, value in days.items()},
        rules=(ProductRule(hs=hs, rule=rule, source="test"),) if rule else (),
    )
    return replace(made, **changes)


def material(value: str, hs: str = "5407", **changes: Any) -> UsedMaterial:
    """Chinese cloth without a certificate."""
    return replace(UsedMaterial(name="cloth", hs=hs, origin="CN", value=Decimal(value)), **changes)


def line(*materials: UsedMaterial, fob: str = "100", **changes: Any) -> GoodsLine:
    """Bags of a FOB value made of these materials."""
    made = GoodsLine(
        number=1,
        hs="420292",
        description="Travel bags",
        quantity=Decimal(10),
        unit="PCE",
        gross_weight_kg=Decimal("12.5"),
        fob=Decimal(fob),
        invoice="BM-01",
        invoice_on=ON,
        costs=CostStatement(materials=materials),
    )
    return replace(made, **changes)


def grown(**changes: Any) -> GoodsLine:
    """Durian grown at home."""
    step = Process(done="grown", place="Đắk Lắk", words="orchard")
    return line(hs="081060", description="Fresh durian", steps=(step,), **changes)


def application(*lines: GoodsLine, **changes: Any) -> Application:
    """An application of one exporter to a buyer in China."""
    made = Application(
        agreement="ACFTA",
        form="E",
        exporter="Binh Minh Co., Ltd.",
        exporter_address="Lang Son",
        consignee="Guangxi Pingxiang Trading Co., Ltd.",
        destination="CN",
        departed_on=ON - timedelta(days=1),
        lines=lines or (grown(),),
    )
    return replace(made, **changes)
