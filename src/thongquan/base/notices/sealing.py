"""Secrets of webhooks: made here, shown once, kept encrypted under a key file of the installation."""

from __future__ import annotations

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet

from thongquan.base.core.secrets import secret

KEY_FILE = "webhooks.key"
PREFIX = "whsec_"
SIZE = 32


def new_secret() -> str:
    """A fresh secret in the form of the standard (`whsec_` and 32 random bytes in base64)."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SIZE)).decode()


def sealed(text: str) -> str:
    """Text as it is stored."""
    return _box().encrypt(text.encode()).decode()


def opened(stored: str) -> str:
    """Text as it was given. Raises `cryptography.fernet.InvalidToken` when the key file is another one."""
    return _box().decrypt(stored.encode()).decode()


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"webhooks:" + secret(KEY_FILE)).digest()))
