"""The judge: the only module here that reads the truth of a world. The engine hears of it what it opened, no more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np

from thongquan.learning.risk.arrays import DAY, Array, Flags, Floats, Ints
from thongquan.learning.risk.baselines import rankers
from thongquan.learning.risk.features import Meaning
from thongquan.learning.risk.loop import Log, Prepared, Reveal, Rules, prepared, run, run_baseline, weeks_of
from thongquan.learning.risk.measures import auc, average_precision
from thongquan.learning.risk.trade import Trade, read_trade

HIDDEN_MONTHS, HIDDEN_WEEKS = 4, 17
BUDGETS = (0.05, 0.10)
_FIRST_DAYS = 31
_DRAWS = 400
Say = Callable[[str], None]


class Truth(NamedTuple):
    """What crossed, line by line as in the trade. `chance` is what the oracle believes (NaN without an oracle)."""

    fraud: Flags
    evaded: Floats
    chance: Floats
    mechanism: Array
    phoenix: Flags

    def reveal(self) -> Reveal:
        """What an inspection tells of opened lines."""
        return lambda rows: (self.fraud[rows], self.evaded[rows])


def read_truth(folder: Path, trade: Trade) -> Truth:
    """Read the truth of a world (its folder `truth`). Raises FileNotFoundError, ValueError when lines are missing."""
    lines, oracle = (sorted((folder / name).glob("*.parquet")) or [folder / f"{name}.parquet"] for name in _TABLES)
    if not lines[0].exists():
        message = f"{folder.name}/lines"
        raise FileNotFoundError(message)
    connection = duckdb.connect()
    try:
        connection.read_parquet([str(one) for one in lines]).create_view("lines")
        if oracle[0].exists():
            connection.read_parquet([str(one) for one in oracle]).create_view("oracle")
        else:
            connection.execute(
                "create view oracle as select 0::bigint as declaration_key, 0 as line_no, 0.0 as probability"
            )
        rows = connection.sql(_ASKED).to_arrow_table()
    finally:
        connection.close()
    place = _places(rows["declaration_key"].to_numpy() * 64 + rows["line_no"].to_numpy(), trade)
    column = {name: rows[name].to_numpy(zero_copy_only=False)[place] for name in rows.column_names}
    return Truth(
        fraud=column["fraud"].astype(bool),
        evaded=column["evaded_vnd"].astype(np.float64),
        chance=column["probability"].astype(np.float64),
        mechanism=column["mechanism"],
        phoenix=column["phoenix"].astype(bool),
    )


_TABLES = ("lines", "oracle")
_ASKED = """
select t.declaration_key, t.line_no, t.fraud, t.evaded_vnd, t.mechanism, t.phoenix, o.probability
from lines t left join oracle o using (declaration_key, line_no)
"""


def _places(keys: Ints, trade: Trade) -> Ints:
    wanted = trade.declaration * 64 + trade.line
    order = np.argsort(keys, kind="stable")
    found = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), max(len(keys) - 1, 0))]
    if not np.array_equal(keys[found], wanted):
        raise ValueError("the truth lacks lines that were declared")
    return np.asarray(found)


class Score(NamedTuple):
    """Of the lines of some weeks: share of fraud among the opened, duty brought in of all evaded."""

    opened: int
    precision: float
    duty: float
    by_model: float
    by_chance: float
    auc: float
    average_precision: float


def scored(log: Log, truth: Truth, rows: Flags) -> Score:
    """Judge what was opened of some lines; the whole budget counts, chance too."""
    opened = log.opened & rows
    known = rows & ~np.isnan(log.rank)
    return Score(
        opened=int(opened.sum()),
        precision=_mean(truth.fraud[opened]),
        duty=float(truth.evaded[opened].sum() / max(truth.evaded[rows].sum(), 1.0)),
        by_model=_mean(truth.fraud[rows & (log.lane == 1)]),
        by_chance=_mean(truth.fraud[rows & (log.lane == 2)]),
        auc=auc(log.rank[known], truth.fraud[known]),
        average_precision=average_precision(log.rank[known], truth.fraud[known]),
    )


def oracle_log(truth: Truth, trade: Trade, budget: float) -> Log:
    """What the oracle would open: every week the likeliest, as many as the budget."""
    week = weeks_of(trade)
    lane = np.zeros(len(trade), np.int64)
    for number in np.unique(week).tolist():
        rows = np.flatnonzero(week == number)
        top = np.argsort(-truth.chance[rows], kind="stable")[: max(1, round(budget * len(rows)))]
        lane[rows[top]] = 1
    return Log(truth.chance, truth.chance, lane, np.zeros(len(trade)), week)


def hidden_rows(trade: Trade, weeks: int = HIDDEN_WEEKS) -> Flags:
    """Lines of the last weeks: what is judged."""
    week = weeks_of(trade)
    return np.asarray(week > int(week.max(initial=0)) - weeks)


def backtest(
    world: Path,
    truth_folder: Path,
    *,
    budgets: tuple[float, ...] = BUDGETS,
    rules: Rules | None = None,
    baselines: bool = True,
    say: Say | None = None,
) -> dict[str, Any]:
    """The whole protocol on a world: the engine and what it is measured against, by budget, as plain values."""
    trade = read_trade(world)
    truth = read_truth(truth_folder, trade)
    ready = prepared(trade)
    judged = hidden_rows(trade)
    first_week = int(weeks_of(trade)[judged].min()) if judged.any() else 0
    base = (rules or Rules())._replace(weekly_from=first_week)
    found: dict[str, Any] = {"lines": len(trade), "judged": int(judged.sum()), "fraud": _mean(truth.fraud[judged])}
    for budget in budgets:
        told = base._replace(budget=budget)
        log = run(ready, truth.reveal(), told, _progress(say, f"{budget:.0%}"))
        found[f"{budget:.0%}"] = _table(ready, truth, judged, told, log, baselines=baselines)
    return found


def _table(ready: Prepared, truth: Truth, judged: Flags, rules: Rules, log: Log, *, baselines: bool) -> dict[str, Any]:
    """All that is told of one budget."""
    oracle = oracle_log(truth, ready.trade, rules.budget)
    best = scored(oracle, truth, judged)
    table: dict[str, Any] = {"oracle": best._asdict(), "engine": scored(log, truth, judged)._asdict()}
    table["engine"] |= against(log, oracle, truth, judged)
    table["engine"]["mechanisms"] = mechanisms(log, oracle, truth, judged)
    table["engine"]["reborn_duty_first_month"] = reborn(log, truth, ready.trade)
    if baselines:
        for name, ranker in rankers(ready.trade, ready.features, ready.profiles, usual=rules.usual).items():
            other = run_baseline(ready, ranker, truth.reveal(), rules)
            score = scored(other, truth, judged)
            table[name] = score._asdict() | {
                "precision_of_oracle": score.precision / max(best.precision, 1e-9),
                "duty_of_oracle": score.duty / max(best.duty, 1e-9),
            }
    return table


def against(log: Log, oracle: Log, truth: Truth, rows: Flags, *, draws: int = _DRAWS) -> dict[str, Any]:
    """Share of the oracle's precision and duty, with intervals of 95 % from weeks drawn again and again."""
    weeks = np.unique(log.week[rows])
    sums = np.array([_sums(log, oracle, truth, rows & (log.week == number)) for number in weeks.tolist()])
    rng = np.random.Generator(np.random.PCG64(7))
    drawn = np.array([_shares(sums[rng.integers(0, len(weeks), len(weeks))].sum(axis=0)) for _ in range(draws)])
    low, high = np.percentile(drawn, (2.5, 97.5), axis=0)
    precision, duty = _shares(sums.sum(axis=0))
    return {
        "precision_of_oracle": precision,
        "precision_interval": [float(low[0]), float(high[0])],
        "duty_of_oracle": duty,
        "duty_interval": [float(low[1]), float(high[1])],
    }


