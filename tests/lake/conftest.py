"""A lake in a folder of its own, and DuckDB to ask it. What needs Spark is collected only where Spark and Java are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lake.spark import missing
from thongquan.lake.engines import Choice, Engine, opened
from thongquan.lake.files import Lake

if missing():  # `tools/test` says so
    collect_ignore = ["test_on_spark.py", "test_flows_on_spark.py"]

LITTLE = Choice(memory_mb=256)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """An empty lake."""
    return Lake(tmp_path / "lake")


@pytest.fixture
def duck(lake: Lake) -> Iterator[Engine]:
    """DuckDB with little memory."""
    with opened(LITTLE, lake.home) as engine:
        yield engine
