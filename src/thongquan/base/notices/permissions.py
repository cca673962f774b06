"""Who may read notices, look after webhooks and see the log of e-mails."""

from __future__ import annotations

from datetime import datetime

from thongquan.base.accounts.permissions import WEBHOOKS_SCOPE, is_trader, needs_second_factor
from thongquan.base.accounts.queries import Actor, own_codes
from thongquan.base.core.errors import NotAllowed


def check_reads_notices(actor: Actor) -> None:
    """`notices.read`: a person at the pages, for their own. Raises `NotAllowed`."""
    if actor.user_id is None or actor.scopes is not None:
        raise NotAllowed("notices.read")


def check_manages_webhooks(actor: Actor) -> None:
    """`notices.webhooks`: somebody of an enterprise or a broker; a program only with the scope for it."""
    may = is_trader(actor) and actor.user_id is not None and actor.allows(WEBHOOKS_SCOPE)
    if not may or (needs_second_factor(actor) and not actor.mfa):
        raise NotAllowed("notices.webhooks")


def owned_codes(actor: Actor, at: datetime) -> frozenset[str]:
    """The tax codes whose webhooks the actor looks after: their own organizations, not those a broker acts for."""
    check_manages_webhooks(actor)
    return own_codes(actor, at)


def can_see_mail(actor: Actor) -> bool:
    """`notices.mail`: an administrator at the pages."""
    return actor.scopes is None and "administrator" in actor.roles


def can_manage_webhooks(actor: Actor) -> bool:
    """Whether the pages of webhooks are this person's."""
    return is_trader(actor) and actor.user_id is not None and actor.scopes is None
