"""Who may do what with customs values. Names are those of the audit trail: `valuation.consult`, `valuation.decide`.

Bands and reference prices are for officers: a trader never reads what others declare.
"""

from __future__ import annotations

from thongquan.base.accounts.permissions import READ_SCOPE, can_lodge, readable_enterprises
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed

CONSULTING = ("clearance_officer", "team_leader")
DECIDING = ("team_leader", "director")
READERS = ("clearance_officer", "team_leader", "risk_analyst", "director", "auditor", "internal_control")
PRICING = ("risk_analyst", "team_leader")
_HOLDERS = {
    "valuation.consult": CONSULTING,
    "valuation.decide": DECIDING,
    "valuation.see": READERS,
    "valuation.price": PRICING,
}
_BY_TOKEN = frozenset({"valuation.see"})


def may(actor: Actor, permission: str, *, office: str, tax_code: str = "") -> bool:
    """Whether the actor has a permission for this office, second factor given; traders answer and read their own."""
    if permission == "valuation.answer":
        return can_lodge(actor, tax_code)
    return _came_in(actor, permission) and any(actor.holds(role, office) for role in _HOLDERS[permission])


def check_may(actor: Actor, permission: str, *, office: str, tax_code: str = "") -> None:
    """Raise `NotAllowed` unless `may`."""
    if not may(actor, permission, office=office, tax_code=tax_code):
        raise NotAllowed(permission)


def offices_for(actor: Actor, permission: str) -> frozenset[str]:
    """The offices for which the actor has this permission."""
    if not _came_in(actor, permission):
        return frozenset()
    held = {code for role, code in actor.holdings if role in _HOLDERS[permission]}
    return frozenset(held) - actor.regions


def may_anywhere(actor: Actor, permission: str) -> bool:
    """Whether the actor has a permission for any office: prices are those of the whole region."""
    return bool(offices_for(actor, permission))


def check_may_anywhere(actor: Actor, permission: str) -> None:
    """Raise `NotAllowed` unless `may_anywhere`."""
    if not may_anywhere(actor, permission):
        raise NotAllowed(permission)


def own_enterprises(actor: Actor) -> frozenset[str]:
    """The tax codes whose consultations the actor reads as their trader or broker."""
    return readable_enterprises(actor)


def _came_in(actor: Actor, permission: str) -> bool:
    through = actor.scopes is None or (permission in _BY_TOKEN and actor.allows(READ_SCOPE))
    return through and actor.is_authenticated and actor.mfa
