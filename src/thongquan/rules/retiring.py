"""When a risk profile stops earning its cost: what it finds, beside what the random lane finds, and what it costs.

Legal basis: none; a house rule under Customs Law 54/2014/QH13 Art. 17 (controls follow the risk). It only proposes: a
person retires a profile.
"""

from __future__ import annotations

from decimal import Decimal

from thongquan.rules.origin.shares import Share, share
from thongquan.rules.parts import Frozen

ENOUGH = 30
"""Fewer checks say nothing."""


class Earned(Frozen, frozen=True, kw_only=True):
    """What the checks of a profile came to: how many, how many found something, dong recovered, officers' minutes."""

    checked: int = 0
    found: int = 0
    recovered_vnd: Decimal = Decimal(0)
    minutes: int = 0


class Verdict(Frozen, frozen=True, kw_only=True):
    """What speaks for retiring a profile: `no_better` than the random lane, or `too_dear`; its figures beside it."""

    ground: str
    hits: Share
    random: Share
    recovered_vnd: Decimal
    cost_vnd: Decimal


def verdict(of: Earned, random: Earned, *, hour_vnd: Decimal) -> Verdict | None:
    """What speaks for retiring a profile, or None. `hour_vnd` is an officer's hour in dong.

    `no_better`: even the upper end of its interval does not reach what the random lane finds. `too_dear`: it recovers
    less than its checks cost and is not shown to find more than the random lane.
    """
    if of.checked < ENOUGH or random.checked < ENOUGH:
        return None
    hits, lane = share(of.found, of.checked), share(random.found, random.checked)
    cost = (Decimal(of.minutes) / 60 * hour_vnd).quantize(Decimal(1))
    rate = lane.value or Decimal(0)
    ground = "no_better" if hits.high <= rate else "too_dear" if of.recovered_vnd < cost and hits.low <= rate else ""
    if not ground:
        return None
    return Verdict(ground=ground, hits=hits, random=lane, recovered_vnd=of.recovered_vnd, cost_vnd=cost)
