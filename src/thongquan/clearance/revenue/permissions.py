"""Who may do what with money: `revenue.view`, `revenue.propose`, `revenue.decide`, `revenue.claim`."""

from __future__ import annotations

from thongquan.base.accounts.permissions import can_lodge, can_see_declaration
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed, NotFound

PROPOSERS = ("clearance_officer", "team_leader")
DECIDERS = ("team_leader", "director")


def check_may_see(actor: Actor, *, office: str, tax_code: str) -> None:
    """`revenue.view`: officers of the office, people of the enterprise. Raises `NotFound` for everyone else."""
    if not can_see_declaration(actor, office, tax_code):
        raise NotFound("revenue.view")


def may_claim(actor: Actor, tax_code: str) -> bool:
    """`revenue.claim`: someone who lodges for the enterprise."""
    return can_lodge(actor, tax_code)


def may_propose(actor: Actor, office: str) -> bool:
    """`revenue.propose`: an officer who clears at the office."""
    return any(actor.holds(role, office) for role in PROPOSERS)


def may_decide(actor: Actor, office: str) -> bool:
    """`revenue.decide`: a leader of the office or its region."""
    return any(actor.holds(role, office) for role in DECIDERS)


def check_may_claim(actor: Actor, tax_code: str) -> None:
    """Raises `NotAllowed`."""
    if not may_claim(actor, tax_code):
        raise NotAllowed("revenue.claim")


def check_may_propose(actor: Actor, *, office: str, tax_code: str) -> None:
    """Raises `NotFound` outside the scope, `NotAllowed` for those who see but may not."""
    check_may_see(actor, office=office, tax_code=tax_code)
    if not may_propose(actor, office):
        raise NotAllowed("revenue.propose")


def check_may_decide(actor: Actor, *, office: str, tax_code: str) -> None:
    """Raises `NotFound` outside the scope, `NotAllowed` for those who see but may not."""
    check_may_see(actor, office=office, tax_code=tax_code)
    if not may_decide(actor, office):
        raise NotAllowed("revenue.decide")
