"""The closed loop: only what was opened is told, later; the truth stays with the judge."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from thongquan.learning import risk
from thongquan.learning.risk.arrays import DAY, Flags, Floats, Ints
from thongquan.learning.risk.baselines import rankers
from thongquan.learning.risk.evaluating import backtest, hidden_rows, oracle_log, read_truth, reborn, scored
from thongquan.learning.risk.features import Meaning
from thongquan.learning.risk.loop import Prepared, Rules, prepared, run, run_baseline, weeks_of
from thongquan.learning.risk.model import Settings
from thongquan.learning.risk.trade import read_trade

QUICK = Rules(opening_weeks=4, every=8, settings=Settings(rounds=20, least=10), exploration=0.1)


class Office:
    """Reveals what is opened, and remembers what it was asked."""

    def __init__(self, count: int) -> None:
        self.fraud = np.random.default_rng(8).random(count) < 0.15
        self.asked: list[int] = []

    def __call__(self, rows: Ints) -> tuple[Flags, Floats]:
        self.asked.extend(rows.tolist())
        return self.fraud[rows], np.where(self.fraud[rows], 1e6, 0.0)


@pytest.fixture(scope="module")
def office(ready: Prepared) -> Office:
    return Office(len(ready.trade))


def test_only_opened_lines_reveal_what_they_are_and_each_once(ready: Prepared, office: Office) -> None:
    log = run(ready, office, QUICK)
    assert sorted(office.asked) == np.flatnonzero(log.opened).tolist()
    weeks = np.bincount(log.week)
    opened = np.bincount(log.week[log.opened], minlength=len(weeks))
    assert (opened <= np.maximum(1, np.round(0.1 * weeks))).all()
    assert (log.lane == 2).sum() >= 0.05 * log.opened.sum()
    assert ((log.propensity > 0) | (log.lane == 1)).all()
    assert not np.isnan(log.probability[log.week > 6]).all()


def test_what_is_not_opened_cannot_matter(ready: Prepared) -> None:
    """The fates of all lines that were never opened are turned round: the loop does exactly the same."""
    office = Office(len(ready.trade))
    first = run(ready, office, QUICK)
    office.fraud = np.where(first.opened, office.fraud, ~office.fraud)
    second = run(ready, office, QUICK)
    np.testing.assert_array_equal(first.lane, second.lane)
    np.testing.assert_array_equal(first.rank, second.rank)


def test_a_finding_is_not_known_before_its_delay(ready: Prepared) -> None:
    """Fates of a week change nothing in that week, nor in the next before the delay is over."""
    office, slow = Office(len(ready.trade)), QUICK._replace(delay_days=10)
    first = run(ready, office, slow)
    number = 9
    office.fraud = np.where(first.week == number, ~office.fraud, office.fraud)
    second = run(ready, office, slow)
    same = first.week <= number + 1
    np.testing.assert_array_equal(first.rank[same], second.rank[same])
    assert not np.array_equal(first.rank, second.rank)


def test_the_engine_never_reads_the_truth(small_world: Path, tmp_path: Path) -> None:
    """It works where there is none, and only the judge, who also plants what is new, imports what reads one."""
    shutil.copytree(small_world, tmp_path / "world", ignore=shutil.ignore_patterns("truth"))
    bare = prepared(read_trade(tmp_path / "world"))
    run(bare, lambda rows: (np.zeros(len(rows), bool), np.zeros(len(rows))), QUICK)
    for path in Path(risk.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = [one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        names = {one.module for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)}
        if path.name != "evaluating.py":
            assert path.name == "drifting.py" or "thongquan.learning.risk.evaluating" not in names
            assert not [one for one in told if "truth/" in one or one == "truth"], path.name


def test_relations_can_be_left_out(ready: Prepared, office: Office) -> None:
    blind = run(ready, office, QUICK._replace(without=Meaning.RELATIONS))
    assert not np.array_equal(blind.rank, run(ready, office, QUICK).rank)


def test_baselines_run_in_the_same_loop(ready: Prepared, office: Office) -> None:
    for name, ranker in rankers(ready.trade, ready.features, ready.profiles, usual=0.04).items():
        log = run_baseline(ready, ranker, office, QUICK)
        assert log.opened.any(), name
        assert (log.lane[log.week > 4] == 1).any() == (name != "random")


def test_the_judge_knows_more_than_chance(small_world: Path, ready: Prepared) -> None:
    truth = read_truth(small_world / "truth", ready.trade)
    rows = hidden_rows(ready.trade, 8)
    best = scored(oracle_log(truth, ready.trade, 0.1), truth, rows)
    every = scored(oracle_log(truth, ready.trade, 1.0), truth, rows)
    assert best.precision > 2 * every.precision
    assert every.duty == 1.0
    assert best.auc > 0.75
    assert 0 <= reborn(oracle_log(truth, ready.trade, 0.1), truth, ready.trade, after_week=0) <= 1


def test_a_truth_of_other_lines_is_refused(small_world: Path, ready: Prepared, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_truth(tmp_path, ready.trade)
    shutil.copytree(small_world / "truth", tmp_path / "truth")
    for folder in ("lines", "oracle"):
        (tmp_path / "truth" / folder / "month-002.parquet").unlink()
    with pytest.raises(ValueError, match="lacks lines"):
        read_truth(tmp_path / "truth", ready.trade)


def test_a_backtest_is_told_as_plain_values(small_world: Path) -> None:
    told = backtest(small_world, small_world / "truth", budgets=(0.1,), rules=QUICK)
    table = json.loads(json.dumps(told))["10%"]
    assert {"engine", "oracle", "rules", "compliance", "look_up", "random"} <= table.keys()
    engine = table["engine"]
    assert 0 < engine["precision_of_oracle"] <= 1.5
    assert engine["precision_interval"][0] <= engine["precision_of_oracle"] <= engine["precision_interval"][1]
    assert table["random"]["precision"] < table["oracle"]["precision"]
    assert engine["mechanisms"]


def test_weeks_are_counted_from_the_first_line(ready: Prepared) -> None:
    week = weeks_of(ready.trade)
    assert week[0] == 0
    assert week[-1] == (ready.trade.at[-1] - ready.trade.at[0]) // (7 * DAY)
