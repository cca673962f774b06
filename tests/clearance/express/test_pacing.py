"""The express worker rests while lodging is slower than it could be."""

from __future__ import annotations

from thongquan.clearance.express.pacing import LEAST, LONGEST_REST, MOST, Pace


def test_without_lodging_there_is_no_rest() -> None:
    pace = Pace(share=5)
    assert pace.rest(0.1, None, waiting=0, moment=0) == 0
    assert pace.share == LEAST


def test_rests_grow_while_lodging_is_slower_than_in_calm_and_shrink_again() -> None:
    pace = Pace()
    pace.rest(0.1, 10, waiting=0, moment=0)
    rests = [pace.rest(0.1, 20, waiting=0, moment=moment) for moment in range(1, 30)]
    assert rests == sorted(rests)
    assert pace.share == MOST
    for moment in range(30, 80):
        pace.rest(0.1, 10, waiting=0, moment=moment)
    assert pace.share == LEAST


def test_work_that_waits_makes_it_rest_and_calm_is_forgotten_in_time() -> None:
    pace = Pace()
    assert pace.rest(0.1, None, waiting=1, moment=0) > 0
    before = pace.share
    pace.rest(0.1, 10, waiting=1, moment=1)
    assert pace.share > before
    pace.rest(0.1, 30, waiting=0, moment=500)
    assert pace.rest(100, 30, waiting=0, moment=501) <= LONGEST_REST
