"""Applications of the demo enterprise for a Form E to China, at each stage."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate
from msgspec.structs import replace

from tests.rules.origin.outbound_papers import grown, line, material
from tests.world import ENTERPRISE, World
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.clearance.origin.operations.outbound import prepare_outbound, submit_outbound
from thongquan.clearance.origin.operations.outbound_answers import issue_outbound
from thongquan.rules.origin.outbound import Application, GoodsLine

NUMBER = "VN-CN 26/02/01234"


def application(*lines: GoodsLine, **changes: Any) -> Application:
    """Durians grown at home and bags made of Chinese cloth, for a buyer in Guangxi."""
    day = localdate(now())
    bags = line(material("55.5"), number=2, unit="PCE")
    made = Application(
        agreement="ACFTA",
        form="E",
        exporter="Binh Minh Import Export Co., Ltd.",
        exporter_address="Dong Dang, Lang Son",
        consignee="Guangxi Pingxiang Trading Co., Ltd. 广西凭祥",
        consignee_address="Pingxiang, Guangxi",
        destination="CN",
        departed_on=day,
        vehicle="12C-12345",
        port="Youyi Guan",
        lines=lines or (grown(), bags),
    )
    return replace(made, **changes)


def prepared(customs: World, given: Application | None = None, **changes: Any) -> int:
    """A draft."""
    words: dict[str, Any] = {
        "actor": customs.actor("declarant"),
        "tax_code": ENTERPRISE,
        "trader_name": "Công ty TNHH Xuất nhập khẩu Bình Minh",
        "application": given or application(),
        "office": "15BB",
        "at": now(),
    }
    return prepare_outbound(**{**words, **changes})


def handed(customs: World, given: Application | None = None, *, actor: Actor | None = None, **changes: Any) -> int:
    """One handed to the issuer."""
    who = actor or customs.actor("declarant")
    key = prepared(customs, given, actor=who, **changes)
    submit_outbound(actor=who, outbound=key, at=now())
    return key


def issued(customs: World, given: Application | None = None, *, number: str = NUMBER, **changes: Any) -> int:
    """One whose number the issuer gave."""
    key = handed(customs, given, **changes)
    who = changes.get("actor") or customs.actor("declarant")
    day = localdate(now())
    issue_outbound(actor=who, outbound=key, number=number, issued_on=day, issuer="Ministry", at=now())
    return key


def days_ago(days: int) -> Any:
    """A day of the office before today."""
    return localdate(now()) - timedelta(days=days)
