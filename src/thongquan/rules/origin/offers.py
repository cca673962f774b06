"""Agreements side by side: what each costs, which pays best, by which way the goods come, and whether proof is waived.

Legal basis: Circular 33/2023/TT-BTC Art. 10 (preference is claimed for goods of a member), 17 (back-to-back only from a
member), 18 (direct transport with transit evidence). What an agreement waives is a dated term of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Literal

from thongquan.rules.money import ZERO, exact
from thongquan.rules.parts import Frozen

Passage = Literal["direct", "member", "outside"]


class Best(Frozen, frozen=True, kw_only=True):
    """What pays best: the schedules that cost least, in dong; `saves_vnd` against the most-favored-nation rate.

    No schedules: no agreement costs less than the most-favored-nation rate, or nothing is known.
    """

    schedules: tuple[str, ...] = ()
    due_vnd: Decimal | None = None
    saves_vnd: Decimal = ZERO


def best_of(usual: Decimal | None, dues: Mapping[str, Decimal | None]) -> Best:
    """The schedules with the least total among those whose total is known, where that is below the usual total."""
    known = {schedule: due for schedule, due in dues.items() if due is not None}
    least = min(known.values(), default=None)
    if usual is None or least is None or least >= usual:
        return Best(due_vnd=usual)
    with exact():
        saved = usual - least
    winners = tuple(schedule for schedule, due in known.items() if due == least)
    return Best(schedules=winners, due_vnd=least, saves_vnd=saved)


def passage(origin: str, dispatch: str, members: Collection[str]) -> Passage:
    """How goods come: straight from their country, through another member, or through one outside (Art. 17, 18)."""
    if not dispatch or dispatch == origin:
        return "direct"
    return "member" if dispatch in members else "outside"


def is_waived(value_vnd: Decimal, usd_vnd: Decimal | None, threshold_usd: Decimal | None) -> bool | None:
    """Whether goods of this customs value need no proof; None where there is no threshold or no rate.

    A customs value at the border is never below FOB: under the threshold it is waived, above it that is not claimed.
    """
    if usd_vnd is None or threshold_usd is None:
        return None
    with exact():
        return value_vnd <= threshold_usd * usd_vnd
