"""Statistics of internal control: exact, corrected, robust."""

from __future__ import annotations

from decimal import Decimal
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongquan.rules.integrity import ENOUGH, Counted, corrected, distance, tail


@given(st.integers(1, 60), st.data())
def test_the_tail_is_that_of_drawing_blindly(total: int, data: st.DataObject) -> None:
    marked, drawn = data.draw(st.integers(0, total)), data.draw(st.integers(0, total))
    part = data.draw(st.integers(max(0, drawn + marked - total), min(drawn, marked)))
    ways = sum(comb(marked, k) * comb(total - marked, drawn - k) for k in range(part, min(drawn, marked) + 1))
    found = tail(Counted(part=part, of=drawn, part_all=marked, of_all=total))
    assert abs(found - Decimal(ways) / comb(total, drawn)) < Decimal("0.000002")


def test_large_offices_are_counted_too() -> None:
    usual = tail(Counted(part=100, of=1000, part_all=4000, of_all=40000))
    odd = tail(Counted(part=160, of=1000, part_all=4000, of_all=40000))
    assert Decimal("0.4") < usual < Decimal("0.6")
    assert odd < Decimal("0.00001")


@pytest.mark.parametrize("counts", [(5, 4, 10, 20), (1, 30, 10, 20), (-1, 4, 10, 20), (11, 15, 10, 20)])
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int, int, int]) -> None:
    part, of, part_all, of_all = counts
    with pytest.raises(ValueError, match="part"):
        tail(Counted(part=part, of=of, part_all=part_all, of_all=of_all))


def test_chances_are_corrected_for_how_many_were_looked_at() -> None:
    given_chances = [Decimal(text) for text in ("0.01", "0.5", "0.02", "0.03")]
    assert corrected(given_chances) == [Decimal(text) for text in ("0.04", "0.5", "0.04", "0.04")]
    assert corrected([]) == []
    assert corrected([Decimal("0.9")] * 3) == [Decimal("0.9")] * 3


@given(st.lists(st.decimals("0", "1", places=4), max_size=20))
def test_correction_never_makes_a_chance_smaller_nor_turns_an_order(chances: list[Decimal]) -> None:
    found = corrected(chances)
    assert all(chance <= after <= 1 for chance, after in zip(chances, found, strict=True))
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    assert [found[place] for place in order] == sorted(found)


def test_a_time_stands_out_against_its_peers() -> None:
    peers = [30, 35, 40, 45, 50] * 5
    slow, usual, fast = (distance(minutes, peers) for minutes in (600, 40, 1))
    assert slow is not None
    assert fast is not None
    assert (slow > 3, usual, fast < -3) == (True, Decimal(0), True)
    assert distance(40, peers[: ENOUGH - 1]) is None


def test_times_all_alike_do_not_make_every_minute_odd() -> None:
    found = distance(31, [30] * ENOUGH)
    assert found is not None
    assert found < 1
