"""A certificate for the good import of `tests.world`, registered, and the declaration that claims it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate
from msgspec.structs import replace

from tests.world import ENTERPRISE, World, as_json, import_document
from thongquan.base.core.clock import now
from thongquan.clearance.origin.operations import register_certificate
from thongquan.rules.origin.certificate import Paper, PaperLine

NUMBER = "E26450000123456"


def paper(**changes: Any) -> Paper:
    """A Form E whose lines are those of the good import."""
    day = localdate(now())
    lines = tuple(
        PaperLine(
            number=line.number,
            hs=(line.hs or "")[:6],
            description=line.description or "",
            criterion="CTH",
            origin="CN",
            quantity=line.quantity,
            unit=line.unit or "",
        )
        for line in import_document().lines
    )
    made = Paper(
        agreement="ACFTA",
        form="E",
        number=NUMBER,
        issued_on=day - timedelta(days=3),
        shipped_on=day - timedelta(days=2),
        issuing_country="CN",
        issuer="GX",
        exporter="Guangxi Pingxiang Trading Co., Ltd.",
        consignee="Công ty TNHH Xuất nhập khẩu Bình Minh",
        invoices=("GX-2611-001",),
        transport_document="PX-2611-001",
        vehicle="桂FA1234",
        lines=lines,
    )
    return replace(made, **changes)


def one_line(quantity: str, **changes: Any) -> Paper:
    """A Form E of one line of apples."""
    line = PaperLine(number=1, hs="080810", criterion="WO", origin="CN", quantity=Decimal(quantity), unit="KGM")
    return paper(lines=(line,), **changes)


def registered(customs: World, given: Paper | None = None, *, role: str = "clearance_officer", **changes: Any) -> int:
    """Registered by the officer of Hữu Nghị for the demo enterprise."""
    words: dict[str, Any] = {
        "actor": customs.actor(role),
        "office": "15BB",
        "tax_code": ENTERPRISE,
        "trader_name": "Công ty TNHH Xuất nhập khẩu Bình Minh",
        "paper": given or paper(),
        "at": now(),
    }
    return register_certificate(**{**words, **changes})


def lodged(customs: World, **changes: Any) -> str:
    """The number of a lodged import whose lines claim the certificate."""
    body = as_json(import_document(**changes))
    answer = customs.api("declarant").post("/api/v1/declarations/", body, content_type="application/json")
    return str(answer.json()["number"])
