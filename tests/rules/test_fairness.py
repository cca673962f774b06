"""When a group is opened more without finding more."""

from __future__ import annotations

from msgspec.structs import replace

from thongquan.rules.fairness import Counts, compared, summed

USUAL = Counts(lodged=1000, opened=100, checked=100, found=10, drawn_checked=50, drawn_found=3)
OPENED_MORE = replace(USUAL, opened=300, checked=300, found=30)


def alarms(**groups: Counts) -> dict[str, bool]:
    return {group.key: group.alarm for group in compared(groups.items())}


def test_opened_more_without_finding_more_is_an_alarm() -> None:
    assert alarms(new=OPENED_MORE, old=USUAL) == {"new": True, "old": False}


def test_finding_more_is_a_reason() -> None:
    assert alarms(new=replace(OPENED_MORE, found=90), old=USUAL) == {"new": False, "old": False}


def test_a_group_that_the_random_lane_shows_to_be_worse_is_no_alarm() -> None:
    assert alarms(new=replace(OPENED_MORE, drawn_found=40), old=USUAL) == {"new": False, "old": False}


def test_few_declarations_raise_no_alarm() -> None:
    few = Counts(lodged=20, opened=20, checked=20)
    assert alarms(few=few, old=USUAL) == {"few": False, "old": False}


def test_the_most_opened_stands_first_with_its_interval() -> None:
    first, second = compared([("old", USUAL), ("new", OPENED_MORE)])
    assert (first.key, second.key) == ("new", "old")
    assert first.opened.low < (first.opened.value or 0) < first.opened.high
    assert summed([USUAL, OPENED_MORE]).lodged == 2000
