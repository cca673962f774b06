"""Looking after webhooks: what is refused, all at once, and to whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.base.accounts.people import acting, person
from tests.base.notices.receiver import HOST, network
from tests.base.notices.trade import BROKER, CLEARED, OTHER, OWNER, Trade, queued, the_endpoint
from thongquan.base.accounts.queries import ANONYMOUS, Actor, actor_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.ledger.models import Entry
from thongquan.base.notices.network import Network
from thongquan.base.notices.operations import (
    change_endpoint,
    create_endpoint,
    delete_endpoint,
    pause_endpoint,
    replay_delivery,
    replay_since,
    resume_endpoint,
    rotate_secret,
    send_test,
)

pytestmark = pytest.mark.django_db
URL = f"https://{HOST}/in"


def made_by(actor: Actor, owner: str = OWNER, **changes: object) -> int:
    given = {"url": URL, "kinds": [CLEARED], "network": Network(), **changes}
    return create_endpoint(actor=actor, owner=owner, at=now(), **given).endpoint  # type: ignore[arg-type]  # as given


def test_every_fault_is_told_at_once(trade: Trade) -> None:
    with pytest.raises(Refused) as refused:
        made_by(trade.actor(), url="https://10.0.0.1/", kinds=["nothing.known", CLEARED])
    assert [(fault.code, fault.path) for fault in refused.value.faults] == [
        ("TQ-NOT-002", "url"),
        ("TQ-NOT-004", "kinds"),
    ]
    with pytest.raises(Refused, match="TQ-NOT-004"):
        made_by(trade.actor(), kinds=[])
    with pytest.raises(Refused, match="TQ-NOT-001"):
        made_by(trade.actor(), url=f"http://{HOST}/")  # plain http outside practice on loopback


def test_five_and_no_more(trade: Trade) -> None:
    first, *_others = [made_by(trade.actor()) for _ in range(5)]
    with pytest.raises(Refused, match="TQ-NOT-005"):
        made_by(trade.actor())
    delete_endpoint(actor=trade.actor(), endpoint=first, at=now())
    made_by(trade.actor())


def test_the_trace_has_neither_address_nor_secret(trade: Trade) -> None:
    made = made_by(trade.actor())
    rotate_secret(actor=trade.actor(), endpoint=made, at=now())
    change_endpoint(
        actor=trade.actor(),
        endpoint=made,
        url=URL + "/2",
        kinds=[CLEARED],
        network=network(),
        at=now(),
        name=" Kho\x00",
    )
    assert (the_endpoint().url, the_endpoint().name) == (URL + "/2", "Kho")
    entries = list(Entry.objects.filter(action__startswith="webhook.").order_by("id"))
    assert [entry.action for entry in entries] == ["webhook.created", "webhook.secret_rotated", "webhook.changed"]
    assert all(HOST not in str(vars(entry)) for entry in entries)


def every_act(endpoint: int, delivery: int) -> list[Callable[[Actor], object]]:
    at = now()
    return [
        lambda actor: change_endpoint(
            actor=actor, endpoint=endpoint, url=URL, kinds=[CLEARED], network=Network(), at=at
        ),
        lambda actor: rotate_secret(actor=actor, endpoint=endpoint, at=at),
        lambda actor: pause_endpoint(actor=actor, endpoint=endpoint, at=at),
        lambda actor: resume_endpoint(actor=actor, endpoint=endpoint, at=at),
        lambda actor: delete_endpoint(actor=actor, endpoint=endpoint, at=at),
        lambda actor: replay_delivery(actor=actor, endpoint=endpoint, delivery=delivery, at=at),
        lambda actor: replay_since(actor=actor, endpoint=endpoint, since=at, at=at),
        lambda actor: send_test(actor=actor, endpoint=endpoint, at=at),
    ]


def test_a_stranger_may_do_nothing(trade: Trade) -> None:
    acts = every_act(made_by(trade.actor()), queued().pk)
    officer = acting(person("clearance_officer", "customs_office", "15BB"))
    reading = actor_of(trade.owner, now(), scopes=frozenset({"declarations:read"}))
    for stranger in (ANONYMOUS, officer, reading):
        with pytest.raises(NotAllowed):
            made_by(stranger)
        for act in acts:
            with pytest.raises(NotAllowed):
                act(stranger)


def test_a_neighbor_finds_nothing(trade: Trade) -> None:
    acts = every_act(made_by(trade.actor()), queued().pk)
    for neighbor in (trade.neighbor(), acting(trade.broker)):
        with pytest.raises(NotFound):
            made_by(neighbor)
        for act in acts:
            with pytest.raises(NotFound):
                act(neighbor)


def test_a_delivery_of_another_webhook_is_not_replayed_through_ones_own(trade: Trade) -> None:
    made_by(trade.actor())
    delivery = queued()
    own = made_by(trade.neighbor(), OTHER)
    with pytest.raises(NotFound):
        replay_delivery(actor=trade.neighbor(), endpoint=own, delivery=delivery.pk, at=now())


def test_a_program_with_the_scope_and_a_broker_for_itself_may(trade: Trade) -> None:
    program = actor_of(trade.owner, now(), scopes=frozenset({"webhooks:manage"}))
    assert made_by(program)
    assert made_by(acting(trade.broker), BROKER)
