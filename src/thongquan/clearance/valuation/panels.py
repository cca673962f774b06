"""Prices beside their bands in words, and what the room adds to the page of a declaration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.valuation.labels import BASES, PLACES, STATES
from thongquan.clearance.valuation.permissions import may
from thongquan.clearance.valuation.queries.consultations import consultation_of, is_open_to_consultation
from thongquan.clearance.valuation.queries.prices import Priced, prices_of

TOLD = tuple[Priced, Promise, Promise | str]


def told_prices(rows: Iterable[Priced]) -> list[TOLD]:
    """Each line with where its price stands and with what it was compared."""
    return [(one, PLACES[one.placed], BASES.get(one.basis, "")) for one in rows]


def prices_panel(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """For officers of the office: the declared prices beside what is usual, and the way to a consultation."""
    if not may(actor, "valuation.see", office=stand.office):
        return None
    rows = prices_of(stand.key)
    compared = [one for one in rows if one.placed]
    kept = consultation_of(actor, stand.subject)
    opens = kept is None and is_open_to_consultation(stand) and may(actor, "valuation.consult", office=stand.office)
    if not (compared or opens):
        return None
    return {
        "rows": told_prices(compared),
        "opens": opens,
        "number": stand.number,
        "uncompared": len(rows) - len(compared),
    }


def consultation_panel(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """The consultation on this declaration, for whoever may read it."""
    kept = consultation_of(actor, stand.subject)
    return {"row": kept, "state": STATES[kept.state]} if kept else None
