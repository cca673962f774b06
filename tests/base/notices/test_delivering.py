"""Webhooks against a real server: signed, at least once, tried again, given up, held, replayed."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from tests.base.notices.receiver import HOST, Names, network, receiving
from tests.base.notices.trade import CLEARED, OTHER, OWNER, Trade, event, queued, the_endpoint, tried
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.notices import states
from thongquan.base.notices.models import Attempt, Delivery, Endpoint, Notice
from thongquan.base.notices.operations import (
    delete_endpoint,
    pause_endpoint,
    replay_delivery,
    replay_since,
    resume_endpoint,
    rotate_secret,
    send_events,
    send_test,
)

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=6)


def test_a_delivery_is_signed_and_a_tampered_one_is_refused_by_the_library(trade: Trade) -> None:
    with receiving() as receiver:
        secret = trade.webhook(receiver.url()).secret
        queued()
        assert tried()
        assert not tried()
    (request,) = receiver.requests
    body = Webhook(secret).verify(request.body, request.headers)
    assert body["id"] == request.headers["webhook-id"] == "msg_1"
    assert {name: body[name] for name in ("kind", "number", "state", "enterprise")} == {
        "kind": CLEARED,
        "number": "101234567890",
        "state": "cleared",
        "enterprise": OWNER,
    }
    assert set(body) == {"id", "kind", "at", "number", "state", "enterprise", "url"}
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(request.body.replace(b"cleared", b"expired"), request.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(request.body, {**request.headers, "webhook-id": "msg_2"})
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries) == ("delivered", 1)
    attempt = Attempt.objects.get()
    assert (attempt.status, attempt.fault, attempt.excerpt) == (200, "", "thanks")


def test_500_then_200_is_the_same_message_twice_and_then_done(trade: Trade) -> None:
    with receiving() as receiver:
        receiver.answers = [(500, {}, b"oops"), (200, {}, b"")]
        trade.webhook(receiver.url())
        queued()
        assert tried()
        failed = Delivery.objects.get()
        assert (failed.state, failed.tries) == ("waiting", 1)
        assert timedelta(seconds=2) < failed.next_at - failed.attempts.get().at <= timedelta(seconds=5)
        assert not tried()  # not yet
        assert the_endpoint().failing_since is not None
        assert tried(at=failed.next_at)
    first, second = receiver.requests
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert Delivery.objects.get().state == "delivered"
    assert the_endpoint().failing_since is None
    assert list(Attempt.objects.order_by("id").values_list("status", "fault")) == [(500, "TQ-NOT-009"), (200, "")]


def test_a_redirect_to_a_private_address_is_a_failure_of_its_own(trade: Trade) -> None:
    with receiving() as inside, receiving() as receiver:
        receiver.answers = [(307, {"Location": f"http://127.0.0.1:{inside.port}/"}, b"")]
        trade.webhook(receiver.url())
        queued()
        assert tried()
        assert inside.requests == []
    assert Attempt.objects.values_list("status", "fault").get() == (307, "TQ-NOT-006")


def test_a_name_that_turns_private_later_is_not_called(trade: Trade) -> None:
    """At making it led outside; at delivery it leads to this machine's network."""
    with receiving() as receiver:
        trade.webhook(receiver.url())
        queued()
        assert tried(net=network(Names({HOST: [["192.168.0.7"]]})))
        assert receiver.requests == []
    assert Attempt.objects.values_list("status", "fault", "detail").get() == (None, "TQ-NOT-002", "192.168.0.7")


def test_a_slow_server_is_noted_and_others_are_served_meanwhile(trade: Trade) -> None:
    waiting = threading.Event()
    with receiving() as slow, receiving() as quick:
        slow.hold = lambda: waiting.wait(5)
        trade.webhook(slow.url())
        trade.webhook(quick.url())
        send_events([event("msg_1"), event("msg_2")])
        net = network(seconds=0.2)
        while tried(net=net):
            pass
        waiting.set()
        assert len(quick.requests) == 2
    assert set(Attempt.objects.filter(delivery__endpoint__url=slow.url()).values_list("fault", flat=True)) == {
        "TQ-NOT-007"
    }


def test_one_webhook_is_in_one_hand_and_a_dead_hand_lets_go(trade: Trade) -> None:
    with receiving() as receiver:
        trade.webhook(receiver.url())
        queued("msg_1")
        Endpoint.objects.update(taken_at=now())
        assert not tried()
        assert tried(at=now() + states.STALE + timedelta(seconds=1))


def test_given_up_after_a_day_of_tries(trade: Trade) -> None:
    with receiving() as receiver:
        receiver.answers = [(503, {}, b"")]
        trade.webhook(receiver.url())
        delivery = queued()
        while delivery.state == "waiting":
            assert tried(at=delivery.next_at)
            delivery.refresh_from_db()
    assert delivery.state == "given_up"
    assert delivery.done_at is not None
    assert delivery.done_at - delivery.since <= timedelta(days=1)
    assert 8 <= delivery.tries <= 20
    assert the_endpoint().state == "active"  # one day is not enough


def test_switched_off_after_days_of_failures_and_its_people_are_told(trade: Trade) -> None:
    with receiving() as receiver:
        receiver.answers = [(503, {}, b"")]
        trade.webhook(receiver.url())
        queued()
        Endpoint.objects.update(failing_since=now() - states.DISABLE_AFTER)
        queued("msg_2")
        assert tried()
    assert the_endpoint().state == "disabled"
    assert set(Delivery.objects.values_list("state", flat=True)) == {"held"}
    readers = set(Notice.objects.filter(kind="webhook.disabled").values_list("reader", flat=True))
    assert readers == {f"user:{trade.owner.pk}", f"user:{trade.colleague.pk}"}


