"""A scan finds goods under two codes as cases, however the lines come and in how many parts."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pytest

from tests.learning.twins.scan.history import RATES, lines
from thongquan.learning.twins import Attribute, Kind
from thongquan.learning.twins.scan import Outcome, scanned
from thongquan.learning.twins.scan.cases import components
from thongquan.learning.twins.scan.gathering import lines_of
from thongquan.learning.twins.scan.tables import BUCKET, EDGES, table


class Value(NamedTuple):
    value: Any


class InMemory:
    """The steps in memory; lines come in portions of `portion`, and the rows of a bucket in any order."""

    def __init__(self, buckets: int, portion: int) -> None:
        self.buckets, self.portion = buckets, portion

    def mapped(self, step: str, data: pa.Table, work: Callable[..., pa.Table], schema: pa.Schema) -> pa.Table:
        parts = [work(data.slice(start, self.portion)) for start in range(0, len(data), self.portion)]
        return pa.concat_tables([schema.empty_table(), *(part.cast(schema) for part in parts)])

    def reduced(self, step: str, data: pa.Table, work: Callable[..., pa.Table], schema: pa.Schema) -> pa.Table:
        return pa.concat_tables([work(self._of(data, bucket)).cast(schema) for bucket in range(self.buckets)])

    def joined(
        self, step: str, one: pa.Table, other: pa.Table, work: Callable[..., pa.Table], schema: pa.Schema
    ) -> pa.Table:
        parts = [work(self._of(one, bucket), self._of(other, bucket)) for bucket in range(self.buckets)]
        return pa.concat_tables([part.cast(schema) for part in parts])

    def shared(self, value: Any) -> Value:
        return Value(value)

    def collected(self, data: pa.Table, schema: pa.Schema) -> pa.Table:
        return data

    def count(self, data: pa.Table) -> int:
        return len(data)

    def _of(self, data: pa.Table, bucket: int) -> pa.Table:
        rows = data.filter(pa.array(data[BUCKET].to_numpy() == bucket))
        order = np.random.default_rng(bucket).permutation(len(rows))
        return rows.take(pa.array(order)).combine_chunks()


def searched(
    rows: Sequence[dict[str, Any]], *, buckets: int = 3, portion: int = 700, deciding: Sequence[Attribute] = ()
) -> Outcome:
    return scanned(InMemory(buckets, portion), lines_of(rows), buckets=buckets, deciding=deciding)


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return searched(lines())


def test_goods_under_a_wrong_code_come_into_a_case(outcome: Outcome) -> None:
    wrong = {row["id"] for row in lines() if row["id"].startswith("wrong")}
    there = {one for one in outcome.groups["id"].to_pylist() if one.startswith("wrong")}
    assert len(there) >= 0.85 * len(wrong)  # a few stand in one group with another of their kind
    assert len(outcome.cases) < len(outcome.edges)
    assert all(len(case.codes) > 1 for case in outcome.cases)


def test_the_result_hangs_on_no_order_and_no_portions(outcome: Outcome) -> None:
    mixed = lines()
    random.Random(2).shuffle(mixed)
    assert searched(mixed, buckets=7, portion=131).cases == outcome.cases


def test_cases_are_ranked_by_likeness_duty_and_value(outcome: Outcome) -> None:
    worths = [case.worth for case in outcome.cases]
    assert worths == sorted(worths, reverse=True)
    case = outcome.cases[0]
    assert case.stake_vnd is not None
    assert case.worth == pytest.approx(case.likeness * case.stake_vnd)
    dearest = max(RATES[code.code] for code in case.codes if code.code in RATES)
    known = [code for code in case.codes if code.rate is not None]
    expected = sum((dearest - RATES[code.code]) * code.value_vnd for code in known)
    assert case.stake_vnd == pytest.approx(expected, rel=1e-6)


def test_a_case_counts_its_lines_importers_and_days() -> None:
    goods = {"description": "Nồi cơm điện 1,8 lít hiệu Sunway nắp gài", "price_usd": 20.0}
    rows = [
        {**goods, "id": "a", "code": "85166010", "importer": "1", "office": "LS01", "value_vnd": 100, "duty_vnd": 20},
        {**goods, "id": "b", "code": "85166010", "importer": "2", "office": "LS02", "value_vnd": 100, "duty_vnd": 20},
        {**goods, "id": "c", "code": "85167100", "importer": "2", "office": "LS01", "value_vnd": 300, "duty_vnd": 15},
        {"id": "d", "description": "Táo tươi Fuji", "code": "08081000", "value_vnd": 5},
        {"id": "e", "description": "", "code": "08081000", "value_vnd": 5},
    ]
    [case] = searched(rows).cases
    assert (case.lines, case.groups, case.importers, case.shared_importers) == (3, 2, 2, 1)
    assert (case.value_vnd, case.stake_vnd, case.likeness, case.offices) == (500, 45, 1.0, ("LS01", "LS02"))
    assert [(code.code, code.lines, code.importers, code.rate) for code in case.codes] == [
        ("85166010", 2, 2, 0.2),
        ("85167100", 1, 1, 0.05),
    ]


def test_without_duties_nothing_is_said_to_be_at_stake() -> None:
    rows = [
        {"id": code, "description": "Nồi cơm điện 1,8 lít Sunway", "code": code, "value_vnd": 7}
        for code in ("85166010", "85167100")
    ]
    [case] = searched(rows).cases
    assert (case.stake_vnd, case.worth, case.value_vnd) == (None, 0.0, 14)


def test_goods_that_a_deciding_attribute_parts_are_no_case() -> None:
    knitted = Attribute("61", Kind.WORDS, "knitted or woven", ("det kim|knitted", "det thoi|woven"))
    rows = [
        {"id": "a", "description": "Áo phông nam dệt kim cotton size L màu trắng cổ tròn", "code": "61091010"},
        {"id": "b", "description": "Áo phông nam dệt thoi cotton size L màu trắng cổ tròn", "code": "62052020"},
    ]
    near = [{**row, "description": f"{row['description']}, hiệu Sunway, thùng 12 cái, tay ngắn"} for row in rows]
    assert len(searched(near).cases) == 1
    assert searched(near, deciding=[knitted]).cases == []


def test_no_lines_are_no_cases() -> None:
    assert searched([]).cases == []


def chain(scores: Sequence[float]) -> pa.Table:
    count = len(scores)
    columns = {
        BUCKET: [0] * count,
        "one": list(range(count)),
        "other": list(range(1, count + 1)),
        "score": scores,
        "likeness": scores,
        "numbers": scores,
        "parties": [0] * count,
        "price": [None] * count,
    }
    return table(EDGES, columns)


def test_what_hangs_together_loosely_is_parted_where_it_is_too_large() -> None:
    edges = chain([0.99] * 5 + [0.74] + [0.99] * 5)
    assert len(set(components(edges, most=20).cases.tolist())) == 1
    parted = components(edges, most=8)
    assert len(set(parted.cases.tolist())) == 2
    assert parted.cases.tolist() == [0] * 6 + [6] * 6
