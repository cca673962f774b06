"""Who may do what with codes for goods. Names are those of the audit trail: `classification.judge`."""

from __future__ import annotations

from thongquan.base.accounts.permissions import LODGE_SCOPE, READ_SCOPE, can_lodge, is_program, readable_enterprises
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed

WORKERS = ("clearance_officer", "team_leader")
READERS = (*WORKERS, "director", "auditor", "risk_analyst", "internal_control")
_HOLDERS: dict[str, tuple[str, ...]] = {
    "classification.see": READERS,
    "classification.judge": WORKERS,
    "classification.lead": ("team_leader", "director"),
    "classification.teach": ("team_leader", "director", "risk_analyst"),
    "classification.rule": ("team_leader", "director"),
    "classification.apply": (),
}
"""`see` findings and cases, `judge` a finding, `lead` a case to its end, `teach` attributes and models, `rule` on
applications, and `apply` for an advance ruling, which is for traders."""
_TRADERS = frozenset({"classification.apply"})
_READING = frozenset({"classification.see"})


def may(actor: Actor, permission: str, *, office: str = "", tax_code: str = "") -> bool:
    """Whether the actor has a permission for this office, second factor given; traders apply for their own."""
    if permission in _TRADERS and (can_lodge(actor, tax_code) or is_program(actor)):
        return True
    return _came_in_right(actor, permission) and any(actor.holds(role, office) for role in _HOLDERS[permission])


def check_may(actor: Actor, permission: str, *, office: str = "", tax_code: str = "") -> None:
    """Raise `NotAllowed` unless `may`."""
    if not may(actor, permission, office=office, tax_code=tax_code):
        raise NotAllowed(permission)


def offices_for(actor: Actor, permission: str) -> frozenset[str]:
    """The offices for which the actor has this permission, regions themselves left out."""
    if not _came_in_right(actor, permission):
        return frozenset()
    return frozenset(code for role, code in actor.holdings if role in _HOLDERS[permission]) - actor.regions


def check_anywhere(actor: Actor, permission: str) -> None:
    """Raise `NotAllowed` unless the actor has the permission for some office."""
    if not offices_for(actor, permission):
        raise NotAllowed(permission)


def own_enterprises(actor: Actor) -> frozenset[str]:
    """The tax codes for which the actor reads as their trader."""
    return readable_enterprises(actor)


def _came_in_right(actor: Actor, permission: str) -> bool:
    scope = READ_SCOPE if permission in _READING else LODGE_SCOPE
    return actor.is_authenticated and actor.mfa and actor.allows(scope)
