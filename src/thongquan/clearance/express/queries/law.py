"""The limits of the lane as the law of the day has them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from thongquan.clearance.tariff.queries import current_law

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
LIMITS = ("express_minimum_value_vnd", "express_minimum_tax_vnd")


def limits_on(at: datetime) -> list[Decimal | None]:
    """The limits of value and of tax in dong, None for one that the day does not know."""
    law, on = current_law(), at.astimezone(LOCAL).date()
    found = [law.parameter(name, on) for name in LIMITS]
    return [Decimal(one.value) if one else None for one in found]
