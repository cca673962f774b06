"""Who may do what with declarations. Names are those of the audit trail: `declarations.lodge`, `declarations.view`."""

from __future__ import annotations

from collections.abc import Callable

from thongquan.base.accounts.permissions import (
    LODGE_SCOPE,
    can_lodge,
    can_see_declaration,
    is_program,
    is_trader,
)
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


def _held(*roles: str, program: bool = False) -> Callable[[Actor, str, str], bool]:
    """A permission of those who hold one of the roles for the office itself; `program` lets the installation act."""

    def allowed(actor: Actor, office: str, tax_code: str) -> bool:
        return any(actor.holds(role, office) for role in roles) or (program and is_program(actor))

    return allowed


def _trader(actor: Actor, office: str, tax_code: str) -> bool:
    return can_lodge(actor, tax_code)


def _trader_or(*roles: str, program: bool = False) -> Callable[[Actor, str, str], bool]:
    officer = _held(*roles, program=program)
    return lambda actor, office, tax_code: can_lodge(actor, tax_code) or officer(actor, office, tax_code)


STEP_PERMISSIONS: dict[str, Callable[[Actor, str, str], bool]] = {
    "declarations.amend": _trader,
    "declarations.amend_after": _trader_or("clearance_officer", "team_leader"),
    "declarations.late": _trader_or("clearance_officer", "team_leader", program=True),
    "declarations.present": _trader_or("clearance_officer", "team_leader", "gate_officer"),
    "control.check": _held("clearance_officer", "team_leader"),
    "control.countersign": _held("team_leader", "director"),
    "control.report": _held("clearance_officer", "team_leader", "risk_analyst", program=True),
    "control.raise": _held("clearance_officer", "team_leader", "risk_analyst", program=True),
    "control.clear": _held("clearance_officer", "team_leader", program=True),
    "control.expire": _held("clearance_officer", "team_leader", program=True),
    "control.exit": _held("gate_officer", "clearance_officer", "team_leader"),
    "postaudit.audit": _held("auditor", "team_leader", "director"),
    "declarations.take": _held("clearance_officer", "team_leader"),
    "declarations.assign": _held("team_leader", "director"),
    "system": _held(program=True),
}
"""Who may take a step, by the name of its permission: a predicate of actor, office and tax code."""


def may(actor: Actor, permission: str, *, office: str, tax_code: str) -> bool:
    """Whether the actor has a permission of the table for a declaration of this office and trader.

    A program's token must let it change declarations: one that only reads takes no step.
    """
    return actor.allows(LODGE_SCOPE) and STEP_PERMISSIONS[permission](actor, office, tax_code)


def check_may(actor: Actor, permission: str, *, office: str, tax_code: str) -> None:
    """Raises `NotFound` for those who may not even see it, `NotAllowed` for those who see but may not do it."""
    if not is_program(actor):
        check_may_see(actor, office=office, tax_code=tax_code)
    if not may(actor, permission, office=office, tax_code=tax_code):
        raise NotAllowed(permission)


def audience_of(actor: Actor) -> Audience:
    """How much of a decision this person may read."""
    if actor.roles & INTERNAL_ROLES:
        return "internal_control"
    if actor.roles & ANALYST_ROLES:
        return "analyst"
    if actor.roles & OFFICER_ROLES:
        return "officer"
    return "declarant"
