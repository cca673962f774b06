"""Who may do what with declarations. Names are those of the audit trail: `declarations.lodge`, `declarations.view`."""

from __future__ import annotations

from thongquan.base.accounts.permissions import LODGE_SCOPE, can_lodge, can_see_declaration, is_trader
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.rules.decision import Audience

OFFICER_ROLES = frozenset({"clearance_officer", "gate_officer", "team_leader", "director"})
ANALYST_ROLES = frozenset({"risk_analyst"})
INTERNAL_ROLES = frozenset({"internal_control", "auditor"})


def check_may_lodge(actor: Actor, tax_code: str | None) -> None:
    """`declarations.lodge`: a declarant for the own enterprise, a broker for those with a mandate.

    Raises `NotAllowed`. Without a tax code only the right to lodge at all is asked: the rules then name the field.
    """
    allowed = can_lodge(actor, tax_code) if tax_code else is_trader(actor) and actor.allows(LODGE_SCOPE)
    if not allowed:
        raise NotAllowed("declarations.lodge")


def check_may_see(actor: Actor, *, office: str, tax_code: str) -> None:
    """`declarations.view`: officers of the office, people of the enterprise. Raises `NotFound` for everyone else."""
    if not can_see_declaration(actor, office, tax_code):
        raise NotFound("declarations.view")


def audience_of(actor: Actor) -> Audience:
    """How much of a decision this person may read."""
    if actor.roles & INTERNAL_ROLES:
        return "internal_control"
    if actor.roles & ANALYST_ROLES:
        return "analyst"
    if actor.roles & OFFICER_ROLES:
        return "officer"
    return "declarant"
