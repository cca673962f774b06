"""Who may write and read notes, ask and answer questions, see who is there, and lead the team.

Names are those of the audit trail: `casework.note`, `casework.ask`, `casework.answer`, `casework.lead`. Nothing that
stands behind `casework.note` or `casework.watch` is ever for a trader, a partner agency or the neighbor.
"""

from __future__ import annotations

from thongquan.base.accounts.permissions import (
    LODGE_SCOPE,
    can_lodge,
    is_trader,
    readable_enterprises,
    readable_offices,
    sees_office,
)
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.clearance.casework.states import Side

WRITERS = ("clearance_officer", "gate_officer", "team_leader", "risk_analyst", "director")
"""Roles that write notes and can be named in them."""
ANSWERERS = ("clearance_officer", "team_leader", "director")
LEADERS = ("team_leader", "director")
OVERSEERS = ("internal_control", "auditor")
"""Roles that still read the words of a withdrawn note."""


def is_colleague(actor: Actor, office: str) -> bool:
    """Whether the actor is customs of this office, past the second factor: notes and presence are for them alone."""
    return actor.mfa and not is_trader(actor) and sees_office(actor, office)


def check_is_colleague(actor: Actor, office: str) -> None:
    """Raises `NotFound`: for everyone else there are no notes."""
    if not is_colleague(actor, office):
        raise NotFound("casework.note")


def can_write_notes(actor: Actor, office: str) -> bool:
    """`casework.note`: officers who work at the office, through a door that may write."""
    return is_colleague(actor, office) and _holds(actor, WRITERS, office) and actor.allows(LODGE_SCOPE)


def check_can_write_notes(actor: Actor, office: str) -> None:
    """Raises `NotFound` for those who may not even read them, `NotAllowed` for those who only read."""
    check_is_colleague(actor, office)
    if not can_write_notes(actor, office):
        raise NotAllowed("casework.note")


def reads_withdrawn(actor: Actor, office: str) -> bool:
    """Whether the words of a withdrawn note are still for this person."""
    return is_colleague(actor, office) and _holds(actor, OVERSEERS, office)


def can_ask(actor: Actor, tax_code: str) -> bool:
    """`casework.ask`: whoever may lodge for the trader of the declaration."""
    return can_lodge(actor, tax_code)


def can_answer(actor: Actor, office: str) -> bool:
    """`casework.answer`: officers of the office, through a door that may write."""
    return is_colleague(actor, office) and _holds(actor, ANSWERERS, office) and actor.allows(LODGE_SCOPE)


def sees_threads(actor: Actor, *, office: str, tax_code: str) -> bool:
    """Whether the actor may read questions on a declaration of this office and trader."""
    return tax_code in readable_enterprises(actor) or is_colleague(actor, office)


def side_of(actor: Actor, *, office: str, tax_code: str) -> Side | None:
    """The side for which the actor may speak in a thread; None for those who only read."""
    if can_ask(actor, tax_code):
        return Side.TRADER
    return Side.CUSTOMS if can_answer(actor, office) else None


def colleague_offices(actor: Actor) -> frozenset[str]:
    """The offices whose questions the actor reads as customs."""
    return readable_offices(actor) if actor.mfa and not is_trader(actor) else frozenset()


def answered_offices(actor: Actor) -> frozenset[str]:
    """The offices for which the actor answers."""
    return _offices(actor, ANSWERERS)


def led_offices(actor: Actor) -> frozenset[str]:
    """The offices whose team the actor leads: team leaders and directors."""
    return _offices(actor, LEADERS)


def check_leads(actor: Actor, office: str) -> None:
    """`casework.lead`. Raises `NotAllowed` for everyone but leaders and directors of this very office."""
    if office not in led_offices(actor) or not actor.allows(LODGE_SCOPE):
        raise NotAllowed("casework.lead")


def _offices(actor: Actor, roles: tuple[str, ...]) -> frozenset[str]:
    held = frozenset(code for role, code in actor.holdings if role in roles)
    return held - actor.regions if actor.mfa else frozenset()


def _holds(actor: Actor, roles: tuple[str, ...], office: str) -> bool:
    return any(actor.holds(role, office) for role in roles)
