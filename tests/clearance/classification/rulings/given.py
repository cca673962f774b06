"""Documents of customs to test with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.clearance.classification.models import PrecedentMet
from thongquan.clearance.classification.operations.meeting import LineGiven, hold_against_precedents
from thongquan.clearance.classification.operations.precedents import PrecedentGiven, enter_precedents

ROUTER = "Bộ định tuyến không dây hai băng tần, mẫu AX3000"
FAN = "Quạt hút thông gió âm trần, mẫu HV-25"


def today() -> date:
    """The office's day."""
    return localdate(now())


def notice(**changes: Any) -> PrecedentGiven:
    """A classification notice on the router of the world's declaration, which declares 85176249."""
    given: dict[str, Any] = {
        "kind": "notice",
        "number": "123/TB-KĐHQ",
        "issued_by": "Cục Kiểm định hải quan",
        "issued_on": today() - timedelta(days=100),
        "hs": "8517.62.51",
        "description": ROUTER,
        "source": "Công văn lưu",
    }
    return PrecedentGiven(**{**given, **changes})


def entered(customs: World, *, role: str = "clearance_officer", **changes: Any) -> int:
    """The same, kept."""
    return enter_precedents(actor=customs.actor(role), given=[notice(**changes)], at=now())[0]


def contradicted(customs: World, *, subject: str, office: str) -> int:
    """A line of a declaration that contradicts a kept notice."""
    entered(customs)
    line = LineGiven(number=3, hs="85176249", description=ROUTER)
    hold_against_precedents(subject=subject, office=office, tax_code=ENTERPRISE, on=today(), lines=[line], at=now())
    return PrecedentMet.objects.latest("id").pk
