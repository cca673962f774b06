"""The channel: up by one signature or a system finding, down only by two people and never by a program."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest

from tests.clearance.control.gate import codes, lodged, plain
from tests.world import World
from thongquan.base.accounts.queries import Actor, system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.operations.channel import (
    lower_channel,
    propose_lower_channel,
    raise_channel,
    reject_lower_channel,
)
from thongquan.clearance.control.queries.channels import lowered_channels, open_proposal, rejected_proposal
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.queries import events_of, stand_of
from thongquan.clearance.declarations.states import Step
from thongquan.rules.codes import Code

WHY = "Trọng lượng khai thấp bất thường so với lô trước"
PROGRAM = system_actor("similar_goods")


def channel_of(customs: World, number: str) -> int:
    return stand_of(actor=customs.actor("clearance_officer"), number=number).channel


def test_an_officer_raises_with_a_reason_and_everyone_concerned_learns_it(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    raise_channel(actor=customs.actor("clearance_officer"), number=number, channel=3, reason=WHY, at=at)
    assert channel_of(customs, number) == 3
    event = events_of(number)[-1]
    assert (event.kind, event.reason, event.data["before"], event.data["after"]) == ("raise_channel", WHY, 1, 3)
    rows = customs.run_sql("SELECT details::text FROM ledger_entry WHERE action = 'declaration.raise_channel'")
    assert len(rows) == 1
    assert WHY not in rows[0][0]
    assert customs.run_sql("SELECT count(*) FROM core_outboxmessage WHERE kind = 'declaration.raise_channel'") == [(1,)]


def test_a_finding_of_the_system_raises_with_its_evidence(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    raise_channel(
        actor=PROGRAM, number=number, channel=2, reason=WHY, evidence={"line": 1, "codes": ["08081000"]}, at=at
    )
    assert channel_of(customs, number) == 2
    assert events_of(number)[-1].data["evidence"] == {"line": 1, "codes": ["08081000"]}


def test_a_program_never_lowers_neither_first_nor_second(customs: World) -> None:
    """Who proposes and who signs are people; a program in either place is refused, whatever it calls itself."""
    at = now()
    number = lodged(customs, at, channel=3)
    leader, officer = customs.actor("team_leader"), customs.actor("clearance_officer")
    for name in ("similar_goods", "clearance", "risk", "team_leader"):
        with pytest.raises(NotAllowed):
            propose_lower_channel(actor=system_actor(name), number=number, channel=1, reason=WHY, at=at)
    propose_lower_channel(actor=officer, number=number, channel=1, reason=WHY, at=at)
    with pytest.raises(NotAllowed):
        lower_channel(actor=PROGRAM, number=number, at=at)
    with pytest.raises(Refused) as refusal:
        raise_channel(actor=PROGRAM, number=number, channel=1, reason=WHY, at=at)
    assert codes(refusal) == [Code.TQ_CTL_050]
    with pytest.raises(NotAllowed):
        take_step(actor=PROGRAM, number=number, step=Step.LOWER_CHANNEL, at=at, channel=1)
    assert channel_of(customs, number) == 3
    lower_channel(actor=leader, number=number, at=at)
    assert channel_of(customs, number) == 1


def test_lowering_takes_two_people_and_is_always_reported(customs: World) -> None:
    at = now()
    number = lodged(customs, at, channel=3)
    officer, leader = customs.actor("clearance_officer"), customs.actor("team_leader")
    propose_lower_channel(actor=officer, number=number, channel=2, reason=WHY, at=at)
    assert channel_of(customs, number) == 3
    assert open_proposal(customs.actor("team_leader"), number) is not None
    lower_channel(actor=leader, number=number, note="Đã đối chiếu hồ sơ gốc", at=at)
    assert channel_of(customs, number) == 2
    (told,) = customs.run_sql("SELECT payload FROM core_outboxmessage WHERE kind = 'channel.lowered'")
    payload = msgspec.json.decode(bytes(told[0]))
    assert (payload["before"], payload["after"]) == (3, 2)
    assert (payload["proposed_by"], payload["signed_by"]) == (officer.reference, leader.reference)
    (row,) = lowered_channels(customs.actor("internal_control"))
    assert (row.number, row.before, row.after, row.reason, row.note) == (number, 3, 2, WHY, "Đã đối chiếu hồ sơ gốc")
    assert (row.proposed_by, row.signed_by) == (officer.name, leader.name)


def test_the_same_person_cannot_sign_and_a_proposal_must_be_there(customs: World) -> None:
    at = now()
    number, leader = lodged(customs, at, channel=3), customs.actor("team_leader")
    with pytest.raises(Refused) as nothing:
        lower_channel(actor=leader, number=number, at=at)
    assert codes(nothing) == [Code.TQ_CTL_053]
    propose_lower_channel(actor=leader, number=number, channel=2, reason=WHY, at=at)
    with pytest.raises(Refused) as alone:
        lower_channel(actor=leader, number=number, at=at)
    assert codes(alone) == [Code.TQ_CTL_054]
    assert channel_of(customs, number) == 3
    assert customs.run_sql("SELECT count(*) FROM core_outboxmessage WHERE kind = 'channel.lowered'") == [(0,)]


def test_the_second_person_refuses_with_a_reason_and_the_proposer_is_told(customs: World) -> None:
    at = now()
    number = lodged(customs, at, channel=3)
    officer, leader = customs.actor("clearance_officer"), customs.actor("team_leader")

    def told(actor: Actor, reason: str) -> list[Code]:
        with pytest.raises(Refused) as refusal:
            reject_lower_channel(actor=actor, number=number, reason=reason, at=at)
        return codes(refusal)

    assert told(leader, "Chưa đủ căn cứ") == [Code.TQ_CTL_053]
    propose_lower_channel(actor=officer, number=number, channel=1, reason=WHY, at=at)
    assert told(leader, " ") == [Code.TQ_CTL_051]
    with pytest.raises(NotAllowed):
        reject_lower_channel(actor=officer, number=number, reason="Rút lại", at=at)
    reject_lower_channel(actor=leader, number=number, reason="Chưa đủ căn cứ", at=at)

    assert (channel_of(customs, number), open_proposal(officer, number)) == (3, None)
    rejected = rejected_proposal(officer, number)
    assert rejected is not None
    assert (rejected.rejected_by, rejected.note) == (leader.name, "Chưa đủ căn cứ")
    assert lowered_channels(customs.actor("internal_control")) == []
    ledger = customs.run_sql("SELECT count(*) FROM ledger_entry WHERE action = 'declaration.reject_lower_channel'")
    assert ledger == [(1,)]
    assert events_of(number)[-1].reason == "Chưa đủ căn cứ"
    notices = customs.run_sql("SELECT reader, kind FROM notices_notice")
    assert notices == [(officer.reference, "control.lower_channel_rejected")]
    assert told(leader, "Lần nữa") == [Code.TQ_CTL_053]
    propose_lower_channel(actor=officer, number=number, channel=2, reason=WHY, at=at)
    assert rejected_proposal(officer, number) is None
    lower_channel(actor=leader, number=number, at=at)


def test_nobody_refuses_their_own_proposal_instead_of_another(customs: World) -> None:
    at = now()
    number, leader = lodged(customs, at, channel=2), customs.actor("team_leader")
    propose_lower_channel(actor=leader, number=number, channel=1, reason=WHY, at=at)
    with pytest.raises(Refused) as refusal:
        reject_lower_channel(actor=leader, number=number, reason="Không", at=at)
    assert codes(refusal) == [Code.TQ_CTL_054]


def test_a_proposal_lapses_when_the_channel_is_raised_or_another_is_made(customs: World) -> None:
    at = now()
    number = lodged(customs, at, channel=2)
    officer, leader = customs.actor("clearance_officer"), customs.actor("team_leader")
    propose_lower_channel(actor=officer, number=number, channel=1, reason=WHY, at=at)
    raise_channel(actor=PROGRAM, number=number, channel=3, reason=WHY, at=at)
    with pytest.raises(Refused) as refusal:
        lower_channel(actor=leader, number=number, at=at)
    assert codes(refusal) == [Code.TQ_CTL_053]
    propose_lower_channel(actor=officer, number=number, channel=1, reason=WHY, at=at)
    propose_lower_channel(actor=officer, number=number, channel=2, reason=WHY, at=at)
    lower_channel(actor=leader, number=number, at=at)
    assert channel_of(customs, number) == 2


@pytest.mark.parametrize("channel", [0, 1, 2, 4])
def test_up_is_up_and_down_is_down(customs: World, channel: int) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = lodged(customs, at, channel=2)
    with pytest.raises(Refused) as refusal:
        raise_channel(actor=officer, number=number, channel=channel, reason=WHY, at=at)
    assert codes(refusal) == [Code.TQ_CTL_050]
    if channel != 1:
        with pytest.raises(Refused) as down:
            propose_lower_channel(actor=officer, number=number, channel=channel or 5, reason=WHY, at=at)
        assert codes(down) == [Code.TQ_CTL_050]


def test_no_change_without_a_reason_nor_after_the_goods_were_presented(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = lodged(customs, at, channel=2)
    with pytest.raises(Refused) as silent:
        raise_channel(actor=officer, number=number, channel=3, reason="  ", at=at)
    assert codes(silent) == [Code.TQ_CTL_051]
    take_step(actor=customs.actor("declarant"), number=number, step=Step.PRESENT_GOODS, at=at)
    for change in (raise_channel, propose_lower_channel):
        with pytest.raises(Refused) as late:
            change(actor=officer, number=number, channel=3 if change is raise_channel else 1, reason=WHY, at=at)
        assert codes(late) == [Code.TQ_CTL_052]


def test_a_stranger_sees_nothing_and_a_trader_changes_nothing(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    with pytest.raises(NotFound):
        raise_channel(actor=customs.actor("partner_agency"), number=number, channel=3, reason=WHY, at=at)
    for role in ("declarant", "gate_officer", "director"):
        with pytest.raises(NotAllowed):
            raise_channel(actor=customs.actor(role), number=number, channel=3, reason=WHY, at=at)


def test_a_neighbor_of_another_office_is_told_that_there_is_nothing(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    for change in (raise_channel, propose_lower_channel):
        with pytest.raises(NotFound):
            change(actor=_of_office(customs, "20BB"), number=number, channel=3, reason=WHY, at=at)
    with pytest.raises(NotFound):
        lower_channel(actor=_of_office(customs, "20BB"), number=number, at=at)
    with pytest.raises(NotFound):
        reject_lower_channel(actor=_of_office(customs, "20BB"), number=number, reason=WHY, at=at)
    assert lowered_channels(_of_office(customs, "20BB")) == []


def _of_office(customs: World, office: str) -> Actor:
    """A team leader who is also a clearance officer, of another office."""
    leader = customs.actor("team_leader")
    holdings = frozenset({("team_leader", office), ("clearance_officer", office), ("internal_control", office)})
    return Actor(
        user_id=leader.user_id,
        reference=leader.reference,
        roles=frozenset(role for role, _ in holdings),
        offices=frozenset({office}),
        holdings=holdings,
        is_authenticated=True,
        mfa=True,
    )


def test_the_report_lists_the_latest_first(customs: World) -> None:
    at = now()
    officer, leader = customs.actor("clearance_officer"), customs.actor("team_leader")
    numbers = [lodged(customs, at, channel=3, document=plain(invoice=f"GX-{place}")) for place in range(2)]
    moments: list[datetime] = [at, at + timedelta(minutes=5)]
    for number, moment in zip(numbers, moments, strict=True):
        propose_lower_channel(actor=officer, number=number, channel=1, reason=WHY, at=moment)
        lower_channel(actor=leader, number=number, at=moment)
    assert [row.number for row in lowered_channels(customs.actor("director"))] == numbers[::-1]
    assert lowered_channels(officer) == []