def test_gone_means_gone(trade: Trade) -> None:
    with receiving() as receiver:
        receiver.answers = [(410, {}, b"")]
        trade.webhook(receiver.url())
        queued()
        assert tried()
    assert the_endpoint().state == "disabled"


def test_paused_holds_and_resumed_sends(trade: Trade) -> None:
    with receiving() as receiver:
        made = trade.webhook(receiver.url())
        queued("msg_1")
        pause_endpoint(actor=trade.actor(), endpoint=made.endpoint, at=now())
        queued("msg_2")
        assert not tried()
        assert set(Delivery.objects.values_list("state", flat=True)) == {"held"}
        with pytest.raises(Refused, match="TQ-NOT-010"):
            replay_since(actor=trade.actor(), endpoint=made.endpoint, since=now(), at=now())
        resume_endpoint(actor=trade.actor(), endpoint=made.endpoint, at=now())
        with pytest.raises(Refused, match="TQ-NOT-010"):
            resume_endpoint(actor=trade.actor(), endpoint=made.endpoint, at=now())
        assert tried()
        assert tried()
        delete_endpoint(actor=trade.actor(), endpoint=made.endpoint, at=now())
        assert send_events([event("msg_3")]) == 0
    assert {one.headers["webhook-id"] for one in receiver.requests} == {"msg_1", "msg_2"}


def test_replay_sends_the_same_id_and_body_again(trade: Trade) -> None:
    with receiving() as receiver:
        made = trade.webhook(receiver.url())
        delivery = queued()
        assert tried()
        replay_delivery(actor=trade.actor(), endpoint=made.endpoint, delivery=delivery.pk, at=now())
        assert tried()
    first, second = receiver.requests
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)
    assert Attempt.objects.count() == 2


def test_replay_since_a_moment_takes_what_happened_since(trade: Trade) -> None:
    with receiving() as receiver:
        made = trade.webhook(receiver.url())
        Endpoint.objects.update(made_at=now() - timedelta(days=40))
        for days in (3, 2, 1):
            queued(f"msg_{days}", at=now() - timedelta(days=days))
            assert tried()
        since = now() - timedelta(days=2, hours=1)
        assert replay_since(actor=trade.actor(), endpoint=made.endpoint, since=since, at=now()) == 2
        assert tried()
        assert tried()
        assert not tried()
        for bad in (now() - states.KEPT - timedelta(days=1), now() + timedelta(hours=1)):
            with pytest.raises(Refused, match="TQ-NOT-011"):
                replay_since(actor=trade.actor(), endpoint=made.endpoint, since=bad, at=now())
    assert [one.headers["webhook-id"] for one in receiver.requests] == ["msg_3", "msg_2", "msg_1", "msg_2", "msg_1"]


def test_after_a_rotation_both_secrets_verify_for_a_day_and_then_the_new_one_alone(trade: Trade) -> None:
    with receiving() as receiver:
        old = trade.webhook(receiver.url())
        new = rotate_secret(actor=trade.actor(), endpoint=old.endpoint, at=now())
        queued()
        assert tried()
        Endpoint.objects.update(old_secret_until=now())
        replay_delivery(actor=trade.actor(), endpoint=old.endpoint, delivery=Delivery.objects.get().pk, at=now())
        assert tried()
    during, after = receiver.requests
    assert old.secret != new.secret
    for secret in (old.secret, new.secret):
        Webhook(secret).verify(during.body, during.headers)
    Webhook(new.secret).verify(after.body, after.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(old.secret).verify(after.body, after.headers)


def test_a_secret_rests_encrypted(trade: Trade) -> None:
    secret = trade.webhook(f"http://{HOST}/").secret
    stored = the_endpoint().secret
    assert secret not in stored
    assert secret.removeprefix("whsec_") not in stored


def test_the_same_event_is_queued_once_and_only_for_its_owners_and_kinds(trade: Trade) -> None:
    trade.webhook(f"http://{HOST}/")
    send_events(
        [event(), event(), event("msg_2", kind="declaration.cancel"), event("msg_3", owners=frozenset({OTHER}))]
    )
    send_events([event()])
    assert list(Delivery.objects.values_list("message", flat=True)) == ["msg_1"]


def test_what_happened_before_a_webhook_was_made_is_not_its_business(trade: Trade) -> None:
    trade.webhook(f"http://{HOST}/")
    assert send_events([event(at=now() - timedelta(minutes=1))]) == 0


def test_a_try_out_is_sent_like_any_event(trade: Trade) -> None:
    with receiving() as receiver:
        made = trade.webhook(receiver.url())
        send_test(actor=trade.actor(), endpoint=made.endpoint, at=now())
        assert tried()
    assert json.loads(receiver.requests[0].body)["kind"] == "webhook.test"


def test_pauses_grow_fourfold_to_some_hours_and_are_spread() -> None:
    seconds = [states.pause_after(tries, 1.0).total_seconds() for tries in range(1, 9)]
    assert seconds == [5, 20, 80, 320, 1280, 5120, 14400, 14400]
    assert states.pause_after(3, 0.0) == states.pause_after(3, 1.0) / 2
    assert states.pause_after(10_000, 0.5) < states.LONGEST_PAUSE
