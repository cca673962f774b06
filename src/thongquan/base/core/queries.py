"""What other rooms may ask of core."""

from __future__ import annotations

from thongquan.base.core.models import IdempotencyKey


def idempotency_use(*, owner: str, key: str) -> tuple[bytes, str] | None:
    """Digest of the body (32 bytes) and subject that an owner's key stands for, or None when it was never used."""
    row = IdempotencyKey.objects.filter(owner=owner, key=key).values_list("digest", "subject").first()
    return (bytes(row[0]), row[1]) if row else None
