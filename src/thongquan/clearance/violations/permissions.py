"""Who may do what with violations. Names are those of the audit trail: `violations.record`, `violations.decide`."""

from __future__ import annotations

from thongquan.base.accounts.permissions import is_program, readable_enterprises, readable_offices, sees_office
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed

RECORDERS = ("clearance_officer", "gate_officer", "team_leader", "auditor", "director")
DECIDERS = ("team_leader", "director")
ANNULLERS = ("director",)
_HOLDERS = {
    "violations.record": RECORDERS,
    "violations.propose": RECORDERS,
    "violations.decide": DECIDERS,
    "violations.annul": ANNULLERS,
}


def may(actor: Actor, permission: str, office: str) -> bool:
    """Whether the actor holds a role of this permission for this very office, at the pages, second factor given.

    The program itself may record for the offices it acts for.
    """
    if is_program(actor):
        return permission == "violations.record" and office in actor.offices
    here = actor.is_authenticated and actor.mfa and actor.scopes is None
    return here and any(actor.holds(role, office) for role in _HOLDERS[permission])


def check_may(actor: Actor, permission: str, office: str) -> None:
    """Raise `NotAllowed` unless `may`."""
    if not may(actor, permission, office):
        raise NotAllowed(permission)


def sees_work(actor: Actor, office: str) -> bool:
    """Whether the actor works on cases of this office, and so may see them before they are decided."""
    return actor.mfa and sees_office(actor, office)


def working_offices(actor: Actor) -> frozenset[str]:
    """The offices whose cases the actor may list."""
    return readable_offices(actor) if actor.mfa else frozenset()


def own_enterprises(actor: Actor) -> frozenset[str]:
    """The tax codes whose decided cases the actor may read as their trader."""
    return readable_enterprises(actor)
