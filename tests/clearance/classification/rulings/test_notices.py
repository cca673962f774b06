"""Steps of an application for an advance ruling reach people and programs: each side its part, and never why."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from tests.clearance.classification.rulings.applied import REASONS, issued
from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.core.outbox import relay
from thongquan.base.notices.models import Delivery, Endpoint, Notice
from thongquan.base.notices.sealing import sealed
from thongquan.base.notices.words import leads_to
from thongquan.clearance.classification.operations.ruling_decisions import propose_end, revoke_ruling
from thongquan.config.subscriptions import SUBSCRIPTIONS

KINDS = ("classification.ruling.receive", "classification.ruling.sign", "classification.ruling.revoke")


def carried() -> None:
    telling = [one for one in SUBSCRIPTIONS if one.consumer.startswith("notices.")]
    while sum(relay(one, at=now()) for one in telling):
        pass


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("reader", flat=True))


def test_each_step_is_told_to_who_goes_on_with_it(customs: World) -> None:
    declarant, officer = customs.actor("declarant").reference, customs.actor("clearance_officer").reference
    leader, director = customs.actor("team_leader"), customs.actor("director")
    Endpoint.objects.create(
        owner=ENTERPRISE,
        url="https://hooks.example.com/",
        kinds=list(KINDS),
        secret=sealed("whsec_AAAA"),
        made_by=declarant,
        made_at=now() - timedelta(days=1),
        state_at=now(),
    )
    key = issued(customs)
    propose_end(actor=customs.actor("clearance_officer"), ruling=key, words="Chú giải đã đổi", at=now())
    revoke_ruling(actor=leader, ruling=key, words="Chú giải đã đổi", at=now())
    carried()
    assert officer in told("work.ruling")
    assert told("work.ruling_sign") >= {leader.reference, director.reference}
    assert officer not in told("work.ruling_sign")  # it proposed itself
    for kind in ("ruling.received", "ruling.decided", "ruling.revoked"):
        assert declarant in told(kind)
        assert officer not in told(kind)
    one = Notice.objects.filter(kind="ruling.decided").latest("id")
    assert one.values == {"number": f"XDT-{key:06d}"}
    assert leads_to(one.kind, one.subject) == f"/classification/rulings/{key}/"
    sent = [msgspec.json.decode(bytes(one.body)) for one in Delivery.objects.order_by("id")]
    assert [one["kind"] for one in sent] == list(KINDS)
    assert [one["state"] for one in sent] == ["received", "issued", "revoked"]
    assert all(one["number"] == f"XDT-{key:06d}" for one in sent)
    assert all(one["url"].endswith(f"/api/v1/classification/rulings/{key}") for one in sent)
    assert REASONS[:20] not in str(sent)


def test_a_neighbor_enterprise_is_told_nothing(customs: World) -> None:
    issued(customs)
    carried()
    readers = set(Notice.objects.filter(kind__startswith="ruling.").values_list("reader", flat=True))
    assert readers == {customs.actor("declarant").reference}
