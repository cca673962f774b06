"""Compliance of an enterprise on a day, in one read."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.utils import timezone

from thongquan.base.core.asking import Asked, answers
from thongquan.rules.facts import History, Standing

# Written by hand: every lodgement asks this, together with what other rooms know (`base.core.asking`).
STANDING = """
    (SELECT json_build_array(a.level, a.priority, a.barred, a.rank, a.history)::text
     FROM accounts_assessment a JOIN accounts_organization o ON o.id = a.enterprise_id
     WHERE o.kind = 'enterprise' AND o.code = asked.tax_code AND a.valid_from <= asked.day
     ORDER BY a.valid_from DESC LIMIT 1)
"""
_STANDING = msgspec.json.Decoder(tuple[int | None, bool, bool, int | None, History | None])


def standing_of(tax_code: str | None, at: datetime) -> Standing:
    """Standing of the trader with this tax code at this moment; not assessed when nothing is known of it.

    Legal source: Circular 81/2019/TT-BTC Art. 10 as amended by Circular 06/2024/TT-BTC.
    """
    if not tax_code:
        return Standing()
    (told,) = answers(Asked(tax_code=tax_code, day=timezone.localdate(at)), STANDING)
    return standing_told(told)


def standing_told(told: str | None) -> Standing:
    """What the part `STANDING` answered."""
    if told is None:
        return Standing()
    level, priority, barred, rank, history = _STANDING.decode(told)
    return Standing(level=level, priority=priority, barred=barred, rank=rank, history=history)
