"""What the model of risk said, on the page of a declaration, whose room stands above: `config` puts it there."""

from __future__ import annotations

from typing import Any

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.model_labels import MEANINGS
from thongquan.clearance.risk.queries.scores import score_told


def said(actor: Actor, number: str, office: str) -> dict[str, Any] | None:
    """Score and reasons in words; None for those it is not for."""
    score = score_told(actor=actor, number=number, office=office)
    if score is None:
        return None
    return {"score": score, "reasons": [MEANINGS.get(one, one) for one in score.reasons]}
