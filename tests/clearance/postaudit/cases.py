"""Audits to test with: a cleared import of the demo enterprise and a case on it."""

from __future__ import annotations

from typing import Any

from tests.world import World, as_json, import_document
from thongquan.base.core.clock import now
from thongquan.clearance.postaudit.operations import (
    open_audit,
    propose_conclusion,
    recalculate,
    record_finding,
    sign_conclusion,
)


def cleared(customs: World, *, state: str = "cleared", **changes: Any) -> str:
    """The number of a declaration in this state; how it got there is the story of other tests."""
    body = as_json(import_document(**changes))
    answer = customs.api("declarant").post("/api/v1/declarations/", body, content_type="application/json")
    assert answer.status_code == 201, answer.content
    number = str(answer.json()["number"])
    customs.run_sql("UPDATE declarations_declaration SET state = %s WHERE number = %s", state, number)
    return number


def opened(customs: World, *, number: str = "", place: str = "customs") -> int:
    """An audit opened by the auditor."""
    number = number or cleared(customs)
    return open_audit(actor=customs.actor("auditor"), number=number, place=place, at=now())


def found(customs: World, audit: int, **changes: Any) -> int:
    """A finding: line 5 was worth more than declared."""
    words: dict[str, Any] = {
        "actor": customs.actor("auditor"),
        "audit": audit,
        "line": 5,
        "field": "value",
        "found": "30000",
        "ground": "Hợp đồng và chứng từ thanh toán qua ngân hàng",
        "act": "short_duty_detected",
        "at": now(),
    }
    return record_finding(**{**words, **changes})


def signed(customs: World, *findings: dict[str, Any]) -> int:
    """An audit with findings, recalculated, proposed by the auditor and signed by the team leader."""
    audit, auditor = opened(customs), customs.actor("auditor")
    for changes in findings or ({},):
        found(customs, audit, **changes)
    recalculate(actor=auditor, audit=audit, at=now())
    propose_conclusion(actor=auditor, audit=audit, text="Trị giá khai báo thấp hơn thực tế", at=now())
    sign_conclusion(actor=customs.actor("team_leader"), audit=audit, words="Đồng ý", at=now())
    return audit