def _sums(log: Log, oracle: Log, truth: Truth, rows: Flags) -> tuple[float, ...]:
    mine, best = log.opened & rows, oracle.opened & rows
    return tuple(
        float(one)
        for one in (
            *(truth.fraud[mine].sum(), mine.sum(), truth.fraud[best].sum(), best.sum()),
            *(truth.evaded[mine].sum(), truth.evaded[best].sum()),
        )
    )


def _shares(sums: Floats) -> tuple[float, float]:
    precision = (sums[0] / max(sums[1], 1.0)) / max(sums[2] / max(sums[3], 1.0), 1e-9)
    return float(precision), float(sums[4] / max(sums[5], 1.0))


def mechanisms(log: Log, oracle: Log, truth: Truth, rows: Flags) -> dict[str, Any]:
    """Of each planted mechanism: how many lines, shares opened by the engine and by the oracle."""
    found = {}
    for name in sorted({str(one) for one in truth.mechanism[rows & truth.fraud].tolist()}):
        of = rows & (truth.mechanism == name)
        found[name] = {"lines": int(of.sum()), "engine": _mean(log.opened[of]), "oracle": _mean(oracle.opened[of])}
    return found


def reborn(log: Log, truth: Truth, trade: Trade, *, after_week: int = 26) -> float:
    """Share of the duty evaded by reborn enterprises in their first month that was caught; after half a year."""
    firm = trade.coded["firm"]
    first = np.full(int(firm.max(initial=0)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, firm, trade.at)
    young = trade.at < first[firm] + _FIRST_DAYS * DAY
    of = truth.phoenix & young & (log.week >= after_week)
    return float(truth.evaded[of & log.opened].sum() / max(truth.evaded[of].sum(), 1.0))


def without_relations(ready: Prepared, truth: Truth, rules: Rules) -> float:
    """`reborn` for an engine that sees no relations."""
    return reborn(run(ready, truth.reveal(), rules._replace(without=Meaning.RELATIONS)), truth, ready.trade)


def _progress(say: Say | None, name: str) -> Callable[[int, int], None] | None:
    if say is None:
        return None
    return lambda done, total: say(f"{name}: week {done} of {total}") if done % 13 == 0 or done == total else None


def _mean(values: Array) -> float:
    return float(values.mean()) if len(values) else 0.0
