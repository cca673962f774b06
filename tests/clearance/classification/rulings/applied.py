"""Applications for advance rulings to test with, as far as wanted."""

from __future__ import annotations

from typing import Any

from tests.base.attachments.office import put
from tests.clearance.classification.rulings.given import ROUTER
from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.clearance.classification.operations.ruling_decisions import (
    propose_ruling,
    receive_ruling,
    sign_ruling,
)
from thongquan.clearance.classification.operations.rulings import RulingGiven, file_ruling, start_ruling

REASONS = "Chú giải 1, nhóm 85.17; quy tắc 1 và 6. Chip xử lý lượng tử XQ-9 không làm đổi bản chất."


def goods(**changes: Any) -> RulingGiven:
    """The router, with a composition that is a trade secret."""
    given: dict[str, Any] = {
        "goods": "Bộ định tuyến AX3000",
        "description": f"{ROUTER}, có chip xử lý lượng tử XQ-9",
        "composition": "chip xử lý lượng tử XQ-9, vỏ nhựa ABS",
        "use": "Phát sóng không dây trong nhà cho Bình Minh",
        "secret": ("composition",),
        "own_hs": "8517.62.51",
        "own_reasons": "Theo tài liệu kỹ thuật",
    }
    return RulingGiven(**{**given, **changes})


def started(customs: World, *, office: str = "15BB", **changes: Any) -> int:
    """An application that the declarant prepares."""
    return start_ruling(
        actor=customs.actor("declarant"), office=office, tax_code=ENTERPRISE, given=goods(**changes), at=now()
    )


def filed(customs: World, *, office: str = "15BB", **changes: Any) -> int:
    """The same, with a paper and filed."""
    key = started(customs, office=office, **changes)
    put(customs, f"ruling:{key}")
    file_ruling(actor=customs.actor("declarant"), ruling=key, at=now())
    return key


def proposed(customs: World, **changes: Any) -> int:
    """The same, complete, with a ruling proposed."""
    key = filed(customs)
    receive_ruling(actor=customs.actor("clearance_officer"), ruling=key, at=now())
    given = {"outcome": "issued", "hs": "85176251", "reasons": REASONS, **changes}
    propose_ruling(actor=customs.actor("clearance_officer"), ruling=key, at=now(), **given)
    return key


def issued(customs: World, **changes: Any) -> int:
    """The same, signed by the team leader."""
    key = proposed(customs, **changes)
    sign_ruling(actor=customs.actor("team_leader"), ruling=key, at=now())
    return key
