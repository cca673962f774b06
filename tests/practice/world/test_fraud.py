"""Planted fraud: each mechanism where and when it says, marks that are there, none that only identifiers carry."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from thongquan.practice import world as worlds
from thongquan.practice.world import tables
from thongquan.practice.world.fraud import MARKS, MECHANISMS, Case
from thongquan.practice.world.fraud.mechanisms import phoenix, rates_of_lines
from thongquan.practice.world.leaks import look_up
from thongquan.practice.world.writing import read_table

FLAGS = ("imports", "phoenix", "gap", "claims", "perishable", "luxury", "controlled")
NO_FLAGS = ("resident", "temporary", "consumer", "lot", "pair")


def case(month: int = 13, **changes: object) -> Case:
    """One line on which most mechanisms can work."""
    usual = {name: np.array([True]) for name in FLAGS} | {name: np.array([False]) for name in NO_FLAGS}
    numbers = {"hour": np.array([11]), "size_class": np.array([2]), "age_months": np.array([9]), "mfn": np.array([0.1])}
    usual["phoenix"] = np.array([False])
    return Case(month=month, **{**usual, **numbers, **{name: np.array([value]) for name, value in changes.items()}})


def rate(name: str, of: Case) -> float:
    return float(next(one for one in MECHANISMS if one.__name__ == name)(of)[0])


def test_marks_and_mechanisms_stand_in_one_order() -> None:
    names = ("undervaluation", "understatement", "cheaper_code", "false_certificate", "transit")
    assert [mark.name for mark in MARKS] == [*names, "regime_misuse", "collusion", "contraband", "split_shipment"]
    assert len(MECHANISMS) == len(MARKS)
    assert all(mechanism.__doc__ for mechanism in MECHANISMS)


@pytest.mark.parametrize("mechanism", [one.__name__ for one in MECHANISMS])
def test_every_rate_drifts(mechanism: str) -> None:
    special = {
        "regime_misuse": {"resident": True},
        "split_shipment": {"lot": True},
        "collusion": {"pair": True},
    }.get(mechanism, {})
    rates = {round(rate(mechanism, case(month, **special)), 9) for month in range(24)}
    # Pairs drift by being found and broken up one after the other, month by month.
    assert len(rates) > 1 or mechanism == "collusion"


def test_transit_starts_after_a_year_and_splitting_fades() -> None:
    assert rate("transit", case(12)) == 0
    assert rate("transit", case(17)) > rate("transit", case(14)) > 0
    assert rate("split_shipment", case(20, lot=True)) < rate("split_shipment", case(15, lot=True)) / 5


def test_mechanisms_work_only_where_they_can() -> None:
    assert rate("cheaper_code", case(gap=False)) == 0
    assert rate("false_certificate", case(claims=False)) == 0
    assert rate("contraband", case(perishable=False)) == 0
    assert rate("contraband", case(hour=17)) < rate("contraband", case(hour=11))
    assert rate("collusion", case(pair=False)) == 0
    assert rate("split_shipment", case(lot=False)) == 0


def test_mechanisms_interact() -> None:
    """The phoenix raises what others do; all rates of a line stay a distribution."""
    assert phoenix(case(phoenix=True))[0] > phoenix(case())[0]
    assert rates_of_lines(case(phoenix=True)).sum() > rates_of_lines(case()).sum()
    assert rates_of_lines(case(phoenix=True, pair=True, resident=True)).sum() < 1


def test_two_to_five_percent_of_lines_are_fraud(world: Path) -> None:
    truth = read_table(world, tables.TRUE_LINES, ["fraud", "mechanism", "error"])
    share = truth["fraud"].to_numpy(zero_copy_only=False).mean()
    assert 0.02 <= share <= 0.05
    assert {one for one in truth["mechanism"].to_pylist() if one} == {mark.name for mark in MARKS}
    assert 0.02 <= 1 - truth["error"].null_count / truth.num_rows <= 0.04


def test_what_starts_late_starts_late(world: Path) -> None:
    month = read_table(world, tables.DECLARATIONS, ["declaration_key", "month"])
    truth = read_table(world, tables.TRUE_LINES, ["declaration_key", "mechanism"]).join(month, "declaration_key")
    of = {name: [] for name in ("transit", "collusion", "undervaluation")}
    for row in truth.filter(truth["mechanism"].is_valid()).to_pylist():
        of.setdefault(row["mechanism"], []).append(row["month"])
    assert min(of["transit"]) > 12
    assert min(of["collusion"]) >= 12
    assert min(of["undervaluation"]) == 0


def test_who_is_caught_cheats_less(world: Path) -> None:
    """Three months after an enterprise is found out, its share of fraud is lower than in the three months before."""
    heads = read_table(world, tables.DECLARATIONS, ["declaration_key", "enterprise_key", "month"])
    found = read_table(world, tables.INSPECTIONS, ["declaration_key", "outcome"])
    truth = read_table(world, tables.TRUE_LINES, ["declaration_key", "fraud"]).join(heads, "declaration_key")
    head = {row["declaration_key"]: row for row in heads.to_pylist()}
    caught: dict[int, int] = {}
    for row in found.to_pylist():
        if row["outcome"] == "fraud":
            one = head[row["declaration_key"]]
            caught[one["enterprise_key"]] = min(one["month"], caught.get(one["enterprise_key"], 99))
    firm, month = truth["enterprise_key"].to_numpy(), truth["month"].to_numpy()
    fraud = truth["fraud"].to_numpy(zero_copy_only=False)
    at = np.array([caught.get(one, -99) for one in firm.tolist()])
    before, after = (at > 0) & (at - month >= 1) & (at - month <= 3), (at > 0) & (month - at >= 1) & (month - at <= 3)
    assert fraud[after].mean() < fraud[before].mean()


def test_a_pair_that_is_found_out_works_together_no_more(world: Path) -> None:
    """From the month after a find no declaration of the broker is cleared by a crew of its own; others go on."""
    heads = read_table(world, tables.DECLARATIONS, ["declaration_key", "broker_key", "month"])
    found = read_table(world, tables.INSPECTIONS, ["declaration_key", "line_no", "outcome"])
    truth = read_table(world, tables.TRUE_LINES, ["declaration_key", "line_no", "colluded", "mechanism"])
    paired = truth.filter(truth["colluded"]).join(heads, "declaration_key").join(found, ["declaration_key", "line_no"])
    last: dict[int, int] = {}
    caught: dict[int, int] = {}
    for row in paired.to_pylist():
        broker, month = row["broker_key"], row["month"]
        last[broker] = max(month, last.get(broker, 0))
        if row["outcome"] == "fraud":
            caught[broker] = min(month, caught.get(broker, 99))
    assert caught
    assert all(last[broker] == month for broker, month in caught.items())
    assert any(last[broker] >= 22 for broker in last.keys() - caught.keys()), "who is not found out goes on"


def test_fraud_leaves_the_marks_it_says(world: Path) -> None:
    lines, truth = read_table(world, tables.LINES), read_table(world, tables.TRUE_LINES)
    mechanism = np.array(truth["mechanism"].to_pylist(), dtype=object)
    declared, true = (table["value_usd"].to_numpy().astype(float) for table in (lines, truth))
    low = declared / true
    assert np.median(low[mechanism == "undervaluation"]) < 0.7
    assert np.median(low[mechanism == "understatement"]) < 0.8
    assert np.all(low[mechanism == None] > 0)  # noqa: E711  (an array of objects)
    same_code = np.array(lines["hs"].to_pylist()) == np.array(truth["hs"].to_pylist())
    assert not same_code[mechanism == "cheaper_code"].any()
    same_origin = np.array(lines["origin"].to_pylist()) == np.array(truth["origin"].to_pylist())
    assert not same_origin[(mechanism == "transit") | (mechanism == "false_certificate")].any()
    assert truth["hidden_kg"].to_numpy().astype(float)[mechanism == "contraband"].min() > 0


def test_the_leak_alarm_is_silent(world: Path) -> None:
    """No look-up table over identifiers, alone or together, knows fraud in months it has not seen."""
    found = worlds.look_ups(world)
    assert {name: value for name, value in found.items() if value > worlds.ALARM} == {}


def test_the_leak_alarm_would_ring() -> None:
    """An identifier that carries the truth is found."""
    rng = np.random.default_rng(5)
    who = rng.integers(0, 200, 20_000)
    fraud = rng.random(20_000) < np.where(who < 20, 0.30, 0.01)
    later = np.arange(20_000) >= 15_000
    assert look_up(who, fraud, later) > worlds.ALARM
    assert abs(look_up(rng.permutation(who), fraud, later) - 0.5) < 0.05


def test_auc_counts_ties_as_half() -> None:
    assert worlds.auc(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True])) == 0.75
    assert worlds.auc(np.ones(10), np.arange(10) < 3) == 0.5
