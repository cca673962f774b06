"""What is owed, for other rooms."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from thongquan.clearance.revenue.models import Liability


class LiabilityFacts(msgspec.Struct, frozen=True):
    """Amounts in dong of one declaration version."""

    due_vnd: Decimal
    secured_vnd: Decimal
    fee_vnd: Decimal


def liability_of(subject: str) -> LiabilityFacts | None:
    """What a declaration owes, or None when nothing was assessed."""
    row = Liability.objects.filter(subject=subject).values_list("due_vnd", "secured_vnd", "fee_vnd").first()
    return LiabilityFacts(*row) if row else None
