"""One export certificate of the demo enterprise for the practice realm: handed over, its origin computed."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from thongquan.base.accounts.operations.demo import DEMO_ENTERPRISE, DEMO_NAMES
from thongquan.base.accounts.queries import system_actor
from thongquan.clearance.origin.operations.outbound import prepare_outbound, submit_outbound
from thongquan.rules.origin.outbound import Application, CostStatement, GoodsLine, Process, UsedMaterial

OFFICE = "15BB"


def prepare_sample_export(*, at: datetime) -> int:
    """Prepare a Form E for durians grown at home and bags of Chinese cloth, and hand it over; gives its identity."""
    actor = system_actor("sample", enterprises=[DEMO_ENTERPRISE])
    made = prepare_outbound(
        actor=actor,
        tax_code=DEMO_ENTERPRISE,
        trader_name=DEMO_NAMES[DEMO_ENTERPRISE],
        application=sample_application(at),
        office=OFFICE,
        at=at,
    )
    submit_outbound(actor=actor, outbound=made, at=at)
    return made


def sample_application(at: datetime) -> Application:
    """What it says; the goods leave the day after."""
    return Application(
        agreement="ACFTA",
        form="E",
        exporter="Binh Minh Import Export Co., Ltd.",
        exporter_address="Dong Dang, Lang Son, Viet Nam",
        consignee="Guangxi Pingxiang Trading Co., Ltd.",
        consignee_address="Pingxiang, Guangxi",
        destination="CN",
        departed_on=timezone.localdate(at) + timedelta(days=1),
        vehicle="12C-123.45",
        port="Youyi Guan",
        lines=(_durians(at), _bags(at)),
    )


def _durians(at: datetime) -> GoodsLine:
    step = Process(done="grown", place="Krông Pắc, Đắk Lắk", words="Orchard of the cooperative, packed in Lạng Sơn")
    return GoodsLine(
        number=1,
        hs="081060",
        description="Fresh durian Ri6, 18 kg cartons",
        quantity=Decimal(16200),
        unit="KGM",
        gross_weight_kg=Decimal(17100),
        fob=Decimal(64800),
        invoice="BM-EX-01",
        invoice_on=timezone.localdate(at),
        steps=(step,),
    )


def _bags(at: datetime) -> GoodsLine:
    cloth = UsedMaterial(name="Polyester cloth", hs="540752", origin="CN", value=Decimal(5200))
    zippers = UsedMaterial(name="Zippers", hs="960711", origin="VN", value=Decimal(800), originating=True)
    costs = CostStatement(
        materials=(cloth, zippers), labor=Decimal(2600), overhead=Decimal(900), profit=Decimal(500), other=Decimal(0)
    )
    return GoodsLine(
        number=2,
        hs="420292",
        description="Travel bags of woven polyester",
        quantity=Decimal(2000),
        unit="PCE",
        gross_weight_kg=Decimal(1450),
        fob=Decimal(10000),
        invoice="BM-EX-01",
        invoice_on=timezone.localdate(at),
        costs=costs,
    )
