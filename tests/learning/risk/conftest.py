"""A small region: enough trade to learn from, built once a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from thongquan.learning.risk import Trade, read_trade
from thongquan.learning.risk.loop import Prepared, prepared
from thongquan.practice.world import Plan, build


@pytest.fixture(scope="session")
def small_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six months, 1,800 declarations."""
    out = tmp_path_factory.mktemp("risk") / "world"
    build(out, Plan(seed=5, months=6, declarations=1_800))
    return out


@pytest.fixture(scope="session")
def trade(small_world: Path) -> Trade:
    return read_trade(small_world)


@pytest.fixture(scope="session")
def ready(trade: Trade) -> Prepared:
    return prepared(trade)
