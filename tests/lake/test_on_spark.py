"""The same questions on a real Spark cluster of two workers, each a process of its own with 1 GB."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.lake.conftest import LITTLE
from tests.lake.invented import REFERENCE, fill, invented
from tests.lake.test_analyses import same
from thongquan.lake.analyses import ANALYSES
from thongquan.lake.compaction import compact
from thongquan.lake.engines import SPARK, Choice, Engine, OnSpark, opened
from thongquan.lake.files import Lake
from thongquan.lake.reading import Tables
from thongquan.lake.verifying import totals_in

pytestmark = pytest.mark.filterwarnings("default")  # what Spark warns of is not ours to mend
CLUSTER = Choice(engine=SPARK, memory_mb=512, spark_master="local-cluster[2,1,1024]")
ROWS = invented(count=60)


@pytest.fixture(scope="module")
def lakes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Lake, Lake]:
    """The same rows as parts, and with wholes of which parts replace some rows."""
    parts = Lake(tmp_path_factory.mktemp("parts"))
    wholes = Lake(tmp_path_factory.mktemp("wholes"))
    fill(parts, ROWS)
    fill(wholes, {table: rows[: len(rows) // 2] for table, rows in ROWS.items()}, batches=1)
    compact(wholes, LITTLE, now=0)
    fill(wholes, ROWS)
    return parts, wholes


@pytest.fixture(scope="module")
def spark(lakes: tuple[Lake, Lake]) -> Iterator[Engine]:
    with opened(CLUSTER, lakes[0].home) as engine:
        yield engine


def test_it_is_a_cluster_of_two(spark: Engine) -> None:
    assert isinstance(spark, OnSpark)
    assert spark.session.sparkContext.master == CLUSTER.spark_master
    people = spark.session.sparkContext.parallelize(range(64), 16).map(lambda _: __import__("os").getppid()).distinct()
    assert people.count() == 2


@pytest.mark.parametrize("name", ANALYSES)
def test_every_question_is_answered_as_by_hand(name: str, lakes: tuple[Lake, Lake], spark: Engine) -> None:
    answer = spark.answer(ANALYSES[name].question(Tables(lakes[0], spark)))
    assert same(answer.to_pylist(), REFERENCE[name](ROWS))


def test_parts_replace_rows_of_a_whole(lakes: tuple[Lake, Lake], spark: Engine) -> None:
    answer = spark.answer(ANALYSES["turnover"].question(Tables(lakes[1], spark)))
    assert same(answer.to_pylist(), REFERENCE["turnover"](ROWS))


def test_counts_and_sums_are_those_of_duckdb(lakes: tuple[Lake, Lake], spark: Engine) -> None:
    with opened(LITTLE, lakes[0].home) as duck:
        there = totals_in(Tables(lakes[0], duck), duck, "lines")
    assert totals_in(Tables(lakes[0], spark), spark, "lines") == there
