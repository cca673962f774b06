"""Every question is answered as by hand, whatever the state of the files."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.lake.conftest import LITTLE
from tests.lake.invented import MONTHS, REFERENCE, fill, invented, line
from thongquan.lake.analyses import ANALYSES
from thongquan.lake.compaction import compact
from thongquan.lake.engines import Engine
from thongquan.lake.files import Lake, batch_name
from thongquan.lake.reading import Tables


def same(answer: list[dict[str, Any]], expected: list[dict[str, Any]]) -> bool:
    """Whether all is equal; shares and changes within what counting in another order does to them."""
    return len(answer) == len(expected) and all(map(_same, answer, expected))


def _same(row: dict[str, Any], expected: dict[str, Any]) -> bool:
    return row.keys() == expected.keys() and all(_equal(row[name], expected[name]) for name in expected)


def _equal(value: Any, expected: Any) -> bool:
    if isinstance(expected, float) and value is not None:
        return math.isclose(value, expected, rel_tol=1e-12, abs_tol=1e-12)
    return bool(value == expected)


@pytest.mark.parametrize("state", ["parts", "wholes", "wholes and parts"])
@pytest.mark.parametrize("name", ANALYSES)
def test_every_question_is_answered_as_by_hand(name: str, state: str, lake: Lake, duck: Engine) -> None:
    rows = invented()
    if state == "wholes and parts":
        fill(lake, {table: several[: len(several) // 2] for table, several in rows.items()}, batches=1)
        compact(lake, LITTLE, now=0)
    fill(lake, rows)
    if state == "wholes":
        compact(lake, LITTLE, now=0)
    answer = duck.answer(ANALYSES[name].question(Tables(lake, duck))).to_pylist()
    assert same(answer, REFERENCE[name](rows))
    assert len(answer) > 20


def test_an_empty_lake_has_no_answers(lake: Lake, duck: Engine) -> None:
    for name, analysis in ANALYSES.items():
        assert duck.answer(analysis.question(Tables(lake, duck))).num_rows == 0, name


def test_nothing_a_year_before_is_no_change_of_anything(lake: Lake, duck: Engine) -> None:
    lake.write(
        "lines",
        [
            line(1, 1, month=MONTHS[0]),
            line(2, 1, month=date(MONTHS[0].year + 2, MONTHS[0].month, 1)),
            line(3, 1, month=MONTHS[1], value_vnd=Decimal(0)),
            line(4, 1, month=MONTHS[13]),
        ],
        batch=batch_name(1, 1),
    )
    answer = duck.answer(ANALYSES["turnover"].question(Tables(lake, duck))).to_pylist()
    told = {row["month"]: (row["before_vnd"], row["change"]) for row in answer}
    assert told == {
        MONTHS[0]: (None, None),
        date(MONTHS[0].year + 2, MONTHS[0].month, 1): (None, None),
        MONTHS[1]: (None, None),
        MONTHS[13]: (Decimal(0), None),
    }
