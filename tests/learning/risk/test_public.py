"""The public set by the honest protocol, and its official split as an alarm for leaks. No word on how good the engine is:
the set holds hardly anything to learn once its twins are kept apart (the best anybody measured is an AUC of .623)."""

from __future__ import annotations

import numpy as np

from tests.learning.risk import public
from thongquan.learning.risk.measures import auc, average_precision
from thongquan.learning.risk.model import Settings, forest_of, grown

SETTINGS = Settings(rounds=120, leaves=5, rate=0.04, least=80, columns=0.3)


def test_twins_kept_apart_the_model_finds_what_there_is_to_find() -> None:
    train, valid = public.disjoint("train"), public.disjoint("valid")
    assert (len(train.fraud), len(valid.fraud)) == (14_290, 4_742)
    mine, other = public.encoded(train, valid)
    target, weight = train.fraud.astype(float), public.weights(train)
    said = np.mean(
        [
            forest_of(grown(mine, target, SETTINGS._replace(seed=seed), objective="binary", weight=weight)).predict(
                other
            )
            for seed in (1, 2, 3)
        ],
        axis=0,
    )
    assert auc(said, valid.fraud) >= 0.62
    assert average_precision(said, valid.fraud) >= 0.28
    assert auc(said, valid.fraud) < 0.66, "better than anything measured: look for a leak"


def test_the_official_split_leaks_and_a_look_up_says_so() -> None:
    """Fails only when the reading is broken: a table without any learning nearly knows the label."""
    train, valid = public.read("train"), public.read("valid")
    said = public.leaky(train, valid)
    assert auc(said, valid.fraud) >= 0.95
    tenth = np.argsort(-said, kind="stable")[: len(said) // 10]
    assert valid.fraud[tenth].mean() >= 0.97
