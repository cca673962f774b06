"""People of two enterprises and a broker, and webhooks of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.base.accounts.people import acting, person
from tests.base.notices.receiver import network
from thongquan.base.accounts.models import User
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.notices.models import Delivery, Endpoint
from thongquan.base.notices.network import Network
from thongquan.base.notices.operations import Happening, NewSecret, create_endpoint, deliver_next, send_events

OWNER, OTHER, BROKER = "9999900011", "9999900099", "9999900029"
CLEARED = "declaration.clear"


@dataclass(frozen=True)
class Trade:
    """Who there is."""

    owner: User
    colleague: User
    other: User
    broker: User

    def actor(self) -> Actor:
        return acting(self.owner)

    def neighbor(self) -> Actor:
        return acting(self.other)

    def webhook(self, url: str, *, kinds: tuple[str, ...] = (CLEARED,), net: Network | None = None) -> NewSecret:
        """A webhook of the first enterprise."""
        return create_endpoint(
            actor=self.actor(), owner=OWNER, url=url, kinds=kinds, network=net or network(), at=now()
        )


def made() -> Trade:
    return Trade(
        owner=person("declarant", "enterprise", OWNER),
        colleague=person("declarant", "enterprise", OWNER, email="second@thongquan.example"),
        other=person("declarant", "enterprise", OTHER),
        broker=person("broker", "broker", BROKER),
    )


def event(message: str = "msg_1", *, at: datetime | None = None, **changes: Any) -> Happening:
    """Something that happened to a declaration of the first enterprise."""
    given: dict[str, Any] = {"owners": frozenset({OWNER}), "kind": CLEARED, "number": "101234567890", **changes}
    return Happening(
        message=message,
        subject="declaration:101234567890",
        at=at or now(),
        state="cleared",
        url="http://127.0.0.1:8000/api/v1/declarations/101234567890",
        enterprise=OWNER,
        **given,
    )


def queued(message: str = "msg_1", **changes: Any) -> Delivery:
    """The delivery of an event to the one webhook there is."""
    send_events([event(message, **changes)])
    return Delivery.objects.get(message=message)


def tried(at: datetime | None = None, net: Network | None = None) -> bool:
    return deliver_next(at=at or now(), network=net or network())


def the_endpoint() -> Endpoint:
    return Endpoint.objects.get()
