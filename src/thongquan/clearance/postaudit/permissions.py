"""Who may do what with audits. Names are those of the audit trail: `postaudit.audit`, `postaudit.sign`.

Selection and criteria are for those who select; a declarant never learns that a selection exists.
"""

from __future__ import annotations

from thongquan.base.accounts.permissions import can_lodge
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed

AUDITORS = ("auditor", "team_leader", "director")
SIGNERS = ("team_leader", "director")
APPEAL_JUDGES = ("director",)
SELECTORS = ("auditor", "risk_analyst", "director")
READERS = (*AUDITORS, "risk_analyst", "internal_control")
_HOLDERS = {
    "postaudit.audit": AUDITORS,
    "postaudit.sign": SIGNERS,
    "postaudit.decide_appeal": APPEAL_JUDGES,
    "postaudit.select": SELECTORS,
    "postaudit.see": READERS,
}


def may(actor: Actor, permission: str, *, office: str, tax_code: str = "") -> bool:
    """Whether the actor has a permission for this office, at the pages, second factor given; traders may answer."""
    if permission == "postaudit.answer":
        return can_lodge(actor, tax_code)
    return _past_the_door(actor) and any(actor.holds(role, office) for role in _HOLDERS[permission])


def check_may(actor: Actor, permission: str, *, office: str, tax_code: str = "") -> None:
    """Raise `NotAllowed` unless `may`."""
    if not may(actor, permission, office=office, tax_code=tax_code):
        raise NotAllowed(permission)


def offices_for(actor: Actor, permission: str) -> frozenset[str]:
    """The offices for which the actor has this permission."""
    if not _past_the_door(actor):
        return frozenset()
    held = {code for role, code in actor.holdings if role in _HOLDERS[permission]}
    return frozenset(held) - actor.regions


def _past_the_door(actor: Actor) -> bool:
    return actor.is_authenticated and actor.mfa and actor.scopes is None
