"""What other rooms may ask of core."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from thongquan.base.core.models import IdempotencyKey


def idempotency_use(*, owner: str, key: str) -> tuple[bytes, str] | None:
    """Digest of the body (32 bytes) and subject that an owner's key stands for, or None when it was never used."""
    row = IdempotencyKey.objects.filter(owner=owner, key=key).values_list("digest", "subject").first()
    return (bytes(row[0]), row[1]) if row else None


def outbox_waits_since() -> datetime | None:
    """When the oldest message was written that some consumer has not read yet; None when all have read everything."""
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST_UNREAD)
        oldest: datetime | None = cursor.fetchone()[0]
    return oldest


_OLDEST_UNREAD = """
    SELECT min((SELECT m.at FROM core_outboxmessage m WHERE (m.xid, m.id) > (c.xid, c.message)
                ORDER BY m.xid, m.id LIMIT 1))
    FROM core_outboxcursor c
"""
