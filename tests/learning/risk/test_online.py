"""What lodging looks up equals what training makes of the same history at the same moment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thongquan.learning.risk import ModelDamagedError, ModelMissingError, Trade, features_of, keys_of
from thongquan.learning.risk.arrays import DAY, Ints, joined, seen
from thongquan.learning.risk.features import Features
from thongquan.learning.risk.online import Asked, State, remembered, told_online
from thongquan.learning.risk.online_files import ARRAYS, WORDS, load_state, save_state
from thongquan.learning.risk.outcomes import outcomes_of, profile_keys
from thongquan.learning.risk.past import Revealed
from thongquan.learning.risk.pasts import Nightly, Pasts, midnight
from thongquan.learning.risk.trade import AMOUNTS, CODED, trade_of

USUAL = 0.04


def asked_of(trade: Trade, rows: list[int]) -> Asked:
    """Lines of a trade as a declaration would tell them."""
    words = {
        name: [None if trade.coded[name][row] < 0 else trade.words[name][trade.coded[name][row]] for row in rows]
        for name in CODED
    }
    amounts = [
        [None if np.isnan(trade.amounts[name][row]) else trade.amounts[name][row] for name in AMOUNTS] for row in rows
    ]
    return Asked(int(trade.at[rows[0]]), bool(trade.imports[rows[0]]), words, amounts)


def revealed_of(trade: Trade, at: int) -> Revealed:
    rng = np.random.default_rng(3)
    row = np.sort(rng.choice(len(trade), len(trade) // 5, replace=False))
    return Revealed(row, trade.at[row] + 3 * DAY, (rng.random(len(row)) < 0.3).astype(float)).before(at)


def in_training(trade: Trade, history: Trade, rows: Ints, revealed: Revealed, at: int) -> Features:
    """The features of some lines as training makes them, everything before them and at this moment."""
    cut = len(history)
    both = trade.rows(np.concatenate([np.arange(cut), rows]))
    closed = both.amounts["closed"]
    amounts = {**both.amounts, "closed": np.where(closed < at, closed, np.nan)}
    both = replace(both, amounts=amounts, at=np.concatenate([history.at, np.full(len(rows), at)]))
    pasts = Pasts(cut)
    keys = keys_of(both, pasts)
    features = features_of(both, keys, pasts)
    asked = np.arange(cut, len(both))
    profiles = profile_keys(both, keys, features, pasts)
    outcomes = outcomes_of(profiles, revealed, asked, both.at[asked], usual=USUAL, pasts=pasts)
    return features.rows(slice(cut, None)).beside(outcomes)


@pytest.fixture(scope="module")
def nights(trade: Trade) -> dict[int, tuple[Trade, Revealed, State]]:
    """Three nights: the history until then, its outcomes, what is remembered."""
    found = {}
    for share in (0.4, 0.7, 0.95):
        at = int(trade.at[int(len(trade) * share)])
        history = trade.before(at)
        revealed = revealed_of(history, at)
        found[at] = (history, revealed, remembered(history, revealed, at=at, usual=USUAL))
    return found


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(night=st.integers(0, 2), place=st.floats(0, 1, exclude_max=True))
def test_online_features_are_those_of_training(
    trade: Trade, nights: dict[int, tuple[Trade, Revealed, State]], night: int, place: float
) -> None:
    at, (history, revealed, state) = list(nights.items())[night]
    first = len(history) + int((len(trade) - len(history)) * place)
    rows = np.flatnonzero(trade.head == trade.head[first])
    wanted = in_training(trade, history, rows, revealed, at)
    asked = replace(asked_of(trade, rows.tolist()), at=at)
    found = told_online(state, asked)
    assert found.names == wanted.names == state.names
    np.testing.assert_allclose(found.values, wanted.values, rtol=1e-4, atol=1e-5, equal_nan=True)


def test_what_was_never_seen_has_no_past(nights: dict[int, tuple[Trade, Revealed, State]], trade: Trade) -> None:
    at, (history, _revealed, state) = next(iter(nights.items()))
    asked = replace(asked_of(trade, [len(history)]), at=at)
    words = {name: ["nobody ever" if value else value for value in asked.coded[name]] for name in CODED}
    of = dict(zip(state.names, told_online(state, replace(asked, coded=words)).values[0].tolist(), strict=True))
    assert of["firm_lines"] == of["texts_seen"] == of["hs_lines"] == of["firm_opened"] == 0
    assert of["firm_age"] == -1
    assert np.isnan(of["price_text"])
    assert of["firm_rate"] == pytest.approx(USUAL)


def test_a_night_comes_back_from_its_files(
    nights: dict[int, tuple[Trade, Revealed, State]], trade: Trade, tmp_path: Path
) -> None:
    at, (history, _revealed, state) = list(nights.items())[1]
    version = save_state(state, tmp_path)
    read, told = load_state(tmp_path)
    assert told == version
    asked = replace(asked_of(trade, [len(history), len(history) + 1]), at=at)
    np.testing.assert_array_equal(told_online(read, asked).values, told_online(state, asked).values)
    assert save_state(read, tmp_path / "again") == version


@pytest.mark.parametrize("name", [ARRAYS, WORDS])
def test_a_poisoned_night_is_refused(
    nights: dict[int, tuple[Trade, Revealed, State]], tmp_path: Path, name: str
) -> None:
    save_state(next(iter(nights.values()))[2], tmp_path)
    data = bytearray((tmp_path / name).read_bytes())
    data[len(data) // 2 if name == ARRAYS else 3] ^= 1
    (tmp_path / name).write_bytes(bytes(data))
    with pytest.raises(ModelDamagedError):
        load_state(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(ModelMissingError):
        load_state(tmp_path)


def test_nothing_of_a_night_is_pickled(nights: dict[int, tuple[Trade, Revealed, State]], tmp_path: Path) -> None:
    save_state(next(iter(nights.values()))[2], tmp_path)
    with np.load(tmp_path / ARRAYS, allow_pickle=False) as held:
        assert all(held[name].dtype.kind in "fi" for name in held.files)


@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(-1, 4), st.integers(-1, 2)), min_size=1, max_size=30))
def test_tuples_find_their_places_again(rows: list[tuple[int, int, int]]) -> None:
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    joint, places = seen(*columns)
    np.testing.assert_array_equal(places, joined(*columns))
    np.testing.assert_array_equal(joint.places(*columns), places)
    assert joint.places(np.array([9]), np.array([0]), np.array([0])).tolist() == [len(joint)]
    assert joint.places(np.array([0]), np.array([99]), np.array([0])).tolist() == [len(joint)]


def test_nightly_features_know_of_earlier_days_only(trade: Trade) -> None:
    """Training may see what lodging sees: nothing of the same day."""
    of = features_of(trade, keys_of(trade), Nightly())
    whole = features_of(trade)
    place = whole.names.index("firm_lines")
    day = midnight(trade.at)
    firm = trade.coded["firm"]
    for row in (len(trade) // 3, len(trade) - 1):
        earlier = ((firm == firm[row]) & (day < day[row])).sum()
        assert of.values[row, place] == earlier
    assert (of.values[:, place] <= whole.values[:, place]).all()


def test_a_line_without_text_or_code_is_remembered_and_told() -> None:
    """An incomplete declaration may leave both out."""
    rows = [None, "", "táo tươi"]
    table = {name: pa.array([None] * 3, pa.string()) for name in CODED}
    table |= {"text": pa.array(rows, pa.string()), "regime": pa.array(["A11"] * 3, pa.string())}
    numbers = {name: pa.array([1.0] * 3) for name in AMOUNTS}
    heads = {"declaration_key": pa.array([1, 2, 3]), "line_no": pa.array([1, 1, 1]), "at": pa.array([1, 2, 3])}
    made = trade_of(pa.table({**heads, "imports": pa.array([True] * 3), **table, **numbers}))
    nobody = Revealed(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    state = remembered(made, nobody, at=4, usual=USUAL)
    asked = Asked(4, True, {name: ["A11" if name == "regime" else None] for name in CODED}, [[1.0] * len(AMOUNTS)])
    of = dict(zip(state.names, told_online(state, asked).values[0].tolist(), strict=True))
    assert of["texts_seen"] == 2
