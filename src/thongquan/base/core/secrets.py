"""Secrets of this installation: files beside the database, never in it."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from thongquan.base.core.keyfiles import read_or_make


@cache
def secret(name: str) -> bytes:
    """The secret called `name`, made on first use; read once per process."""
    return read_or_make(settings.SECRETS_DIR / name)
