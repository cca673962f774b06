"""Models of risk to test with: small forests over invented marks, registered, seated, let in."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import numpy as np

from tests.clearance.risk.cases import PROGRAM
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.risk.operations.registry import Card, register_model
from thongquan.clearance.risk.operations.registry_steps import approve_step, propose_mode, propose_seat
from thongquan.learning.risk import Features, Labels, Meaning, Model, Settings, trained

NAMES = ("price", "weight", "papers")
MEANINGS = (Meaning.PRICE, Meaning.WEIGHT, Meaning.CERTIFICATE)


@cache
def small(seed: int = 1) -> Model:
    """A model of three marks; another seed is another version."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(400, 3)).astype(np.float32)
    fraud = values[:, 0] + rng.normal(scale=0.5, size=400) > 1.0
    potential = np.full(400, 1e6)
    labels = Labels(fraud, np.where(fraud, 5e5, 0.0), potential, np.arange(400, dtype=np.int64))
    return trained(Features(NAMES, MEANINGS, values), labels, Settings(rounds=5, leaves=4))


def registered(seed: int = 1) -> str:
    """A version in the registry; gives its name."""
    at = now()
    card = Card(source="own", since=at - timedelta(days=400), until=at, measures={"average_precision": 0.4})
    register_model(actor=PROGRAM, model=small(seed), card=card, at=at)
    return small(seed).version


def seated(customs: World, seed: int = 1, *, mode: str = "shadow") -> str:
    """A version in the seat of the champion, let in as far as told."""
    version = registered(seed)
    propose_seat(actor=customs.actor("risk_analyst"), version=version, words="Tốt hơn", at=now())
    approve_step(actor=customs.actor("director"), version=version, words="", at=now())
    for _step in range(("shadow", "informed", "active").index(mode)):
        propose_mode(actor=customs.actor("risk_analyst"), version=version, words="Đã xem bốn tuần", at=now())
        approve_step(actor=customs.actor("director"), version=version, words="", at=now())
    return version
