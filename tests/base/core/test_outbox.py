"""The outbox: nothing is skipped, order is kept, a bad message does not stop the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection, transaction

from tests.base.ledger.shared import wait_until_settled
from thongquan.base.core.models import DeadLetter, OutboxCursor, OutboxMessage
from thongquan.base.core.outbox import Message, Subscription, announce, pass_by, relay, with_news

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


class Listener:
    """A handler that remembers, and fails on subjects it was told to."""

    def __init__(self, *poison: str) -> None:
        self.heard: list[str] = []
        self.poison = set(poison)

    def __call__(self, messages: Sequence[Message]) -> None:
        for message in messages:
            if message.subject in self.poison:
                raise ValueError(message.subject)
        self.heard += [message.subject for message in messages]

    def subscription(self, *kinds: str) -> Subscription:
        return Subscription("test", frozenset(kinds or {"declaration.lodged"}), self)


def say(*subjects: str, kind: str = "declaration.lodged", settle: bool = True) -> None:
    for subject in subjects:
        with transaction.atomic():
            announce(kind=kind, subject=subject, payload={}, at=AT)
    if settle:
        wait_until_settled()


def other_connection() -> psycopg.Connection[tuple[object, ...]]:
    settings = connection.settings_dict
    return psycopg.connect(host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"])


def test_messages_are_heard_once_and_in_order() -> None:
    listener = Listener()
    say("a", "b", "c")
    assert relay(listener.subscription(), at=AT) == 3
    assert relay(listener.subscription(), at=AT) == 0
    assert listener.heard == ["a", "b", "c"]


def test_other_kinds_are_passed_over_and_not_read_again() -> None:
    listener = Listener()
    say("a", kind="something.else")
    assert relay(listener.subscription(), at=AT) == 1
    assert relay(listener.subscription(), at=AT) == 0
    assert listener.heard == []


def test_a_message_of_a_late_commit_is_not_skipped() -> None:
    """An identity taken before, committed after: the reader waits for it instead of passing it by."""
    listener = Listener()
    with other_connection() as late:
        late.execute(
            "INSERT INTO core_outboxmessage (kind, subject, payload, at) VALUES ('declaration.lodged', 'late', '', now())"
        )
        say("early", settle=False)
        relay(listener.subscription(), at=AT)
        assert listener.heard == []
        late.commit()
    wait_until_settled()
    relay(listener.subscription(), at=AT)
    assert listener.heard == ["late", "early"]


def test_a_rolled_back_change_tells_nobody() -> None:
    listener = Listener()

    def fail() -> None:
        with transaction.atomic():
            announce(kind="declaration.lodged", subject="never", payload={}, at=AT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    say("a")
    relay(listener.subscription(), at=AT)
    assert listener.heard == ["a"]


def test_a_bad_message_is_put_aside_and_the_rest_goes_on() -> None:
    listener = Listener("b")
    say("a", "b", "c")
    relay(listener.subscription(), at=AT)
    assert listener.heard == ["a", "c"]
    (letter,) = DeadLetter.objects.all()
    assert "b" in letter.error
    assert relay(listener.subscription(), at=AT) == 0


def test_one_consumer_is_served_by_one_process_at_a_time() -> None:
    listener = Listener()
    say("a")
    OutboxCursor.objects.create(consumer="test", moved_at=AT)
    with other_connection() as rival:
        rival.execute("SELECT 1 FROM core_outboxcursor WHERE consumer = 'test' FOR UPDATE")
        assert relay(listener.subscription(), at=AT) == 0
    assert relay(listener.subscription(), at=AT) == 1


def test_a_batch_ends_where_it_was_told() -> None:
    listener = Listener()
    say(*"abcde")
    assert [relay(listener.subscription(), at=AT, batch=2) for _ in range(4)] == [2, 2, 1, 0]
    assert listener.heard == list("abcde")
    assert OutboxMessage.objects.count() == 5


def test_only_consumers_with_something_new_are_asked() -> None:
    listener = Listener()
    subscription = listener.subscription()
    assert with_news([subscription]) == [subscription], "one that never listened has everything before it"
    say("a", kind="something.else")
    relay(subscription, at=AT)
    assert with_news([subscription]) == []
    say("b")
    assert with_news([subscription]) == [subscription]
    relay(subscription, at=AT)
    assert (with_news([subscription]), listener.heard) == ([], ["b"])


def test_who_wants_nothing_of_it_passes_by_and_who_does_still_hears() -> None:
    listener, deaf = Listener(), Listener()
    wants = listener.subscription()
    other = Subscription("other", frozenset({"something.else"}), deaf)
    for subscription in (wants, other):
        relay(subscription, at=AT)
    say("a", "b")
    pass_by([wants, other], at=AT)
    assert with_news([wants, other]) == [wants]
    say("c", kind="something.else")
    relay(wants, at=AT)
    relay(other, at=AT)
    assert (listener.heard, deaf.heard) == (["a", "b"], ["c"])


def test_nobody_passes_by_what_is_not_settled_or_what_another_process_is_at() -> None:
    subscription = Subscription("test", frozenset({"something.else"}), Listener())
    relay(subscription, at=AT)
    with other_connection() as other:
        other.execute("SELECT pg_current_xact_id()")
        say("late", settle=False)
        pass_by([subscription], at=AT)
        assert OutboxCursor.objects.get(consumer="test").message == 0
    wait_until_settled()
    with other_connection() as other:
        other.execute("SELECT FROM core_outboxcursor WHERE consumer = 'test' FOR UPDATE")
        pass_by([subscription], at=AT)
        assert OutboxCursor.objects.get(consumer="test").message == 0
    pass_by([subscription], at=AT)
    assert OutboxCursor.objects.get(consumer="test").message > 0
