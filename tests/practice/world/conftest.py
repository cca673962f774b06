"""One world for all tests of it: small, two years, so that everything that starts late has started."""

from __future__ import annotations

from pathlib import Path

import pytest

from thongquan.practice import world as worlds

PLAN = worlds.Plan(seed=7, months=24, declarations=24_000)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("practice") / "world"
    worlds.build(out, PLAN)
    return out
