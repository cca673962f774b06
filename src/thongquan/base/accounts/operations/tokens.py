"""Personal tokens for programs: the secret is shown once and only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from thongquan.base.accounts.models import ApiToken
from thongquan.base.accounts.operations.trace import leave_trace
from thongquan.base.accounts.permissions import SCOPES, can_hold_tokens
from thongquan.base.accounts.queries import Actor, forget_actors
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound

MARK = "tq_"
PREFIX_LENGTH = 10
MAX_DAYS = 365
MAX_LIVE = 20


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made. `secret` is known here and never again."""

    id: int
    prefix: str
    secret: str
    expires_at: datetime


def create_token(*, actor: Actor, name: str, scopes: Iterable[str], days: int, at: datetime) -> NewToken:
    """Make a token of the actor's own, valid for `days` (1 to 365).

    Raises NotAllowed for programs and without the second factor the roles ask for; Conflict on an unknown scope, a
    wrong period or more than twenty live tokens.
    """
    if actor.user_id is None or not can_hold_tokens(actor):
        raise NotAllowed
    wanted = sorted(set(scopes))
    live = ApiToken.objects.filter(user_id=actor.user_id, revoked_at=None, expires_at__gt=at).count()
    if not wanted or set(wanted) - set(SCOPES) or not 1 <= days <= MAX_DAYS or live >= MAX_LIVE:
        raise Conflict("token")
    secret = MARK + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken.objects.create(
            user_id=actor.user_id,
            name=name,
            prefix=secret[:PREFIX_LENGTH],
            digest=hashlib.sha256(secret.encode()).digest(),
            scopes=wanted,
            second_factor=actor.mfa,
            created_at=at,
            expires_at=at + timedelta(days=days),
        )
        leave_trace("accounts.token_created", actor.reference, actor, at, {"token": token.pk, "scopes": wanted})
    return NewToken(token.pk, token.prefix, secret, token.expires_at)


def revoke_token(*, actor: Actor, token_id: int, at: datetime) -> None:
    """Withdraw one of the actor's own tokens. Raises NotAllowed for programs, NotFound when it is not theirs."""
    if actor.user_id is None or actor.scopes is not None:
        raise NotAllowed
    with transaction.atomic():
        done = ApiToken.objects.filter(pk=token_id, user_id=actor.user_id, revoked_at=None).update(revoked_at=at)
        if not done:
            raise NotFound
        leave_trace("accounts.token_revoked", actor.reference, actor, at, {"token": token_id})
    forget_actors()
