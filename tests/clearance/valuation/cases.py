"""Consultations to test with: a lodged import of the demo enterprise, prices beside it, cases in every state."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.world import World, as_json, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.outbox import relay
from thongquan.clearance.valuation.models import PricedLine
from thongquan.clearance.valuation.operations.deciding import decide_outcome, propose_outcome
from thongquan.clearance.valuation.operations.determining import determine_value
from thongquan.clearance.valuation.operations.opening import open_consultation
from thongquan.config.subscriptions import SUBSCRIPTIONS
from thongquan.rules.valuing import Asked, Comparable, MethodRefusal, before

PROGRAM = system_actor("valuation")
GROUND = "Trị giá khai báo thấp hơn giá hàng giống hệt (Thông tư 39/2015/TT-BTC)"


def lodged(customs: World, **changes: Any) -> str:
    """A declaration of the demo enterprise over HTTP; gives its number."""
    body = as_json(import_document(**changes))
    answer = customs.api("declarant").post("/api/v1/declarations/", body, content_type="application/json")
    assert answer.status_code == 201, answer.content
    return str(answer.json()["number"])


def heard(*consumers: str) -> None:
    """Let the rooms hear what happened: this one, or those named."""
    mine = [one for one in SUBSCRIPTIONS if one.consumer.startswith(consumers or ("valuation.",))]
    while sum(relay(one, at=now()) for one in mine):
        pass


def priced(count: int, unit_vnd: int = 6000, *, days_ago: int = 10, traders: int = 4, **changes: Any) -> None:
    """So many declared prices of apples by several traders, around a price."""
    at = now() - timedelta(days=days_ago)
    start = 77_000_000_000 + PricedLine.objects.count()
    fields: dict[str, Any] = {
        "registered_at": at,
        "line": 1,
        "office": "15BB",
        "hs": "08081000",
        "text_class": "tao tuoi giong",
        "origin": "CN",
        "unit": "KGM",
        "quantity": Decimal(1000),
        **changes,
    }
    PricedLine.objects.bulk_create(
        PricedLine(
            declaration=start + place + 1,
            number=f"{start + place}0",
            tax_code=f"010000000{place % traders}",
            trader_name=f"Công ty {place % traders}",
            unit_vnd=Decimal(unit_vnd + place % 5 * unit_vnd // 100),
            value_vnd=Decimal(unit_vnd * 1000),
            **fields,
        )
        for place in range(count)
    )


def opened(customs: World, *, number: str = "", lines: tuple[int, ...] = (1,), role: str = "clearance_officer") -> int:
    """A consultation opened by the officer."""
    number = number or lodged(customs)
    return open_consultation(actor=customs.actor(role), number=number, lines=lines, ground=GROUND, at=now())


def identical(line: int = 1, price: str = "6000", **changes: Any) -> Asked:
    """A value by identical goods."""
    reasons = tuple(MethodRefusal(method=one, words="Còn nghi ngờ về giá thực trả") for one in before("identical"))
    one = Comparable(source="Tờ khai 100000000011, dòng 1", on=None, terms=(("price", Decimal(price)),))
    fields: dict[str, Any] = {
        "line": line,
        "method": "identical",
        "quantity": Decimal(1),
        "refusals": reasons,
        "comparables": (one,),
    }
    return Asked(**{**fields, **changes})


def found(customs: World, case: int, **changes: Any) -> int:
    """The value of a line found by the officer."""
    return determine_value(
        actor=customs.actor("clearance_officer"), consultation=case, asked=identical(**changes), at=now()
    )


def proposed(customs: World, outcome: str = "rejected", **changes: Any) -> int:
    """A consultation whose outcome waits for a second person."""
    case = opened(customs, **changes)
    if outcome == "rejected":
        found(customs, case)
    propose_outcome(
        actor=customs.actor("clearance_officer"), consultation=case, outcome=outcome, text="Đã đối chiếu", at=now()
    )
    return case


def decided(customs: World, outcome: str = "rejected", **changes: Any) -> int:
    """A consultation decided by the team leader."""
    case = proposed(customs, outcome, **changes)
    decide_outcome(actor=customs.actor("team_leader"), consultation=case, at=now())
    return case
