"""A new way to cheat appears: how soon does the loop find it, and what is chance worth then?

The judge plants it in the truth that it holds: from a week on, goods that were never suspected are used for fraud,
under a mark that meant nothing before. What is declared stays as it was.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from thongquan.learning.risk.arrays import Flags, Floats, Ints
from thongquan.learning.risk.evaluating import Truth, oracle_log
from thongquan.learning.risk.loop import Prepared, Rules, run
from thongquan.learning.risk.trade import Trade

EXPLORATIONS = (0.0, 0.05, 0.10, 0.20)
_RATE, _SHARE, _EVADED = 0.35, 0.08, 0.25
_AVERAGED = 4


class Planted(NamedTuple):
    """The truth with the new mechanism in it, and the lines where it may be used."""

    truth: Truth
    used: Flags
    week: int


def planted(truth: Truth, trade: Trade, week_of: Ints, week: int, seed: int = 1) -> Planted:
    """From `week` on, lines of quiet codes (about a twelfth of all lines) are fraud in one case of three."""
    rng = np.random.Generator(np.random.PCG64(seed))
    code = trade.coded["hs"]
    count = np.bincount(code)
    fraud = np.bincount(code, truth.fraud) / np.maximum(count, 1)
    quiet = np.flatnonzero((count > 30) & (fraud < np.average(fraud, weights=count)))
    quiet = quiet[rng.permutation(len(quiet))]
    chosen = quiet[: int(np.searchsorted(np.cumsum(count[quiet]), _SHARE * len(code))) + 1]
    used = np.isin(code, chosen) & (week_of >= week)
    new = used & ~truth.fraud & (rng.random(len(code)) < _RATE)
    chance = np.where(used, 1.0 - (1.0 - truth.chance) * (1.0 - _RATE), truth.chance)
    return Planted(
        truth._replace(
            fraud=truth.fraud | new,
            chance=chance,
            evaded=np.where(new, _EVADED * trade.amounts["customs_value"], truth.evaded),
            mechanism=np.where(new, "planted", truth.mechanism),
        ),
        used,
        week,
    )


def recovery(ready: Prepared, truth: Truth, rules: Rules, exploration: float, week: int) -> dict[str, Any]:
    """Share of the oracle's finds week by week (means over four weeks), and after how many weeks it is 80 % again."""
    log = run(ready, truth.reveal(), rules._replace(exploration=exploration))
    oracle = oracle_log(truth, ready.trade, rules.budget)
    last = int(log.week.max()) + 1
    mine = np.bincount(log.week[log.opened], truth.fraud[log.opened], minlength=last).astype(np.float64)
    best = np.bincount(log.week[oracle.opened], truth.fraud[oracle.opened], minlength=last).astype(np.float64)
    share = _smooth(mine) / np.maximum(_smooth(best), 1e-9)
    after = np.flatnonzero(share[week + _AVERAGED :] >= 0.8)
    return {
        "exploration": exploration,
        "weeks": [number - week for number in range(max(week - 8, 0), last)],
        "share": [round(float(one), 4) for one in share[max(week - 8, 0) :]],
        "weeks_to_80": int(after[0]) + _AVERAGED if len(after) else None,
        "after_8_weeks": float(share[min(week + 8, last - 1)]),
    }


def _smooth(values: Floats) -> Floats:
    """Sums over the last four weeks."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    place = np.arange(1, len(sums))
    return np.asarray(sums[place] - sums[np.maximum(place - _AVERAGED, 0)])
