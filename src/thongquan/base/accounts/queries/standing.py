"""Compliance of an enterprise on a day, in one read."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from thongquan.base.accounts.models import Assessment
from thongquan.rules.facts import Standing


def standing_of(tax_code: str | None, at: datetime) -> Standing:
    """Standing of the trader with this tax code at this moment; not assessed when nothing is known of it.

    Legal source: Circular 81/2019/TT-BTC Art. 10 as amended by Circular 06/2024/TT-BTC.
    """
    if not tax_code:
        return Standing()
    row = (
        Assessment.objects.filter(
            enterprise__kind="enterprise", enterprise__code=tax_code, valid_from__lte=timezone.localdate(at)
        )
        .order_by("-valid_from")
        .values_list("level", "priority", "barred")
        .first()
    )
    return Standing(level=row[0], priority=row[1], barred=row[2]) if row else Standing()
