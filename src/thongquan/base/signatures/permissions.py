"""Who may register certificates and whose signatures count."""

from __future__ import annotations

from thongquan.base.accounts.permissions import is_program, is_trader
from thongquan.base.accounts.queries import Actor


def can_hold_certificates(actor: Actor) -> bool:
    """`signatures.register`: a person of an enterprise or a broker, at the pages, for the own organization."""
    return is_trader(actor) and actor.user_id is not None and actor.scopes is None


def can_name_authorities(actor: Actor) -> bool:
    """`signatures.trust`: an administrator of a region, or the installation itself."""
    return is_program(actor) or (actor.scopes is None and "administrator" in actor.roles and bool(actor.regions))
