"""What a verification comes to for the declarations that used the certificate."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.clearance.origin.papers import one_line, registered
from tests.clearance.origin.test_operations import PROGRAM, take
from tests.clearance.origin.verification.cases import ended, opened, used
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.outbox import Message
from thongquan.clearance.declarations.operations.correcting import confirm_correction, reject_correction
from thongquan.clearance.declarations.queries import document_in_force, events_of, stand_of, waiting_on
from thongquan.clearance.declarations.verified import VERIFIED, follow_verifications
from thongquan.clearance.origin.operations import note_consequence, use_items
from thongquan.clearance.origin.queries import certificate_file, verification_file
from thongquan.clearance.origin.queries.statistics import outcome_facts
from thongquan.clearance.origin.queries.verification_values import FollowedFrom
from thongquan.config.subscriptions import SUBSCRIPTIONS


def told(customs: World) -> list[Message]:
    """The messages of closed cases, as the relay hands them over."""
    rows = customs.run_sql(
        "SELECT id, xid::text::bigint, kind, subject, payload, at FROM core_outboxmessage WHERE kind = "
        "'origin.verification.closed' ORDER BY id"
    )
    return [Message(row[0], row[1], row[2], row[3], bytes(row[4]), row[5]) for row in rows]


def followed(customs: World, case: int) -> tuple[FollowedFrom, ...]:
    return verification_file(actor=customs.actor("clearance_officer"), verification=case, at=now()).followed


def test_the_table_of_listeners_starts_it() -> None:
    assert any(one.kinds == VERIFIED and one.handler is follow_verifications for one in SUBSCRIPTIONS)


def test_a_refused_certificate_withdraws_the_preference_with_a_second_signature(customs: World) -> None:
    key, number = used(customs)
    before = stand_of(actor=customs.actor("clearance_officer"), number=number)
    case = opened(customs, key)
    ended(customs, case, "not_genuine", "refused")
    follow_verifications(told(customs))
    (what,) = followed(customs, case)
    assert what.what == "proposed"
    assert int(what.details["difference_vnd"]) > 0
    waits = waiting_on(number)["correction"]
    assert waits.by == "system:origin"
    assert "XM-" in waits.reason
    assert [line.schedule for line in document_in_force(number).lines] == ["B05"] * 5
    amended = confirm_correction(actor=customs.actor("team_leader"), number=number, at=now())
    now_says = document_in_force(amended.number)
    assert {(line.schedule, line.certificate) for line in now_says.lines} == {("B01", None)}
    after = stand_of(actor=customs.actor("clearance_officer"), number=amended.number)
    assert int(after.due_vnd - before.due_vnd) == int(what.details["difference_vnd"])
    file = certificate_file(actor=customs.actor("clearance_officer"), certificate=key)
    assert {one.used for one in file.balance} == {0}


def test_a_second_delivery_changes_nothing(customs: World) -> None:
    key, number = used(customs)
    case = opened(customs, key)
    ended(customs, case, "not_genuine", "refused")
    messages = told(customs)
    follow_verifications(messages)
    once = (followed(customs, case), [one.kind for one in events_of(number)], waiting_on(number))
    follow_verifications([*messages, *messages])
    assert (followed(customs, case), [one.kind for one in events_of(number)], waiting_on(number)) == once
    reject_correction(actor=customs.actor("team_leader"), number=number, reason="Chưa đúng", at=now())
    follow_verifications(messages)
    assert waiting_on(number) == {}


def test_an_accepted_certificate_leaves_the_preference_as_it_is(customs: World) -> None:
    key, number = used(customs)
    case = opened(customs, key)
    ended(customs, case, "genuine", "accepted")
    follow_verifications(told(customs))
    assert [one.what for one in followed(customs, case)] == ["stands"]
    assert waiting_on(number) == {}


def test_only_the_refused_lines_lose_it(customs: World) -> None:
    key, number = used(customs)
    case = opened(customs, key)
    ended(customs, case, "partly", "partly", lines={key: [2, 3]})
    follow_verifications(told(customs))
    confirmed = confirm_correction(actor=customs.actor("team_leader"), number=number, at=now())
    says = {line.number: line.schedule for line in document_in_force(confirmed.number).lines}
    assert says == {1: "B05", 2: "B01", 3: "B01", 4: "B05", 5: "B05"}


def test_a_cleared_declaration_is_assessed_anew_and_what_cannot_be_proposed_is_told(customs: World) -> None:
    key, number = used(customs)
    customs.run_sql("UPDATE declarations_declaration SET state = 'cleared'")
    case = opened(customs, key)
    ended(customs, case, "criterion", "refused")
    follow_verifications(told(customs))
    amended = confirm_correction(actor=customs.actor("team_leader"), number=number, at=now())
    assert amended.state == "amended_after"

    other = registered(customs, one_line("9", number="QQ-1"))
    use_items(actor=PROGRAM, subject="declaration:999999999990", takes=[take(other, "1")], at=now())
    second = opened(customs, other)
    ended(customs, second, "not_genuine", "refused")
    follow_verifications(told(customs))
    assert [one.what for one in followed(customs, second)] == ["not_possible"]


def test_the_facts_of_an_issuer_are_those_of_before(customs: World) -> None:
    start = now()
    key, _number = used(customs)
    over = ended(customs, opened(customs, key), "not_genuine", "refused")
    exporter = "Guangxi Pingxiang Trading Co., Ltd."
    known = outcome_facts(issuer="GX", exporter=exporter, before=over + timedelta(seconds=1))
    assert (known.issuer.part, known.issuer.of, known.exporter.of) == (1, 1, 1)
    assert outcome_facts(issuer="GX", exporter=exporter, before=start).issuer.of == 0


def test_only_the_program_writes_what_followed(customs: World) -> None:
    with pytest.raises(NotAllowed):
        note_consequence(
            actor=customs.actor("team_leader"),
            verification=opened(customs),
            subject="declaration:1",
            what="stands",
            at=now(),
            details={},
        )
