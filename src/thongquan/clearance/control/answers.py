"""Verdicts of a gate as JSON, for the API and for the page that works without network."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import read_json, told_faults
from thongquan.clearance.control.operations.exits import Shown, Verdict, reconcile_uses
from thongquan.clearance.control.schemas import UsesBody
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

MOST_USES = 500
EARLIEST, LATEST = 2000, 2100


def read_uses(body: bytes) -> list[Shown]:
    """The uploaded uses. Raises `Refused`: TQ-FMT-* for a body that cannot be read, -011 for too many.

    Moments must carry their offset (-018) and lie within days that can be (-008).
    """
    uses = read_json(body, UsesBody).uses
    if len(uses) > MOST_USES:
        raise Refused([Fault(code=Code.TQ_FMT_011, path="uses", values={"limit": str(MOST_USES)})])
    naive = [place for place, use in enumerate(uses) if use.shown_at.tzinfo is None]
    if naive:
        values = {"expected": "date and time with offset"}
        raise Refused([Fault(code=Code.TQ_FMT_018, path=f"uses[{place}].shown_at", values=values) for place in naive])
    odd = [place for place, use in enumerate(uses) if not EARLIEST <= use.shown_at.year <= LATEST]
    if odd:
        raise Refused([Fault(code=Code.TQ_FMT_008, path=f"uses[{place}].shown_at") for place in odd])
    return [Shown(code=use.code, plate=use.plate, gate=use.gate, shown_at=use.shown_at) for use in uses]


def judged(actor: Actor, uses: list[Shown], at: datetime) -> list[dict[str, Any]]:
    """What came of each use, oldest first."""
    return [told_verdict(verdict) for verdict in reconcile_uses(actor=actor, uses=uses, at=at)]


def told_verdict(verdict: Verdict) -> dict[str, Any]:
    """A verdict with every reason in the active language."""
    slip = verdict.slip
    return {
        "verdict": verdict.verdict,
        "known": verdict.known,
        "serial": slip.serial if slip else "",
        "number": slip.number if slip else "",
        "plate": verdict.shown.plate,
        "gate": verdict.shown.gate,
        "shown_at": verdict.shown.shown_at,
        "others": verdict.others,
        "faults": told_faults(verdict.faults),
    }
