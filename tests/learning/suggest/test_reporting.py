"""What is told of a model was measured on goods that it did not see."""

from __future__ import annotations

import pytest

from tests.learning.samples import history, nomenclature
from thongquan.learning.suggest import Example, Report, reported

OFFICES = ("15BB", "20BB", "18AA")
TAILS = ("", "kiểu cũ thanh lịch", "dành cho siêu thị thành phố")


def year() -> list[Example]:
    """Some 300 wordings."""
    return [one._replace(description=f"{one.description} {tail}") for tail in TAILS for one in history()]


def office_of(one: Example) -> frozenset[str]:
    """Goods by their code: shirts to shoes at one office, the rest at others."""
    return frozenset({OFFICES[int(one.code[:2]) % 3]})


@pytest.fixture(scope="module")
def report() -> Report:
    made = reported([*year(), *nomenclature()], offices=office_of)
    assert made is not None
    return made


def test_a_report_holds_out_goods_and_draws_how_learning_goes(report: Report) -> None:
    assert 0 < report.scores.levels[4].asked < 297
    assert report.scores.levels[4].error is not None
    assert [one.wordings for one in report.curve] == sorted(one.wordings for one in report.curve)
    assert report.curve[-1].right[4][0] >= report.curve[0].right[4][0]
    assert report.curve[-1].right[6] == (report.scores.levels[6].right[0], report.scores.levels[6].right[2])


def test_goods_of_an_office_never_seen_are_told_apart(report: Report) -> None:
    assert report.strange.office in OFFICES
    assert report.strange.asked > 0
    assert report.strange.right[4][0] < report.scores.levels[4].right[0]


def test_a_single_office_is_asked_of_books_alone() -> None:
    report = reported([*year(), *nomenclature()])
    assert report is not None
    assert report.strange.office == ""
    assert report.strange.right[6][1] < 0.5


def test_a_short_history_is_not_measured() -> None:
    assert reported([*year()[:20], *nomenclature()]) is None
