"""Profiles to test with: drafted by the analyst, tried, approved by the director."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec

from tests.clearance.risk.cases import today
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.risk.operations.approving import approve_profile, propose_profile
from thongquan.clearance.risk.operations.drafting import ProfileBody, start_profile
from thongquan.clearance.risk.operations.running import ask_run, make_run

APPLES = 'packages > 1000 && goods.exists(g, g.hs.startsWith("0808"))'


def body(**changes: Any) -> ProfileBody:
    """A profile of apples that asks for an inspection."""
    made = ProfileBody(
        name="Táo giá thấp",
        expression=APPLES,
        channel=3,
        look_at="đơn giá và xuất xứ",
        basis="Customs Law 54/2014/QH13 Art. 17",
        valid_from=today() - timedelta(days=1),
        valid_to=today() + timedelta(days=90),
        expected_share=Decimal("0.05"),
        cap=50,
    )
    return msgspec.structs.replace(made, **changes)


def draft(customs: World, **changes: Any) -> int:
    return start_profile(actor=customs.actor("risk_analyst"), body=body(**changes), at=now())


def tried(customs: World, profile: int) -> None:
    run = ask_run(actor=customs.actor("risk_analyst"), profile=profile, at=now())
    make_run(run=run, at=now())


def live(customs: World, **changes: Any) -> int:
    """A profile that is live."""
    profile = draft(customs, **changes)
    tried(customs, profile)
    propose_profile(actor=customs.actor("risk_analyst"), profile=profile, words="", at=now())
    approve_profile(actor=customs.actor("director"), profile=profile, words="Đồng ý", at=now())
    return profile
