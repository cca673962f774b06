"""Who may do what: predicates over an actor. Names are `app.action`; scope is an office code or a tax code.

Predicates are pure: everything they need is in the actor. Operations check them first and raise `NotAllowed`.
"""

from __future__ import annotations

from thongquan.base.accounts.queries import Actor
from thongquan.base.accounts.roles import OFFICER_ROLES, SECOND_FACTOR_ROLES, TRADER_ROLES
from thongquan.base.accounts.scopes import LODGE_SCOPE, READ_SCOPE, SCOPES, WEBHOOKS_SCOPE

__all__ = [
    "LODGE_SCOPE",
    "READ_SCOPE",
    "SCOPES",
    "WEBHOOKS_SCOPE",
    "administered",
    "can_hold_tokens",
    "can_lodge",
    "can_manage_people",
    "can_see_declaration",
    "is_officer",
    "is_program",
    "is_trader",
    "needs_second_factor",
    "readable_enterprises",
    "readable_offices",
    "sees_office",
]

_READERS = OFFICER_ROLES - {"administrator", "law_officer"} | {"auditor"}


def is_officer(actor: Actor) -> bool:
    """Whether the actor works for customs with rights over declarations or over the system."""
    return bool(actor.roles & OFFICER_ROLES)


def is_trader(actor: Actor) -> bool:
    """Whether the actor lodges for enterprises."""
    return bool(actor.roles & TRADER_ROLES)


def needs_second_factor(actor: Actor) -> bool:
    """Whether a password alone is too little for this actor's roles."""
    return bool(actor.roles & SECOND_FACTOR_ROLES)


def can_lodge(actor: Actor, tax_code: str | None) -> bool:
    """`declarations.lodge`: for one's own enterprise, or as a broker for one that gave a mandate."""
    return bool(tax_code) and tax_code in actor.enterprises and actor.allows(LODGE_SCOPE)


def can_see_declaration(actor: Actor, office: str | None, tax_code: str | None) -> bool:
    """`declarations.see`: the trader of the declaration, or customs of the office it was lodged at."""
    if not actor.allows(READ_SCOPE):
        return False
    return (bool(tax_code) and tax_code in actor.enterprises) or sees_office(actor, office)


def sees_office(actor: Actor, office: str | None) -> bool:
    """Whether a role that works on declarations is held for this very office."""
    return bool(office) and any(actor.holds(role, str(office)) for role in _READERS)


def readable_offices(actor: Actor) -> frozenset[str]:
    """The offices whose declarations the actor may read, for narrowing a query."""
    if not actor.allows(READ_SCOPE):
        return frozenset()
    return frozenset(code for role, code in actor.holdings if role in _READERS) - actor.regions


def readable_enterprises(actor: Actor) -> frozenset[str]:
    """The tax codes whose declarations the actor may read as their trader, for narrowing a query."""
    return actor.enterprises if actor.allows(READ_SCOPE) else frozenset()


def can_manage_people(actor: Actor, code: str) -> bool:
    """`accounts.manage`: an administrator, for an office or a region they hold that role for."""
    return actor.scopes is None and actor.holds("administrator", code)


def administered(actor: Actor) -> frozenset[str]:
    """The codes of regions and offices whose people the actor looks after."""
    if actor.scopes is not None:
        return frozenset()
    return frozenset(code for role, code in actor.holdings if role == "administrator")


def is_program(actor: Actor) -> bool:
    """Whether the installation itself acts (command line, loaders), not a person."""
    return actor.user_id is None and actor.reference.startswith("system:")


def can_hold_tokens(actor: Actor) -> bool:
    """`accounts.tokens`: a person at the pages, past the second factor where the roles ask for it."""
    return actor.is_authenticated and actor.scopes is None and (actor.mfa or not needs_second_factor(actor))
