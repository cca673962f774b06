"""The audit of sign-ins and second factors: ledger rows without addresses, names or codes."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from thongquan.base.accounts.loopback import DEMO_SESSION_KEY
from thongquan.base.accounts.models import User
from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.people import resolve_actors_by
from thongquan.base.ledger.operations import record


def actor_behind(request: HttpRequest) -> Actor:
    """Who acts in a request, for rooms below this one."""
    return actor_of_request(request, now())


resolve_actors_by(actor_behind)


@receiver(user_logged_in)
def note_sign_in(*, request: HttpRequest, user: User, **_: object) -> None:
    """Somebody came in."""
    door = "demo" if getattr(request, "session", {}).get(DEMO_SESSION_KEY) else "password"
    _note("accounts.signed_in", user.pk, {"door": door})


@receiver(user_logged_out)
def note_sign_out(*, user: User | None, **_: object) -> None:
    """Somebody left; a session that had run out belongs to nobody."""
    if user is not None:
        _note("accounts.signed_out", user.pk, {})


@receiver(user_login_failed)
def note_failure(*, credentials: dict[str, object], **_: object) -> None:
    """A password was wrong. An unknown address is noted as nobody's, without the address."""
    email = str(credentials.get("email") or "").lower()
    _note("accounts.sign_in_failed", User.objects.filter(email=email).values_list("pk", flat=True).first(), {})


@receiver(mfa.authentication_failed)
def note_wrong_code(*, user: User, **_: object) -> None:
    """A second factor was wrong."""
    _note("accounts.second_factor_failed", user.pk, {})


@receiver(mfa.authenticator_added)
def note_second_factor(*, request: HttpRequest, user: User, authenticator: Authenticator, **_: object) -> None:
    """A second factor was set up; the code just typed proves it for this session too."""
    _note("accounts.second_factor_added", user.pk, {"kind": authenticator.type})
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, method="mfa", type=authenticator.type)


@receiver(mfa.authenticator_removed)
def note_removal(*, user: User, authenticator: Authenticator, **_: object) -> None:
    """A second factor was taken away."""
    _note("accounts.second_factor_removed", user.pk, {"kind": authenticator.type})


def _note(action: str, user_id: int | None, details: dict[str, object]) -> None:
    reference = f"user:{user_id}" if user_id else "user:unknown"
    record(action=action, subject=reference, actor=reference if user_id else "anonymous", at=now(), details=details)
