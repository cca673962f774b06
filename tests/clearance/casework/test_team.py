"""The team leader's page: load and lateness, giving work to others, what waits for a signature, changes of channel."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.clearance.casework.people import neighbor, notices
from tests.clearance.control.yard import lodged, officers
from tests.clearance.revenue import claims
from tests.clearance.violations import cases as violations
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.casework.charts import load_chart
from thongquan.clearance.casework.operations.assigning import reassign
from thongquan.clearance.casework.queries.signing import count_waiting, waiting_signatures
from thongquan.clearance.casework.queries.team import Load, load_by_officer, pieces_of, queues_of
from thongquan.clearance.control.operations.channel import propose_lower_channel, raise_channel
from thongquan.clearance.control.queries.overview import changes_since
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.states import Step

OFFICE, FORMULA = "15BB", "=HYPERLINK(1)"


def waiting(customs: World, count: int, at: datetime, *, office: str = OFFICE) -> list[str]:
    """Declarations whose documents were filed and wait for their check, the first of them since long ago."""
    trader = customs.actor("declarant")
    numbers = [lodged(customs, at, channel=2, invoice=f"T-{office}-{place}", office=office) for place in range(count)]
    for place, number in enumerate(numbers):
        filed = at if place else at - timedelta(days=30)
        take_step(actor=trader, number=number, step=Step.FILE_DOCUMENTS, at=filed)
    return numbers


def test_work_goes_to_an_officer_on_duty_with_a_reason_and_the_load_moves(customs: World) -> None:
    at, leader = now(), customs.actor("team_leader")
    first, second = officers(customs, at, count=2)
    numbers = waiting(customs, 3, at)
    nobody = load_by_officer(actor=leader, office=OFFICE, at=at)[0]
    assert (nobody.officer, nobody.waiting, nobody.late) == ("", 3, 1)
    (queue,) = queues_of(actor=leader, office=OFFICE, at=at)
    assert (queue.clock, queue.waiting, queue.late, queue.untaken) == ("document_check", 3, 1, 3)

    moved = reassign(actor=leader, office=OFFICE, numbers=numbers[:2], to=first.reference, reason="Chia việc", at=at)
    assert sorted(one.number for one in moved) == sorted(numbers[:2])
    found = {one.officer: one for one in load_by_officer(actor=leader, office=OFFICE, at=at)}
    assert found[first.reference].waiting == 2
    assert found[first.reference].on_duty
    assert (found[second.reference].waiting, found[""].waiting) == (0, 1)
    mine = pieces_of(actor=leader, office=OFFICE, officer=first.reference, clock=None)
    assert {one.stand.number for one in mine} == set(numbers[:2])
    assert {(one[0], one[1]) for one in notices(customs)} == {(first.reference, "casework.assigned")}
    rows = customs.run_sql("SELECT count(*) FROM ledger_entry WHERE action = 'declaration.assign'")
    assert rows == [(2,)]
    with pytest.raises(Refused, match="TQ-CSW-007"):
        reassign(actor=leader, office=OFFICE, numbers=numbers[:1], to=first.reference, reason="Lại", at=at)


def test_every_fault_of_giving_work_is_told_at_once(customs: World) -> None:
    at = now()
    off_duty = officers(customs, at, count=1, on_duty=False)[0]
    with pytest.raises(Refused) as refused:
        reassign(
            actor=customs.actor("team_leader"), office=OFFICE, numbers=[], to=off_duty.reference, reason=" ", at=at
        )
    assert {fault.code for fault in refused.value.faults} == {"TQ-CSW-001", "TQ-CSW-006", "TQ-CSW-007"}


def test_a_neighbor_and_an_officer_who_leads_nobody_give_no_work(customs: World) -> None:
    at = now()
    number, (officer,) = waiting(customs, 1, at)[0], officers(customs, at, count=1)
    for actor in (officer, customs.actor("clearance_officer"), neighbor(at, "team_leader"), customs.actor("auditor")):
        with pytest.raises(NotAllowed):
            reassign(actor=actor, office=OFFICE, numbers=[number], to=officer.reference, reason="x", at=at)
        with pytest.raises(NotAllowed):
            load_by_officer(actor=actor, office=OFFICE, at=at)
        with pytest.raises(NotAllowed):
            waiting_signatures(actor=actor, office=OFFICE)
    elsewhere = waiting(customs, 1, at, office="20BB")[0]
    with pytest.raises(NotFound):
        reassign(
            actor=customs.actor("team_leader"),
            office=OFFICE,
            numbers=[elsewhere],
            to=officer.reference,
            reason="x",
            at=at,
        )


def test_proposals_wait_for_the_leader_and_changes_are_told_with_their_outcome(customs: World) -> None:
    at, officer, leader = now(), customs.actor("clearance_officer"), customs.actor("team_leader")
    down, up = waiting(customs, 2, at)
    propose_lower_channel(actor=officer, number=down, channel=1, reason="Doanh nghiệp ưu tiên", at=at)
    raise_channel(actor=officer, number=up, channel=3, reason=FORMULA, at=at + timedelta(seconds=1))
    (waits,) = waiting_signatures(actor=leader, office=OFFICE)
    assert (waits.number, waits.kind, waits.before, waits.after, waits.by) == (down, "lower", 2, 1, officer.name)
    assert count_waiting(leader) == 1
    told = changes_since(OFFICE, at - timedelta(days=7))
    assert [(one.number, one.before, one.after, one.standing) for one in told] == [
        (up, 2, 3, "signed"),
        (down, 2, 1, "proposed"),
    ]
    assert changes_since(OFFICE, at + timedelta(hours=1)) == []

    client = customs.client("team_leader")
    page = client.get("/team/").content.decode()
    assert down in page
    assert f"/control/{down}/channel/" in page
    assert "Doanh nghiệp ưu tiên" in page
    table = client.get("/team/changes.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in table
    sheet = load_workbook(BytesIO(client.get("/team/changes.xlsx").content)).active
    assert sheet is not None
    assert "'=HYPERLINK(1)" in [cell.value for cell in sheet[2]]
    assert client.get("/team/load.csv").status_code == 200


def test_the_page_gives_work_and_keeps_what_was_typed_when_it_refuses(customs: World) -> None:
    at = now()
    (officer,), (number,) = officers(customs, at, count=1), waiting(customs, 1, at)
    client = customs.client("team_leader")
    refused = client.post("/team/", {"number": number, "to": officer.reference, "reason": " "})
    assert refused.status_code == 422
    assert "TQ-CSW-001" in refused.content.decode()
    given = client.post("/team/?officer=none", {"number": number, "to": officer.reference, "reason": "Gấp"})
    assert given.status_code == 302
    assert customs.run_sql("SELECT assigned_to FROM declarations_declaration") == [(officer.reference,)]


def test_a_stranger_and_a_neighbor_see_no_team(customs: World) -> None:
    addresses = ("/team/", "/team/load.csv", "/team/changes.xlsx")
    assert [Client(SERVER_NAME="127.0.0.1").get(one).status_code for one in addresses] == [302] * 3
    for role in ("clearance_officer", "declarant", "partner_agency", "internal_control"):
        client = customs.client(role)
        assert [client.get(one).status_code for one in addresses] == [403] * 3
    leader = customs.client("team_leader")
    assert [leader.get(f"{one}?office=20BB").status_code for one in addresses] == [403] * 3


def test_bars_are_as_long_as_what_waits() -> None:
    loads = [
        Load(officer="user:1", name="A", on_duty=True, waiting=10, late=5),
        Load(officer="", name="", on_duty=False, waiting=5),
    ]
    chart = load_chart(loads, "Nobody")
    assert chart is not None
    first, second = chart.bars
    assert (first.in_time, first.late, second.late) == (200, 200, 0)
    assert first.late_x == chart.start + first.in_time
    assert (second.name, second.in_time) == ("Nobody", 200)
    assert load_chart([], "Nobody") is None


def test_refunds_and_fines_wait_for_the_leader_too(customs: World) -> None:
    leader = customs.actor("team_leader")
    before = count_waiting(leader)
    refund = claims.proposed(customs, claims.paid(customs))
    case = violations.proposed(customs).case
    waits = {one.kind: one for one in waiting_signatures(actor=leader, office=OFFICE)}
    assert (waits["claim"].number, waits["claim"].reason) == (refund.number, refund.finding)
    assert (waits["violation"].key, waits["violation"].reason) == (str(case), "Đề nghị xử phạt")
    assert count_waiting(leader) == before + 2
    page = customs.client("team_leader").get("/team/").content.decode()
    assert f"/revenue/claims/{refund.number}/" in page
    assert f"/violations/{case}/" in page
