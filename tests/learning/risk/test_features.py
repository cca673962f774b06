"""Features as of the declaration: nothing later enters, nothing of outcomes, nothing of the truth."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from thongquan.learning.risk import Trade, features_of, keys_of, read_trade
from thongquan.learning.risk.arrays import DAY
from thongquan.learning.risk.loop import Prepared
from thongquan.learning.risk.outcomes import Beliefs, outcomes_of
from thongquan.learning.risk.past import Revealed
from thongquan.learning.risk.trade import AMOUNTS, QUESTION


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_no_feature_uses_a_fact_later_than_its_decision(trade: Trade, ready: Prepared, share: float) -> None:
    """The clock is put back: what had not happened by then is taken away, and earlier features stay as they are."""
    clock = int(trade.at[int(len(trade) * share)])
    known = trade.before(clock)
    assert 0 < len(known) < len(trade)
    then = features_of(known)
    np.testing.assert_array_equal(then.values, ready.features.values[: len(known)])


def test_later_declarations_change_nothing_however_odd(trade: Trade, ready: Prepared) -> None:
    cut = len(trade) // 2
    cut = int(np.searchsorted(trade.head, trade.head[cut]))
    later = np.arange(len(trade)) >= cut
    amounts = {name: np.where(later, column * 7.0, column) for name, column in trade.amounts.items()}
    coded = {name: np.where(later, column[::-1], column) for name, column in trade.coded.items() if name != "text"}
    odd = replace(trade, amounts=amounts, coded={**trade.coded, **coded})
    np.testing.assert_array_equal(features_of(odd).values[:cut], ready.features.values[:cut])


def test_an_enterprise_that_closes_later_is_not_seen_to(trade: Trade) -> None:
    clock = int(trade.at[len(trade) // 2])
    closed = trade.before(clock).amounts["closed"]
    assert not (closed >= clock).any()


def test_outcomes_of_later_days_change_no_profile(trade: Trade, ready: Prepared) -> None:
    rng = np.random.default_rng(2)
    row = np.sort(rng.choice(len(trade), 400, replace=False))
    revealed = Revealed(row, trade.at[row] + 3 * DAY, (rng.random(400) < 0.3).astype(float))
    asked = np.arange(0, len(trade) // 2)
    clock = int(trade.at[asked[-1]])
    all_told = outcomes_of(ready.profiles, revealed, asked, trade.at[asked], usual=0.04)
    known = outcomes_of(ready.profiles, revealed.before(clock), asked, trade.at[asked], usual=0.04)
    np.testing.assert_array_equal(all_told.values, known.values)
    later = revealed._replace(fraud=np.where(revealed.known_at >= clock, 1.0 - revealed.fraud, revealed.fraud))
    np.testing.assert_array_equal(
        all_told.values, outcomes_of(ready.profiles, later, asked, trade.at[asked], usual=0.04).values
    )
    assert (
        all_told.values
        != outcomes_of(ready.profiles, revealed.those(row < 0), asked, trade.at[asked], usual=0.04).values
    ).any()


def test_belief_comes_from_earlier_lines(trade: Trade, ready: Prepared) -> None:
    beliefs = Beliefs(trade, ready.profiles)
    rng = np.random.default_rng(4)
    suspected = rng.random(len(trade)) * 0.5
    beliefs.learn(slice(None), suspected, 0.04)
    half = int(np.searchsorted(trade.head, trade.head[len(trade) // 2]))
    before = beliefs.told(np.arange(half)).values.copy()
    suspected[half:] = 0.9
    beliefs.learn(slice(None), suspected, 0.04)
    np.testing.assert_array_equal(before, beliefs.told(np.arange(half)).values)
    assert (beliefs.told(np.arange(len(trade))).values[half:] != 0).any()


def test_adjusted_values_and_truth_are_never_read(small_world: Path, trade: Trade, tmp_path: Path) -> None:
    """Without inspections and without truth the features are the same."""
    shutil.copytree(small_world, tmp_path / "world", ignore=shutil.ignore_patterns("truth", "inspections"))
    bare = read_trade(tmp_path / "world")
    np.testing.assert_array_equal(bare.at, trade.at)
    np.testing.assert_array_equal(bare.amounts["value"], trade.amounts["value"])
    assert "adjusted" not in QUESTION
    assert not [name for name in AMOUNTS if "adjusted" in name]


def test_a_table_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="declared/declarations"):
        read_trade(tmp_path)


def test_marks_that_were_planted_show(ready: Prepared, trade: Trade) -> None:
    of = dict(zip(ready.features.names, ready.features.values.T, strict=True))
    late = np.arange(len(trade)) > len(trade) // 2
    assert np.nanmedian(np.abs(of["price_goods"][late])) < 0.5
    assert np.nanmedian(np.abs(of["gross"][late])) < 0.05
    assert 0.005 < np.nanmean(of["other_code"][late]) < 0.25
    assert (of["lots_before"] > 0).any()
    assert (np.nan_to_num(of["quota"]) > 0).any()


def test_every_column_has_a_meaning_and_a_name_of_its_own(ready: Prepared) -> None:
    features = ready.features
    assert len(set(features.names)) == len(features.names) == len(features.meanings) == features.values.shape[1]
    assert keys_of(ready.trade).parties.keys() >= {"firm", "broker", "seller", "hs", "truck", "address", "director"}


def test_history_of_many_lines_takes_no_time_of_its_own(trade: Trade) -> None:
    """Not a measurement: features are made by arrays, not line by line."""
    started = time.process_time()
    features_of(trade)
    assert time.process_time() - started < 30
