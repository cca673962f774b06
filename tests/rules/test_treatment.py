"""What is published of groups: small ones are folded, and nothing that is left out comes back by subtraction."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from thongquan.rules.fairness import Counts, compared
from thongquan.rules.treatment import LEAST_CHECKED, LEAST_LODGED, LEAST_TRADERS, OTHERS, Shown, published


def counts(lodged: int, checked: int = 20, drawn: int = 20) -> Counts:
    return Counts(
        lodged=lodged,
        opened=lodged // 2,
        checked=min(checked, lodged // 2),
        found=min(1, checked, lodged // 2),
        drawn_checked=drawn,
    )


def shown(groups: dict[str, Counts], traders: int = 9) -> dict[str, Shown]:
    return {one.key: one for one in published(compared(groups.items()), dict.fromkeys(groups, traders))}


def test_small_groups_stand_together() -> None:
    told = shown({"CN": counts(500), "TH": counts(200), "LA": counts(40), "MM": counts(30)})
    assert list(told) == ["CN", "TH", OTHERS]
    assert told[OTHERS].lodged == 70


def test_a_single_small_group_takes_another_with_it() -> None:
    told = shown({"CN": counts(500), "TH": counts(200), "LA": counts(4)})
    assert list(told) == ["CN", OTHERS]
    assert told[OTHERS].lodged == 204


def test_a_group_of_few_enterprises_is_folded_however_much_it_declares() -> None:
    groups = {"CN": counts(500), "TH": counts(900), "LA": counts(600)}
    told = {one.key: one for one in published(compared(groups.items()), {"CN": 9, "TH": 1, "LA": 8})}
    assert "TH" not in told
    assert told[OTHERS].lodged >= 900 + 500


def test_where_all_together_are_too_few_nothing_is_shown() -> None:
    assert shown({"CN": counts(20), "TH": counts(10)}) == {}


def test_a_share_of_few_checks_is_left_out_and_never_alone() -> None:
    told = shown({"CN": counts(500, 100), "TH": counts(200, 60), "LA": counts(100, 3)})
    assert told["LA"].found is None
    assert told["TH"].found is None
    assert told["CN"].found is not None


@given(
    st.dictionaries(
        st.sampled_from("ABCDEFGH"),
        st.tuples(st.integers(1, 400), st.integers(0, 200), st.integers(1, 12)),
        min_size=1,
    )
)
def test_nothing_small_is_ever_published(groups: dict[str, tuple[int, int, int]]) -> None:
    made = {key: counts(lodged, checked) for key, (lodged, checked, _traders) in groups.items()}
    told = published(compared(made.items()), {key: traders for key, (_l, _c, traders) in groups.items()})
    assert all(one.lodged >= LEAST_LODGED for one in told)
    assert all(one.found.of >= LEAST_CHECKED for one in told if one.found)
    assert all(groups[one.key][2] >= LEAST_TRADERS for one in told if one.key != OTHERS)
    folded = set(groups) - {one.key for one in told}
    assert not told or len(folded) != 1
    hidden = [one for one in told if one.found is None]
    assert len(hidden) != 1 or len(told) == 1
