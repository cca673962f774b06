"""Who has a declaration, on its page: for customs only, with what one may do about it."""

from __future__ import annotations

from typing import Any

from thongquan.base.accounts.permissions import sees_office
from thongquan.base.accounts.queries import Actor, name_of
from thongquan.clearance.declarations.actions import Panel
from thongquan.clearance.declarations.permissions import may
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.queries.queueing import officer_of
from thongquan.clearance.declarations.states import STEPS, State, Step


def handled(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """Its officer and the buttons; nothing for the other side, and nothing once it has ended unhandled."""
    if not sees_office(actor, stand.office):
        return None
    officer = officer_of(stand.key)
    opens = State(stand.state) in STEPS[Step.TAKE].moves
    may_take = opens and _may(actor, stand, Step.TAKE)
    may_assign = opens and _may(actor, stand, Step.ASSIGN)
    if not (officer or may_take or may_assign):
        return None
    return {
        "number": stand.number,
        "officer": name_of(officer) if officer else "",
        "is_mine": officer == actor.reference,
        "can_take": may_take and not officer,
        "can_give_back": may_take and officer == actor.reference,
        "can_assign": may_assign,
    }


def _may(actor: Actor, stand: Stand, step: Step) -> bool:
    return may(actor, STEPS[step].who, office=stand.office, tax_code=stand.tax_code)


PANEL = Panel("declarations/_handled.html", handled, place="aside")
