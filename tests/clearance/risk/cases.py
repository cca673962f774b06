"""What tests of risk share: declarations lodged and copied, reckonings of a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tests.world import ENTERPRISE, World, as_json, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.outbox import relay
from thongquan.clearance.risk.models import RiskCase
from thongquan.clearance.risk.operations.copying import Copied, CopiedLine, keep_copies
from thongquan.clearance.risk.operations.reckoning import reckon_compliance
from thongquan.config.subscriptions import SUBSCRIPTIONS

PROGRAM = system_actor("risk")


def heard() -> None:
    """Let the room hear what happened."""
    mine = [one for one in SUBSCRIPTIONS if one.consumer.startswith("risk.")]
    while sum(relay(one, at=now()) for one in mine):
        pass


def lodged(customs: World, **changes: Any) -> str:
    """A declaration of the demo enterprise over HTTP; gives its number."""
    body = as_json(import_document(**changes))
    answer = customs.api("declarant").post("/api/v1/declarations/", body, content_type="application/json")
    assert answer.status_code == 201, answer.content
    return str(answer.json()["number"])


def copied(number: int, *, at: datetime, **changes: Any) -> Copied:
    """A declaration as the room copies it, made up."""
    fields: dict[str, Any] = {
        "number": f"1{number:011d}",
        "registered_at": at,
        "office": "15BB",
        "gate": "",
        "flow": "import",
        "regime": "A11",
        "tax_code": ENTERPRISE,
        "trader_name": "Công ty TNHH Xuất nhập khẩu Bình Minh",
        "lodged_by": "user:1",
        "origin": "CN",
        "value_vnd": Decimal(100_000_000),
        "due_vnd": Decimal(10_000_000),
        "channel": 1,
        "drawn": False,
        "profiles": [],
        "ended": False,
        "checked": "",
        "found": None,
        "found_kinds": [],
        "recovered_vnd": Decimal(0),
        "check_minutes": 0,
        "concluded_at": None,
    }
    return Copied(**{**fields, **changes})


def line(**changes: Any) -> CopiedLine:
    """A line of goods, made up."""
    fields: dict[str, Any] = {
        "number": 1,
        "hs": "08081000",
        "origin": "CN",
        "unit": "KGM",
        "quantity": Decimal(1000),
        "net_weight_kg": Decimal(1000),
        "value_vnd": Decimal(20_000_000),
    }
    return CopiedLine(**{**fields, **changes})


def traded(count: int, *, days_ago: int = 10, **changes: Any) -> None:
    """So many declarations of the demo enterprise some days ago."""
    at = now() - timedelta(days=days_ago)
    keep_copies([copied(number, at=at, **changes) for number in range(count)])


def case_elsewhere() -> int:
    """A case of an analyst on declarations of another office."""
    kept = {
        "title": "x",
        "question": "x",
        "state": "open",
        "owner": "user:0",
        "opened_by": "user:0",
        "opened_at": now(),
    }
    return int(RiskCase.objects.create(offices=["20BB"], **kept).pk)


def today() -> date:
    return timezone.localdate(now())


def reckoned(on: date | None = None) -> int:
    """Reckon a day; gives how many enterprises changed."""
    return reckon_compliance(actor=PROGRAM, on=on or today(), at=now())
