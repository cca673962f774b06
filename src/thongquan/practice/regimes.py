"""Which regime a load travels under, and what the regime brings with it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from thongquan.practice.chance import Chance
from thongquan.practice.goods import Goods

TEMPORARY_DAYS = 60
PROCESSING = {"E31": "E21", "E62": "E52"}
UNPAID = frozenset({"E21", "E52"})


class Plan(NamedTuple):
    """A way to trade: its regime, the flow of the goods it draws from, and whether those are of foreign origin only."""

    regime: str
    flow: str
    goods: str
    origins: str = ""


ORDINARY_IMPORT = Plan("", "import", "import")
ORDINARY_EXPORT = Plan("", "export", "export")
SPECIAL = {
    "import": ((Plan("G11", "import", "import"), Decimal("0.04")), (Plan("A41", "import", "import"), Decimal("0.03"))),
    "export": (
        (Plan("B13", "export", "import", "CN"), Decimal("0.08")),
        (Plan("G21", "export", "import", "other"), Decimal("0.08")),
    ),
}


def plan_of(chance: Chance, flow: str) -> Plan:
    """Ordinary trade mostly; temporary import, re-export and the trading right of foreign investors now and then."""
    for plan, share in SPECIAL[flow]:
        if chance.happens(share):
            return plan
    return ORDINARY_IMPORT if flow == "import" else ORDINARY_EXPORT


def suits(plan: Plan, goods: Goods) -> bool:
    """Whether goods can travel under the plan."""
    if goods.flow != plan.goods:
        return False
    return not plan.origins or (goods.origin == "CN") == (plan.origins == "CN")


def regime_of(chance: Chance, plan: Plan, goods: Goods) -> str:
    """The regime of a load, led by its first goods; processing for foreign traders takes half of export production."""
    if plan.regime:
        return plan.regime
    regime = chance.one(goods.regimes)
    return PROCESSING[regime] if regime in PROCESSING and chance.happens(Decimal("0.5")) else regime


def temporary_until(regime: str, on: date) -> date | None:
    """The day by which goods brought in for a time must have left again."""
    return on + timedelta(days=TEMPORARY_DAYS) if regime == "G11" else None


def temporary_reference(chance: Chance, regime: str) -> str | None:
    """Number of the declaration under which re-exported goods came in."""
    return f"1{chance.digits(10)}0" if regime == "G21" else None
