"""Who may do what at the law desk. Names are those of the audit trail: `lawdesk.draft`, `lawdesk.approve`.

Law holds at every office, so no office narrows these; the second factor is asked for, and a token never suffices.
"""

from __future__ import annotations

from thongquan.base.accounts.permissions import is_program
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed

_HOLDERS = {
    "lawdesk.draft": frozenset({"law_officer"}),
    "lawdesk.try": frozenset({"law_officer", "director"}),
    "lawdesk.approve": frozenset({"law_officer", "director"}),
    "lawdesk.see": frozenset({"law_officer", "director", "auditor", "internal_control"}),
}


def may(actor: Actor, permission: str) -> bool:
    """Whether the actor has a permission of the law desk; the installation itself may only try."""
    if is_program(actor):
        return permission == "lawdesk.try"
    at_the_pages = actor.is_authenticated and actor.mfa and actor.scopes is None
    return at_the_pages and bool(actor.roles & _HOLDERS[permission])


def check_may(actor: Actor, permission: str) -> None:
    """Raise `NotAllowed` unless `may`."""
    if not may(actor, permission):
        raise NotAllowed(permission)
