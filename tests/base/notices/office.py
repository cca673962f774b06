"""A notice of the demo declarant, and a webhook of the demo enterprise with one delivery."""

from __future__ import annotations

from tests.base.notices.trade import event
from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.notices.models import Delivery, Notice
from thongquan.base.notices.network import Network
from thongquan.base.notices.operations import create_endpoint, notify, send_events


def one_of_each(customs: World, number: str) -> dict[str, str]:
    """What stands in addresses of notices and webhooks."""
    actor, kind = customs.actor("declarant"), "declaration.clear"
    notify(to=[actor.reference], kind=kind, subject=f"declaration:{number}", values={"number": number}, at=now())
    url, network = "https://hooks.example.com/", Network()
    made = create_endpoint(actor=actor, owner=ENTERPRISE, url=url, kinds=[kind], network=network, at=now())
    send_events([event(owners=frozenset({ENTERPRISE}))])
    return {
        "notice_id": str(Notice.objects.latest("id").pk),
        "endpoint_id": str(made.endpoint),
        "delivery_id": str(Delivery.objects.latest("id").pk),
        "letter": "20261122T000000-0123456789ab.eml",
    }
