"""Who is told of what: declarants' side, officers' side, programs; once, and never why."""

from __future__ import annotations

from datetime import timedelta
from string import Formatter

import pytest

from tests.clearance.control.yard import lodged, officers
from tests.world import ENTERPRISE, World, import_document
from thongquan.base.accounts.models import Organization, User
from thongquan.base.accounts.operations import create_person, withdraw_mandate
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.outbox import Message, announce, relay
from thongquan.base.notices.kinds import event_kinds
from thongquan.base.notices.models import Delivery, Endpoint, Notice
from thongquan.base.notices.sealing import sealed
from thongquan.base.notices.words import words_of
from thongquan.clearance.declarations.operations import lodge_declaration, take_step
from thongquan.clearance.declarations.states import Step
from thongquan.config.notices import happenings, people, tell_people, tell_programs
from thongquan.config.notices.table import TABLE
from thongquan.config.notices.webhooks import WEBHOOK_KINDS
from thongquan.config.subscriptions import SUBSCRIPTIONS

TELLING = [one for one in SUBSCRIPTIONS if one.consumer.startswith("notices.")]
TO_TRADERS = {people.traders, people.enterprise, people.enterprise_if_lodged_by_others, people.broker_named}


def carried() -> None:
    while sum(relay(one, at=now()) for one in TELLING):
        pass


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("reader", flat=True))


def as_message(kind: str, subject: str = "declaration:101234567890", payload: bytes = b"{}") -> Message:
    return Message(id=1, xid=1, kind=kind, subject=subject, payload=payload, at=now())


def test_every_row_has_words_of_the_right_side_that_say_no_more_than_a_number() -> None:
    for row in TABLE:
        words = words_of(row.kind)
        assert words.side == ("trader" if row.to in TO_TRADERS else "customs"), row
        assert {name for _, name, _, _ in Formatter().parse(str(words.text)) if name} <= {"number"}, row


def test_kinds_of_webhooks_are_all_among_what_declarants_may_know() -> None:
    assert list(event_kinds()) == list(WEBHOOK_KINDS)
    hidden = {"declaration.report_check", "declaration.propose_lower_channel", "declaration.propose_correction"}
    assert not hidden & set(WEBHOOK_KINDS)


@pytest.fixture
def colleague(customs: World) -> User:
    """A second person of the demo enterprise."""
    place = Organization.objects.get(kind="enterprise", code=ENTERPRISE).pk
    made = create_person(
        actor=system_actor("tests"),
        email="second@example.vn",
        full_name="Người thứ hai",
        role="declarant",
        organization_id=place,
        at=now() - timedelta(days=1),
    )
    return User.objects.get(pk=made)


def test_a_story_tells_each_side_its_part_once_and_reasons_to_nobody(customs: World, colleague: User) -> None:
    at = now()
    broker, declarant = customs.actor("broker"), customs.actor("declarant")
    leader = customs.actor("team_leader")
    number = lodge_declaration(actor=broker, document=import_document(), at=at, source="api").number
    Endpoint.objects.create(
        owner=ENTERPRISE,
        url="https://hooks.example.com/",
        kinds=["declaration.lodged", "declaration.raise_channel"],
        secret=sealed("whsec_AAAA"),
        made_by=declarant.reference,
        made_at=at - timedelta(days=1),
        state_at=at,
    )
    carried()
    own = {declarant.reference, f"user:{colleague.pk}"}
    assert told("declaration.lodged") == own  # somebody else did it in their name
    (officer,) = officers(customs, at, count=1)
    customs.run_sql("UPDATE declarations_declaration SET assigned_to = %s, channel = 1", officer.reference)
    why = "Nghi vấn trị giá, theo tin của đội chống buôn lậu"
    take_step(actor=leader, number=number, step=Step.RAISE_CHANNEL, at=now(), reason=why, channel=2)
    take_step(actor=officer, number=number, step=Step.INSTRUCT, at=now(), reason=why)
    carried()
    side = own | {broker.reference}
    assert told("declaration.channel") == side
    assert told("declaration.instruct") == side
    assert told("work.channel") == {officer.reference}
    values = Notice.objects.values_list("values", flat=True)
    assert {key for one in values for key in one} == {"number"}
    assert all(why not in str(one) for one in values)
    sent = Delivery.objects.order_by("id")
    assert [one.kind for one in sent] == ["declaration.lodged", "declaration.raise_channel"]
    assert all(why not in bytes(one.body).decode() for one in sent)
    assert [one.message.split("_")[0] for one in sent] == ["msg", "msg"]

    before = Notice.objects.count(), Delivery.objects.count()
    customs.run_sql("UPDATE core_outboxcursor SET xid = '0', message = 0 WHERE consumer LIKE 'notices.%%'")
    carried()  # everything a second time
    assert (Notice.objects.count(), Delivery.objects.count()) == before


