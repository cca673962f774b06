"""The random share: of the certificates that declarations use, some are verified although nothing speaks against them.

Only what is drawn at random tells how many certificates are wrong without anybody's suspicion; so the chance stands
beside every draw, fallen or not, with the seed from which anyone may draw the same number again.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

import msgspec
from django.utils import timezone

from thongquan.base.core.outbox import Message
from thongquan.clearance.origin.operations.verifying_draws import draw_certificates
from thongquan.clearance.tariff.queries import current_law

DRAWN_ON = frozenset({"origin.use", "declaration.lodged", "declaration.clear"})
"""After these a declaration uses certificates."""
SHARE = "origin_verification_share"


class _About(msgspec.Struct, frozen=True):
    """Whom a use is of, where the message is the certificate's."""

    about: str = ""


def draw_used(messages: Sequence[Message]) -> None:
    """Draw over the certificates that these declarations use and that were never drawn. Idempotent."""
    at = messages[-1].at
    parameter = current_law().parameter(SHARE, timezone.localdate(at))
    share = _fraction(parameter.value) if parameter else None
    if parameter is None or share is None:
        return
    subjects = {msgspec.json.decode(one.payload, type=_About).about or one.subject for one in messages}
    draw_certificates(subjects=subjects, share=share, source=parameter.source, seed=secrets.token_hex(32), at=at)


def _fraction(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value <= 1 else None
