"""Who may do what in the room of risk. Names are those of the audit trail: `risk.draft`, `risk.approve`.

Profiles hold at every office of a region, so no office narrows them; how an enterprise stands is narrowed by tax code
for its own people. The second factor is asked for; drafting and approving are for the pages, never for a token.
"""

from __future__ import annotations

from thongquan.base.accounts.permissions import READ_SCOPE, is_program, readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed

ANALYSTS = frozenset({"risk_analyst"})
READERS = ANALYSTS | {"director", "internal_control"}
_HOLDERS = {
    "risk.see": READERS,
    "risk.draft": ANALYSTS,
    "risk.try": ANALYSTS,
    "risk.approve": frozenset({"risk_analyst", "director"}),
    "risk.train": ANALYSTS,
    "risk.propose_model": ANALYSTS,
    "risk.approve_model": frozenset({"risk_analyst", "director"}),
    "risk.fall_back": frozenset(),
    "risk.fairness": READERS | {"auditor"},
    "risk.case": ANALYSTS,
    "risk.publish": frozenset(),
    "risk.integrity": frozenset({"internal_control"}),
}
_PROGRAMS = frozenset({"risk.try", "risk.publish", "risk.train", "risk.fall_back"})
_BY_TOKEN = frozenset({"risk.see", "risk.fairness"})
_OFFICERS = frozenset({"clearance_officer", "team_leader", "risk_analyst", "director", "internal_control", "auditor"})


def may(actor: Actor, permission: str) -> bool:
    """Whether the actor has a permission of the room; the installation itself has those of `_PROGRAMS`."""
    if is_program(actor):
        return permission in _PROGRAMS
    came_in = actor.scopes is None or (permission in _BY_TOKEN and actor.allows(READ_SCOPE))
    return came_in and actor.is_authenticated and actor.mfa and bool(actor.roles & _HOLDERS[permission])


def check_may(actor: Actor, permission: str) -> None:
    """Raise `NotAllowed` unless `may`."""
    if not may(actor, permission):
        raise NotAllowed(permission)


def offices_for(actor: Actor, permission: str) -> frozenset[str]:
    """The offices for which the actor has a permission of the room: what is shown of declarations is narrowed by it."""
    if not may(actor, permission):
        return frozenset()
    return frozenset(code for role, code in actor.holdings if role in _HOLDERS[permission]) - actor.regions


def own_enterprises(actor: Actor) -> frozenset[str]:
    """The tax codes whose compliance the actor may read as their own people; a broker is not one of them."""
    own = frozenset(code for role, code in actor.holdings if role == "declarant")
    return own & readable_enterprises(actor)


def working_offices(actor: Actor) -> frozenset[str]:
    """The offices whose traders' compliance the actor may read, as an officer there."""
    if not (actor.mfa and actor.allows(READ_SCOPE) and actor.roles & _OFFICERS):
        return frozenset()
    return readable_offices(actor)
