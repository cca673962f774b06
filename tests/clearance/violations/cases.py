"""Cases to test with: an act recorded against a subject of the demo enterprise."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.clearance.violations.operations import Recorded, decide_case, propose_decision, record_act

SUBJECT = "declaration:101234567890"


def recorded(customs: World, *, role: str = "clearance_officer", **changes: Any) -> Recorded:
    """An act found by an officer of Hữu Nghị."""
    at = now()
    words: dict[str, Any] = {
        "actor": customs.actor(role),
        "subject": SUBJECT,
        "tax_code": ENTERPRISE,
        "trader_name": "Công ty TNHH Xuất nhập khẩu Bình Minh",
        "office": "15BB",
        "act": "short_duty_detected",
        "declared": "84145999, 5 %",
        "found": "84145110, 20 %",
        "difference_vnd": Decimal(10_000_000),
        "on": at.date(),
        "at": at,
    }
    return record_act(**{**words, **changes})


def proposed(customs: World, **changes: Any) -> Recorded:
    """The same with the officer's proposal."""
    found = recorded(customs, **changes)
    officer, stated = customs.actor("clearance_officer"), {found.finding: Decimal(500_000)}
    propose_decision(actor=officer, case=found.case, words="Đề nghị xử phạt", stated_vnd=stated, at=now())
    return found


def decided(customs: World, **changes: Any) -> Recorded:
    """The same, decided by the team leader."""
    found = proposed(customs, **changes)
    decide_case(actor=customs.actor("team_leader"), case=found.case, words="Đồng ý", at=now())
    return found
