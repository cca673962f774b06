"""Signing a webhook as the standard says: id, moment and body together, once per live secret.

Basis: Standard Webhooks (headers `webhook-id`, `webhook-timestamp`, `webhook-signature`, scheme v1).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from standardwebhooks import Webhook

USER_AGENT = "ThongQuan-Webhooks/1"


def headers_of(*, message: str, at: datetime, body: bytes, secrets: Iterable[str]) -> dict[str, str]:
    """The headers of one try. During a rotation there are two signatures; the receiver knows one of them."""
    text, moment = body.decode(), at.astimezone(UTC)
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": USER_AGENT,
        "webhook-id": message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(message, moment, text) for secret in secrets),
    }