def test_a_neighbor_and_a_broker_without_mandate_are_told_nothing(customs: World) -> None:
    at = now()
    broker, declarant = customs.actor("broker"), customs.actor("declarant")
    number = lodge_declaration(actor=broker, document=import_document(), at=at, source="api").number
    code = next(iter(customs.run_sql("SELECT code FROM accounts_organization WHERE kind = 'broker'")))[0]
    withdraw_mandate(actor=declarant, enterprise=ENTERPRISE, broker=code, at=now())
    take_step(actor=customs.actor("clearance_officer"), number=number, step=Step.INSTRUCT, at=now(), reason="x")
    carried()
    assert told("accounts.mandate_withdrawn") == {broker.reference}
    assert told("declaration.instruct") == {declarant.reference}


def test_nobody_is_told_of_what_they_did_themselves(customs: World, colleague: User) -> None:
    declarant = customs.actor("declarant")
    number = lodged(customs, now())
    take_step(actor=declarant, number=number, step=Step.REQUEST_CANCEL, at=now(), reason="x")
    carried()
    assert told("declaration.lodged") == set()  # colleagues see their own work in the list
    assert told("work.request") == {customs.actor("team_leader").reference}  # nobody is in charge yet
    assert declarant.reference not in told("work.request")


def test_the_two_who_inspect_are_told_and_the_declarant_learns_no_name(customs: World) -> None:
    at = now()
    first, second = officers(customs, at, count=2)
    number = lodged(customs, at)
    data = {"officers": [first.reference, second.reference]}
    take_step(actor=customs.actor("team_leader"), number=number, step=Step.ASSIGN_INSPECTION, at=now(), data=data)
    carried()
    assert told("work.inspection") == {first.reference, second.reference}
    assert told("declaration.assign_inspection") == {customs.actor("declarant").reference}


def test_money_violations_and_claims_find_their_people(customs: World) -> None:
    at = now()
    declarant, leader = customs.actor("declarant").reference, customs.actor("team_leader").reference
    subject = f"declaration:{lodged(customs, at)}"
    told_by = {"subject": subject, "office": "15BB", "tax_code": ENTERPRISE, "actor": "user:0"}
    announce(kind="liability.reopened", subject=subject, payload={"office": "15BB"}, at=at)
    announce(kind="violation.decided", subject="violation:7", payload=told_by, at=at)
    announce(kind="violation.proposed", subject="violation:7", payload=told_by, at=at)
    announce(kind="refund.proposed", subject=subject, payload={"claim": "H26-1", "office": "15BB"}, at=at)
    announce(kind="liability.settled", subject=subject, payload={"claim": "H26-1", "action": "refund.approved"}, at=at)
    announce(kind="liability.settled", subject=subject, payload={"action": "revenue.paid"}, at=at)
    announce(kind="exemption.registered", subject="exemption:M1", payload=told_by, at=at)
    announce(kind="guarantee.accepted", subject="guarantee:G1", payload={**told_by, "number": "G1"}, at=at)
    announce(kind="audit.object", subject="audit:3", payload={"about": subject, "office": "15BB"}, at=at)
    carried()
    for kind in ("liability.reopened", "violation.decided", "claim.decided", "exemption.decided", "guarantee.decided"):
        assert told(kind) == {declarant}, kind
        assert Notice.objects.filter(kind=kind).count() == 1
    assert told("work.violation") == told("work.claim_sign") == {leader}
    assert told("work.audit") == {customs.actor("auditor").reference}
    assert Notice.objects.get(kind="claim.decided").subject == "claim:H26-1"
    assert Notice.objects.get(kind="violation.decided").subject == "violation:7"


def test_a_message_about_nothing_known_tells_nobody(customs: World) -> None:
    messages = [as_message("declaration.clear"), as_message("violation.decided", "violation:1")]
    tell_people(messages)
    tell_programs(messages)
    assert not Notice.objects.exists()
    (one, _other) = happenings.happenings_of(messages)
    assert (one.about, one.tax_code, one.number) == (None, "", "101234567890")
