"""A scan for two codes on a real Spark cluster of two workers finds what one machine finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.learning.twins.scan.history import lines
from thongquan.lake.engines import SPARK, Choice, OnSpark, opened
from thongquan.lake.flows import FileFlow, SparkFlow, cut
from thongquan.learning.twins.scan import LINES, scanned
from thongquan.learning.twins.scan.gathering import lines_of

pytestmark = pytest.mark.filterwarnings("default")  # what Spark warns of is not ours to mend
CLUSTER = Choice(engine=SPARK, memory_mb=512, spark_master="local-cluster[2,1,1024]")
BUCKETS = 3


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scan")


@pytest.fixture(scope="module")
def taken(home: Path) -> Path:
    return cut(home / "taken", [lines_of(lines(1_500))], LINES, portion=400)


@pytest.fixture(scope="module")
def spark(home: Path) -> Iterator[OnSpark]:
    with opened(CLUSTER, home) as engine:
        assert isinstance(engine, OnSpark)
        yield engine


def test_spark_finds_what_one_machine_finds(home: Path, taken: Path, spark: OnSpark) -> None:
    assert spark.session.sparkContext.master == CLUSTER.spark_master
    flow = SparkFlow(spark, home / "spark")
    there = scanned(flow, flow.lines(taken), buckets=BUCKETS)
    here = scanned(FileFlow(home / "files", BUCKETS), taken, buckets=BUCKETS)
    assert len(here.cases) > 0
    assert there.cases == here.cases
    assert there.edges.equals(here.edges)
    assert (there.goods, there.compared) == (here.goods, here.compared)
    done: list[str] = []
    again = SparkFlow(spark, home / "spark", lambda step, part, of: done.append(step))
    assert scanned(again, again.lines(taken), buckets=BUCKETS).cases == here.cases
    assert "pair" in done
