"""Signals: copied from steps, compared with colleagues of the same office, corrected, kept for so many days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.clearance.integrity.cases import PROGRAM, acted, reckoned
from tests.clearance.valuation.cases import heard, lodged
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.clearance.declarations.operations.assigning import assign_declaration, take_declaration
from thongquan.clearance.integrity.models import DoneAct, Signal
from thongquan.clearance.integrity.operations.looking import forget_old
from thongquan.clearance.integrity.operations.signals import reckon_signals

ONE, OTHER, THIRD = "user:9001", "user:9002", "user:9003"


def kinds() -> set[tuple[str, str, str]]:
    reckoned()
    return set(Signal.objects.values_list("kind", "officer", "lodger"))


def test_steps_of_officers_are_copied_with_whom_and_how_long(customs: World) -> None:
    number = lodged(customs)
    leader, officer = customs.actor("team_leader"), customs.actor("clearance_officer")
    take_declaration(actor=officer, number=number, at=now() + timedelta(minutes=30))
    assign_declaration(
        actor=leader, number=number, to=leader.reference, reason="Nghỉ", at=now() + timedelta(minutes=50)
    )
    heard("integrity.")
    rows = list(DoneAct.objects.order_by("place").values_list("step", "officer", "lodger", "office"))
    assert rows == [
        ("take", officer.reference, "9999900011", "15BB"),
        ("assign", leader.reference, "9999900011", "15BB"),
    ]
    assert 18 <= DoneAct.objects.order_by("place").values_list("minutes", flat=True)[1] <= 21


def test_an_officer_who_lowers_far_more_than_colleagues_stands_out(customs: World) -> None:
    acted(ONE, 30, step="lower_channel", outcome="")
    acted(ONE, 70)
    acted(OTHER, 5, step="lower_channel", outcome="")
    acted(OTHER, 400)
    assert ("overrides", ONE, "") in kinds()
    assert ("overrides", OTHER, "") not in kinds()
    row = Signal.objects.get(kind="overrides")
    assert (row.part, row.of, row.part_all, row.of_all) == (30, 100, 35, 505)


def test_the_same_rates_are_no_signal(customs: World) -> None:
    for officer in (ONE, OTHER, THIRD):
        acted(officer, 10, step="lower_channel", outcome="")
        acted(officer, 90)
        acted(officer, 20, outcome="differs", minutes=55)
        acted(officer, 10, step="assign", outcome="")
        acted(officer, 50, step="take", outcome="")
    assert kinds() == set()


def test_declarations_given_to_one_officer_stand_out(customs: World) -> None:
    acted(ONE, 60, step="assign", outcome="")
    acted(OTHER, 60, step="take", outcome="")
    acted(THIRD, 60, step="take", outcome="")
    assert kinds() == {("reassigned", ONE, "")}


def test_checks_far_faster_than_those_of_the_same_hour_stand_out(customs: World) -> None:
    for minutes in (30, 35, 40, 45, 50):
        acted(OTHER, 20, minutes=minutes, lodger="")
    acted(ONE, 25, minutes=1, lodger="")
    acted(THIRD, 25, minutes=1, hour=22, lodger="")
    assert {one for one in kinds() if one[0] == "timing"} == {("timing", ONE, "")}


def test_an_officer_and_a_broker_drawn_together_stand_out(customs: World) -> None:
    acted(ONE, 50, lodger="1111111111")
    acted(ONE, 20, lodger="2222222222")
    acted(OTHER, 5, lodger="1111111111")
    acted(OTHER, 200, lodger="2222222222")
    assert {one for one in kinds() if one[0] == "pair"} == {
        ("pair", ONE, "1111111111"),
        ("pair", OTHER, "2222222222"),
    }


def test_checks_that_never_find_anything_at_one_broker_stand_out(customs: World) -> None:
    acted(ONE, 60)
    acted(OTHER, 30, outcome="differs")
    acted(OTHER, 30)
    assert ("pair_clean", ONE, "9999900011") in kinds()


def test_offices_are_compared_within_themselves(customs: World) -> None:
    acted(ONE, 30, step="lower_channel", outcome="")
    acted(OTHER, 400, office="20BB")
    assert kinds() == set()


def test_few_cases_say_nothing(customs: World) -> None:
    acted(ONE, 19, step="lower_channel", outcome="")
    acted(OTHER, 400)
    assert ("overrides", ONE, "") not in kinds()


def test_what_is_too_old_is_deleted_and_that_is_written_down(customs: World) -> None:
    acted(ONE, 3, days_ago=731)
    acted(ONE, 2)
    assert forget_old(actor=PROGRAM, at=now()) == {"acts": 3, "signals": 0, "cases": 0}
    assert DoneAct.objects.count() == 2
    assert customs.run_sql("SELECT count(*) FROM ledger_entry WHERE action = 'integrity.forgotten'") == [(1,)]


def test_only_the_program_reckons_and_forgets(customs: World) -> None:
    actor = customs.actor("internal_control")
    with pytest.raises(NotAllowed):
        reckon_signals(actor=actor, on=now().date(), at=now())
    with pytest.raises(NotAllowed):
        forget_old(actor=actor, at=now())
