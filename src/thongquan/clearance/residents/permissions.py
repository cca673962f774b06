"""Who may do what with residents' forms. Names are those of the audit trail: `residents.work`, `residents.watch`."""

from __future__ import annotations

from thongquan.base.accounts.permissions import LODGE_SCOPE, READ_SCOPE, can_lodge, is_program
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed, NotFound

WORKERS = ("gate_officer", "clearance_officer", "team_leader")
LEADERS = ("team_leader", "director")
READERS = (*WORKERS, "director", "auditor", "internal_control")
_HOLDERS = {
    "residents.see": READERS,
    "residents.work": WORKERS,
    "residents.collect": WORKERS,
    "residents.lead": LEADERS,
    "residents.watch": ("team_leader",),
    "residents.erase": ("team_leader",),
}
_READING = frozenset({"residents.see"})
_PAGES_ONLY = frozenset({"residents.watch", "residents.erase"})


def may(actor: Actor, permission: str, *, office: str, tax_code: str = "") -> bool:
    """Whether the actor has a permission for this office, second factor given; merchants gather for themselves."""
    if permission == "residents.gather":
        return can_lodge(actor, tax_code) or is_program(actor)
    if permission == "system" or (is_program(actor) and permission == "residents.collect"):
        return is_program(actor)
    return _came_in_right(actor, permission) and any(actor.holds(role, office) for role in _HOLDERS[permission])


def check_may(actor: Actor, permission: str, *, office: str, tax_code: str = "") -> None:
    """Raise `NotAllowed` unless `may`."""
    if not may(actor, permission, office=office, tax_code=tax_code):
        raise NotAllowed(permission)


def check_may_see(actor: Actor, office: str) -> None:
    """`residents.see`: officers of the office. Raises `NotFound` for everyone else."""
    if not (is_program(actor) or may(actor, "residents.see", office=office)):
        raise NotFound("residents.see")


def offices_for(actor: Actor, permission: str) -> frozenset[str]:
    """The offices for which the actor has this permission, regions themselves left out."""
    if not _came_in_right(actor, permission):
        return frozenset()
    return frozenset(code for role, code in actor.holdings if role in _HOLDERS[permission]) - actor.regions


def _came_in_right(actor: Actor, permission: str) -> bool:
    if not (actor.is_authenticated and actor.mfa):
        return False
    if permission in _PAGES_ONLY:
        return actor.scopes is None
    return actor.allows(READ_SCOPE if permission in _READING else LODGE_SCOPE)
