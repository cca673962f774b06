"""Who may do what with parcels: `express.send`, `express.see`, `express.check`, `express.carriers`."""

from __future__ import annotations

from thongquan.base.accounts.permissions import LODGE_SCOPE, can_lodge, can_see_declaration, is_program
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed, NotFound

CHECKERS = frozenset({"clearance_officer", "team_leader"})
REGISTRARS = frozenset({"team_leader", "director"})


def check_may_send(actor: Actor, tax_code: str) -> None:
    """`express.send`: who lodges for the carrier. Raises `NotAllowed`."""
    if not can_lodge(actor, tax_code):
        raise NotAllowed("express.send")


def sees(actor: Actor, *, office: str, tax_code: str) -> bool:
    """`express.see`: who would see a declaration of this carrier at this office."""
    return is_program(actor) or can_see_declaration(actor, office, tax_code)


def check_sees(actor: Actor, *, office: str, tax_code: str) -> None:
    """Raises `NotFound`: what one may not see does not exist."""
    if not sees(actor, office=office, tax_code=tax_code):
        raise NotFound("express.see")


def checks_parcels(actor: Actor, office: str) -> bool:
    """`express.check`: an officer who clears at this very office, past the second factor."""
    return _works(actor, CHECKERS, office)


def checking_offices(actor: Actor) -> list[str]:
    """Offices whose held parcels the actor decides on."""
    return sorted({code for role, code in actor.holdings if role in CHECKERS and checks_parcels(actor, code)})


def registering_offices(actor: Actor) -> list[str]:
    """Offices whose carriers the actor keeps."""
    held = {code for role, code in actor.holdings if role in REGISTRARS} - actor.regions
    return sorted(code for code in held if keeps_carriers(actor, code))


def keeps_carriers(actor: Actor, office: str) -> bool:
    """`express.carriers`: a leader of this very office or of its region, past the second factor."""
    return _works(actor, REGISTRARS, office)


def _works(actor: Actor, roles: frozenset[str], office: str) -> bool:
    return actor.mfa and actor.allows(LODGE_SCOPE) and any(actor.holds(role, office) for role in roles)
