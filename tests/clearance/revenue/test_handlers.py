"""What lodging, release, cancellation and penalties mean for money; every message may come twice."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from tests.clearance.revenue.money import OFFICE, PROGRAM, available, guarantee, lodged
from tests.world import ENTERPRISE, World, as_json, import_document
from thongquan.base.core.clock import now
from thongquan.base.core.outbox import Message, relay
from thongquan.clearance.revenue.handlers import LODGED, PENALTIES, STEPS, follow_steps, post_lodged, post_penalties
from thongquan.clearance.revenue.models import Debt, JournalEntry
from thongquan.clearance.revenue.operations import guarantee_liability
from thongquan.clearance.revenue.queries import balance_of
from thongquan.config.subscriptions import SUBSCRIPTIONS


def message(kind: str, subject: str, *, number: int = 1, **payload: object) -> Message:
    return Message(number, 1, kind, subject, msgspec.json.encode(payload), now())


def test_what_was_lodged_over_http_comes_into_the_books(customs: World) -> None:
    answer = customs.api("declarant").post(
        "/api/v1/declarations/", as_json(import_document()), content_type="application/json"
    )
    lodged_vnd, subject = answer.json()["due_vnd"], f"declaration:{answer.json()['number']}"
    before = balance_of(subject)
    for _again in range(2):
        for subscription in SUBSCRIPTIONS:
            relay(subscription, at=now())
    balance = balance_of(subject)
    assert str(balance.open_vnd) == str(before.open_vnd) == lodged_vnd
    assert Debt.objects.get(subject=subject).office == OFFICE
    assert JournalEntry.objects.filter(subject=subject).count() == 1


def test_every_kind_is_listened_to(customs: World) -> None:
    wired = {subscription.consumer: subscription.kinds for subscription in SUBSCRIPTIONS}
    assert wired["revenue.lodged"] == LODGED
    assert wired["revenue.steps"] == STEPS
    assert wired["revenue.penalties"] == PENALTIES


def test_lodged_twice_is_posted_once(customs: World) -> None:
    subject = lodged(booked=False)
    told = message("declaration.lodged", subject, office=OFFICE)
    post_lodged([told, told])
    post_lodged([told])
    assert JournalEntry.objects.filter(subject=subject).count() == 1


def test_the_first_release_starts_the_deadlines(customs: World) -> None:
    subject = lodged()
    assert balance_of(subject).due_on is None
    first = message("declaration.release", subject)
    later = msgspec.structs.replace(message("declaration.clear", subject), at=first.at + timedelta(days=3))
    follow_steps([first, later, first])
    debt = Debt.objects.get(subject=subject)
    assert debt.released_on == balance_of(subject).due_on
    assert debt.released_on is not None
    assert abs((debt.released_on - first.at.date()).days) <= 1


def test_a_cancelled_declaration_gives_its_guarantee_back(customs: World) -> None:
    for kind in ("declaration.cancel", "declaration.expire"):
        subject, name = lodged(), guarantee(customs.actor("team_leader"), limit=5_000_000)
        guarantee_liability(actor=PROGRAM, subject=subject, guarantee_number=name, at=now())
        for _again in range(2):
            follow_steps([message(kind, subject)])
        assert (balance_of(subject).open_vnd, available(name)) == (0, 5_000_000)


def test_a_fine_is_posted_and_taken_back_once(customs: World) -> None:
    fine = {"tax_code": ENTERPRISE, "office": OFFICE, "fine_vnd": "2000000"}
    decided = message("violation.decided", "violation:7", number=5, **fine)
    annulled = message("violation.annulled", "violation:7", number=6, **fine)
    post_penalties([decided, decided])
    assert balance_of("violation:7").open_vnd == 2_000_000
    post_penalties([annulled, annulled])
    assert balance_of("violation:7").open_vnd == 0
    post_penalties([message("violation.decided", "violation:8", **{**fine, "fine_vnd": "0"})])
    assert not Debt.objects.filter(subject="violation:8").exists()
