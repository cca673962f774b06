"""Exemption lists and declarations that use them, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from tests.world import ENTERPRISE, World, import_document
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.operations import lodge_declaration
from thongquan.clearance.declarations.operations.lodging import Lodged
from thongquan.clearance.revenue.operations.exemptions import Wanted, decide_exemption_list, propose_exemption_list
from thongquan.rules.document import Document

GOODS = (
    Wanted(description="Quạt hút thông gió âm trần", unit="PCE", quantity=Decimal(1000), hs="8414"),
    Wanted(description="Bộ định tuyến không dây 无线路由器", unit="PCE", quantity=Decimal(300), hs="85176249"),
)


def a_list(
    customs: World, *, goods: Sequence[Wanted] = GOODS, office: str = "15BB", step: str = "register", **more: Any
) -> str:
    """A list of the demo enterprise, registered unless told; its number."""
    made = propose_exemption_list(
        actor=customs.actor("declarant"),
        tax_code=ENTERPRISE,
        office=office,
        exemption="INV",
        title="Nhà máy lắp ráp Đồng Đăng",
        lines=goods,
        at=now(),
        **more,
    )
    if step:
        decide_exemption_list(
            actor=customs.actor("clearance_officer"), number=made.number, step=step, at=now(), reason="Thiếu hồ sơ"
        )
    return made.number


def using(exemption_line: str, quantity: int, *, invoice: str = "GX-1", index: int = 4, **changes: Any) -> Document:
    """The demo import whose line takes so much from a line of a list."""
    document = import_document(invoice=invoice)
    line = document.lines[index]
    changed = msgspec.structs.replace(
        line,
        quantity=Decimal(quantity),
        value=Decimal(quantity) * (line.unit_price or 0),
        exemption="INV",
        exemption_line=exemption_line,
        **changes,
    )
    lines = (*document.lines[:index], changed, *document.lines[index + 1 :])
    amount = sum((one.value or Decimal(0) for one in lines), Decimal(0))
    bill = msgspec.structs.replace(document.invoice, amount=amount) if document.invoice else None
    return msgspec.structs.replace(document, lines=lines, invoice=bill)


def lodge(customs: World, document: Document) -> Lodged:
    return lodge_declaration(actor=customs.actor("declarant"), document=document, at=now(), source="api")
