"""Features are the same numbers everywhere, and outlive slips of the hand."""

from __future__ import annotations

import subprocess
import sys

from tests.learning.samples import history
from thongquan.learning.text import (
    canonical,
    coarse_features,
    coarse_numbers,
    feature_hash,
    fine_features,
    fine_numbers,
    rare_numbers,
)


def test_a_feature_is_the_same_number_on_every_machine() -> None:
    found = [feature_hash(one) for one in ("wban", "bban go", "q500g", "h钢")]
    assert found == [1242779342, 1949185383, -308407959, 38453635]


def test_hashing_does_not_depend_on_the_process() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from thongquan.learning.text import feature_hash; print(feature_hash('wbàn'))"],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "5", "PYTHONPATH": ":".join(sys.path)},
    )
    assert int(told.stdout) == feature_hash("wbàn")


def test_numbers_fit_a_database_integer() -> None:
    assert all(-(2**31) <= feature_hash(f"w{number}") < 2**31 for number in range(1000))
    assert min(feature_hash(f"w{number}") for number in range(1000)) < 0


def test_plurals_are_one() -> None:
    assert coarse_features(canonical("shirts boxes batteries glass"))[:4] == ["wshirt", "wbox", "wbattery", "wglass"]


def test_diacritics_add_a_feature_and_cost_none() -> None:
    marked, bare = set(coarse_features(canonical("bàn gỗ"))), set(coarse_features(canonical("ban go")))
    assert bare < marked
    assert "vgỗ" in marked - bare


def test_chinese_signs_and_pairs() -> None:
    assert set(coarse_features(canonical("锂电池"))) == {"h锂", "h电", "h池", "h锂电", "h电池"}


def test_a_slip_leaves_most_groups_of_letters() -> None:
    right, slipped = set(fine_features(canonical("polypropylene"))), set(fine_features(canonical("polypropilene")))
    assert len(right & slipped) >= len(right) / 2


def test_rare_numbers_hold_words_pairs_quantities_models_and_groups_of_letters() -> None:
    found = rare_numbers(canonical("Bu lông thép M10-8 dài 5 cm"))
    assert {feature_hash(one) & ~1 for one in ("wthep", "bbu long", "q50mm", "mm108")} <= found
    assert {feature_hash(one) | 1 for one in ("c the", "cthep", "chep ")} <= found
    assert all(-(2**31) <= one < 2**31 for one in found)


def test_numbers_are_those_of_the_features() -> None:
    for one in [*history()[:60], *history()[-20:]]:
        goods = canonical(f"{one.description} 锂电池, batteries")
        assert coarse_numbers(goods) == list(map(feature_hash, coarse_features(goods)))
        assert fine_numbers(goods) == list(map(feature_hash, fine_features(goods)))
