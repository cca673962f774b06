"""Verbs of core that other rooms share."""

from __future__ import annotations

from datetime import datetime

from thongquan.base.core.models import IdempotencyKey


def keep_idempotency_use(*, owner: str, key: str, digest: bytes, subject: str, at: datetime) -> None:
    """Note in the running transaction what a request with this key did. Raises `IntegrityError` on a second use."""
    IdempotencyKey.objects.create(owner=owner, key=key, digest=digest, subject=subject, at=at)
