"""Compliance of an enterprise on a day, in one read."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.utils import timezone

from thongquan.rules.facts import Standing

# Written by hand: every lodgement asks this, and building the same statement anew cost more than running it.
_STATEMENT = """
    SELECT a.level, a.priority, a.barred
    FROM accounts_assessment a JOIN accounts_organization o ON o.id = a.enterprise_id
    WHERE o.kind = 'enterprise' AND o.code = %s AND a.valid_from <= %s
    ORDER BY a.valid_from DESC LIMIT 1
"""


def standing_of(tax_code: str | None, at: datetime) -> Standing:
    """Standing of the trader with this tax code at this moment; not assessed when nothing is known of it.

    Legal source: Circular 81/2019/TT-BTC Art. 10 as amended by Circular 06/2024/TT-BTC.
    """
    if not tax_code:
        return Standing()
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, [tax_code, timezone.localdate(at)])
        row = cursor.fetchone()
    return Standing(level=row[0], priority=row[1], barred=row[2]) if row else Standing()
