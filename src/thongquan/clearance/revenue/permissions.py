"""Who may do what with money. Names are those of the audit trail: `revenue.see`, `revenue.bank`."""

from __future__ import annotations

from thongquan.base.accounts.permissions import LODGE_SCOPE, READ_SCOPE, can_lodge, can_see_declaration, is_program
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed, NotFound

MONEY_ROLES = frozenset({"clearance_officer", "team_leader", "director"})
"""Those who take in bank files, assign and return money, and accept guarantees, each for their own office."""
ASSESSING_ROLES = MONEY_ROLES | {"auditor"}
PROPOSERS = frozenset({"clearance_officer", "team_leader"})
DECIDERS = frozenset({"team_leader", "director"})


def keeps_money(actor: Actor, office: str) -> bool:
    """`revenue.bank`: a revenue officer of this very office, past the second factor."""
    held = any(actor.holds(role, office) for role in MONEY_ROLES)
    return bool(office) and held and actor.mfa and actor.allows(LODGE_SCOPE)


CASH_ROLES = frozenset({"gate_officer", "clearance_officer", "team_leader"})


def check_takes_cash(actor: Actor, office: str) -> None:
    """`revenue.cash`: an officer at the gate of this very office, past the second factor. Raises `NotAllowed`."""
    held = any(actor.holds(role, office) for role in CASH_ROLES)
    if not (office and held and actor.mfa and actor.allows(LODGE_SCOPE)):
        raise NotAllowed("revenue.cash")


def money_offices(actor: Actor) -> list[str]:
    """The offices whose money the actor may look into, in order; to move it asks for more (`keeps_money`)."""
    held = {code for role, code in actor.holdings if role in MONEY_ROLES} - actor.regions
    return sorted(held) if actor.mfa and actor.allows(READ_SCOPE) else []


def can_guarantee(actor: Actor, tax_code: str) -> bool:
    """`revenue.guarantee`: the trader or its broker, or the program for them."""
    return can_lodge(actor, tax_code) or is_program(actor)


def can_assess(actor: Actor, *, office: str, tax_code: str) -> bool:
    """`revenue.assess`: who may change what is owed: the trader by amending, officers of the office, the program."""
    held = any(actor.holds(role, office) for role in ASSESSING_ROLES)
    return is_program(actor) or held or can_lodge(actor, tax_code)


def can_see_money(actor: Actor, *, office: str, tax_code: str) -> bool:
    """`revenue.see`: whoever sees the declaration."""
    return is_program(actor) or can_see_declaration(actor, office, tax_code)


def check_keeps_money(actor: Actor, office: str) -> None:
    """Raises `NotAllowed` for everyone but the revenue officers of the office."""
    if not keeps_money(actor, office):
        raise NotAllowed("revenue.bank")


def check_keeps_any_money(actor: Actor) -> list[str]:
    """The offices whose money the actor may look into. Raises `NotAllowed` when there is none."""
    offices = money_offices(actor)
    if not offices:
        raise NotAllowed("revenue.bank")
    return offices


def check_can_guarantee(actor: Actor, tax_code: str) -> None:
    """Raises `NotAllowed` for everyone but the trader."""
    if not can_guarantee(actor, tax_code):
        raise NotAllowed("revenue.guarantee")


def check_can_assess(actor: Actor, *, office: str, tax_code: str) -> None:
    """Raises `NotAllowed`."""
    if not can_assess(actor, office=office, tax_code=tax_code):
        raise NotAllowed("revenue.assess")


def check_can_see(actor: Actor, *, office: str, tax_code: str) -> None:
    """Raises `NotFound`: what one may not see does not exist."""
    if not can_see_money(actor, office=office, tax_code=tax_code):
        raise NotFound("revenue.see")


def check_may_see(actor: Actor, *, office: str, tax_code: str) -> None:
    """The same as `check_can_see`, for papers that only people read."""
    if not can_see_declaration(actor, office, tax_code):
        raise NotFound("revenue.see")


def may_claim(actor: Actor, tax_code: str) -> bool:
    """`revenue.claim`: someone who lodges for the enterprise."""
    return can_lodge(actor, tax_code)


def may_propose(actor: Actor, office: str) -> bool:
    """`revenue.propose`: an officer who clears at this very office, past the second factor."""
    return _works(actor, PROPOSERS, office)


def may_decide(actor: Actor, office: str) -> bool:
    """`revenue.decide`: a leader of this very office or its region, past the second factor."""
    return _works(actor, DECIDERS, office)


def _works(actor: Actor, roles: frozenset[str], office: str) -> bool:
    return actor.mfa and actor.allows(LODGE_SCOPE) and any(actor.holds(role, office) for role in roles)


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
