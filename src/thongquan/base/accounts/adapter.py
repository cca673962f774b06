"""How signing in differs from the library's ways: nobody signs up alone, and TOTP secrets rest encrypted."""

from __future__ import annotations

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from thongquan.base.core.clock import now

FRESH_SECONDS = 300


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]  # the library is not annotated
    """Accounts are made by administrators."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not for someone whose sign-in is a few minutes old: the password was only just typed."""
        request = context.request
        records = get_authentication_records(request, request.user) if request else []
        youngest = max((float(record["at"]) for record in records), default=0.0)
        return now().timestamp() - youngest > FRESH_SECONDS

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Say nothing: the page that follows shows what was done."""


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]  # the library is not annotated
    """TOTP seeds and recovery codes are stored encrypted under the installation's secret key."""

    def encrypt(self, text: str) -> str:
        """Text as it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Text as it was given. Raises `cryptography.fernet.InvalidToken` when the secret key is another one."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    key = hashlib.sha256(b"second-factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
