"""Samples under seals with their dates and results; specialized inspections asked of other agencies."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.clearance.control.yard import drawn, lodged, officers
from tests.world import World
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.operations.inspections import assign_inspection
from thongquan.clearance.control.operations.samples import (
    enter_sample_result,
    enter_specialized_result,
    request_specialized,
    take_samples,
)
from thongquan.clearance.control.queries.inspections import findings_of
from thongquan.clearance.control.queries.samples import open_samples, specialized_of
from thongquan.clearance.declarations.queries import events_of, stand_of
from thongquan.clearance.tariff.queries.calendars import calendar_of
from thongquan.rules.codes import Code


def under_way(customs: World) -> tuple[str, Actor]:
    """An inspection under way and one of its officers."""
    at = now()
    team, number = officers(customs, at, count=2), lodged(customs, at)
    assign_inspection(actor=team[0], number=number, at=at)
    return number, drawn(team[0], number, team)[0]


@pytest.mark.parametrize(("is_complex", "days"), [(False, 5), (True, 20)])
def test_samples_are_sealed_kept_and_due_by_the_law_of_the_day(customs: World, is_complex: bool, days: int) -> None:
    number, officer = under_way(customs)
    at = now()
    take_samples(
        actor=officer,
        number=number,
        line=2,
        seals=["HQ-001", "HQ-002"],
        laboratory="Chi cục Kiểm định hải quan 6",
        question="Tỷ lệ nấm nguyên cái",
        is_complex=is_complex,
        at=at,
    )
    key = stand_of(actor=officer, number=number).key
    (sample,) = open_samples(key)
    today = timezone.localdate(at)
    assert sample.kept_until == today + timedelta(days=120)
    assert sample.due_on == calendar_of("15BB", around=today).add_working_days(today, days)
    assert customs.run_sql("SELECT count(*) FROM ledger_entry WHERE action = 'control.samples_taken'") == [(1,)]
    enter_sample_result(
        actor=officer, number=number, sample_id=sample.id, result="differs", found="07123100", paper="12/TB-KD6", at=at
    )
    assert open_samples(key) == []
    assert [(one.kind, one.line, one.declared, one.found) for one in findings_of(key)] == [
        ("code", 2, "07129090", "07123100")
    ]
    with pytest.raises(Refused) as refusal:
        enter_sample_result(actor=officer, number=number, sample_id=sample.id, result="agrees", at=at)
    assert refusal.value.faults[0].code == Code.TQ_CTL_018


@pytest.mark.parametrize("seals", [[], ["A"], ["A", "A"], ["A", "B", "C"], ["A", " "]])
def test_each_of_two_samples_needs_a_seal_of_its_own(customs: World, seals: list[str]) -> None:
    number, officer = under_way(customs)
    with pytest.raises(Refused) as refusal:
        take_samples(actor=officer, number=number, line=77, seals=seals, laboratory="x", at=now())
    assert {fault.code for fault in refusal.value.faults} == {Code.TQ_CTL_014, Code.TQ_CTL_017}
    assert customs.run_sql("SELECT count(*) FROM control_sample") == [(0,)]


def test_a_result_that_differs_says_what_was_found(customs: World) -> None:
    number, officer = under_way(customs)
    sample = take_samples(actor=officer, number=number, line=1, seals=["A", "B"], laboratory="x", at=now())
    for result, code in (("differs", Code.TQ_CTL_004), ("perhaps", Code.TQ_CTL_005)):
        with pytest.raises(Refused) as refusal:
            enter_sample_result(actor=officer, number=number, sample_id=sample, result=result, at=now())
        assert refusal.value.faults[0].code == code
    enter_sample_result(actor=officer, number=number, sample_id=sample, result="agrees", at=now())
    assert findings_of(stand_of(actor=officer, number=number).key) == []


def test_a_specialized_inspection_is_asked_once_and_answered(customs: World) -> None:
    at = now()
    officer, number = customs.actor("clearance_officer"), lodged(customs, at)
    asked = {"actor": officer, "number": number, "kind": "specialized_inspection", "code": "FS", "at": at}
    request_specialized(**asked, agency="Cục An toàn thực phẩm", lines=[1])  # type: ignore[arg-type]  # one set of arguments
    with pytest.raises(Refused) as refusal:
        request_specialized(**asked, agency="Cục An toàn thực phẩm")  # type: ignore[arg-type]  # as above
    assert refusal.value.faults[0].code == Code.TQ_CTL_019
    enter_specialized_result(**asked, result="passed", paper="77/ATTP")  # type: ignore[arg-type]  # as above
    (one,) = specialized_of(stand_of(actor=officer, number=number).key)
    assert (one.kind, one.code, one.lines, one.result, one.paper) == (
        "specialized_inspection",
        "FS",
        [1],
        "passed",
        "77/ATTP",
    )
    assert [event.kind for event in events_of(number)[1:]] == ["request_specialized", "specialized_result"]
    with pytest.raises(Refused) as refusal:
        enter_specialized_result(**asked, result="failed")  # type: ignore[arg-type]  # as above
    assert refusal.value.faults[0].code == Code.TQ_CTL_018


def test_a_stranger_and_a_neighbor_ask_for_nothing(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    other = officers(customs, at, count=1, office="15BC", on_duty=False)[0]
    for actor, error in (
        (customs.actor("partner_agency"), NotFound),
        (other, NotFound),
        (customs.actor("declarant"), NotAllowed),
    ):
        with pytest.raises(error):
            request_specialized(actor=actor, number=number, kind="quarantine", agency="x", at=at)
        with pytest.raises(error):
            enter_specialized_result(actor=actor, number=number, kind="quarantine", result="passed", at=at)
