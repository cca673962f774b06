"""What a certificate is held against: rooms above this one describe their declarations at start-up."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.rules.origin.declared import Declared


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration as it claims a certificate: its typed reference, office, trader, and what it says of the goods."""

    subject: str
    number: str
    office: str
    tax_code: str
    declared: Declared


Describe = Callable[[Actor, str, str], Claim]
_describers: list[Describe] = []


def describe_claims_by(describe: Describe) -> None:
    """Say who describes declarations: (actor, number of the declaration, number of the certificate)."""
    _describers[:] = [describe]


def claim_of(actor: Actor, declaration: str, certificate: str) -> Claim:
    """What a declaration claims by a certificate. Raises `NotFound` where the actor may not see it."""
    if not _describers:
        raise NotFound(declaration)
    return _describers[0](actor, declaration, certificate)
