"""The decision on a violation as an official paper, in Vietnamese."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from thongquan.base.accounts.queries import name_of, office_and_region
from thongquan.base.core.papers import dong_in_words, pdf
from thongquan.clearance.violations.queries import CaseFile, Found, act_on
from thongquan.clearance.violations.states import State, Step

TEMPLATE = Path(__file__).parent / "decision.typ"


def decision_pdf(kept: CaseFile) -> bytes:
    """The decision of a decided case. Its number is that of the case."""
    return pdf(TEMPLATE, decision_data(kept))


def decision_data(kept: CaseFile) -> dict[str, Any]:
    """What the paper says."""
    move = next(move for move in reversed(kept.moves) if move.step == Step.DECIDE)
    at = timezone.localtime(move.at)
    office, region = office_and_region(kept.row.office)
    fines = {int(str(row["finding"])): row for row in move.fines}
    total = kept.row.fine_vnd or Decimal(0)
    return {
        "head": {
            "parent": region,
            "agency": office,
            "number": f"V-{kept.row.id:06d}",
            "place": "",
            "on": at.date(),
            "title": "Quyết định",
            "about": "Xử phạt vi phạm hành chính trong lĩnh vực hải quan",
        },
        "annulled": kept.row.state == State.ANNULLED,
        "trader": kept.row.trader_name or kept.row.tax_code,
        "tax_code": kept.row.tax_code,
        "declaration": kept.row.subject.partition(":")[2],
        "acts": [_act(found, fines.get(found.id, {})) for found in kept.findings if found.withdrawn_at is None],
        "fine_vnd": total,
        "words": dong_in_words(total),
        "reason": move.words,
        "signature": {"capacity": "", "title": "Người ra quyết định", "name": name_of(move.actor), "note": ""},
        "recipients": [kept.row.trader_name or kept.row.tax_code, office],
    }


def _act(found: Found, fine: dict[str, object]) -> dict[str, Any]:
    act = act_on(found.act, found.on)
    share = fine.get("share")
    return {
        "name": act.name_vi if act else found.act,
        "article": act.law.article.replace("Decree", "Nghị định").replace(" Art. ", ", Điều ") if act else "",
        "on": found.on,
        "declared": found.declared,
        "found": found.found,
        "difference": found.difference_vnd,
        "share": f"{(Decimal(str(share)) * 100).normalize():f} %" if share else "",
        "fine": fine.get("amount_vnd", "0"),
    }
