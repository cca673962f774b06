"""The random share: the chance and the seed stand beside every draw, nothing is drawn twice, a draw casts no doubt."""

from __future__ import annotations

from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.clearance.origin.papers import one_line, registered
from tests.clearance.origin.test_operations import PROGRAM, take
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.outbox import Message
from thongquan.clearance.origin.drawing import DRAWN_ON, draw_used
from thongquan.clearance.origin.models import Verification, VerificationDraw
from thongquan.clearance.origin.operations import use_items
from thongquan.clearance.origin.operations.verifying_draws import draw_certificates, drawn_value
from thongquan.clearance.origin.queries import certificate_file
from thongquan.config.subscriptions import SUBSCRIPTIONS

SEED = "5a" * 32


def used_by(customs: World, count: int) -> list[int]:
    """So many certificates, each used by a declaration of its own."""
    keys = []
    for place in range(count):
        key = registered(customs, one_line("100", number=f"R-{place}-{place}", invoices=(f"I{place}",)))
        use_items(actor=PROGRAM, subject=f"declaration:{place}", takes=[take(key, "1")], at=now())
        keys.append(key)
    return keys


def subjects(count: int) -> list[str]:
    return [f"declaration:{place}" for place in range(count)]


def draws(share: str, count: int) -> int:
    return draw_certificates(subjects=subjects(count), share=Decimal(share), source="test", seed=SEED, at=now())


def test_every_draw_keeps_its_chance_and_is_drawn_again_from_its_seed(customs: World) -> None:
    keys = used_by(customs, 12)
    fallen = draws("0.5", 12)
    rows = list(VerificationDraw.objects.order_by("certificate"))
    assert [row.certificate_id for row in rows] == keys
    for row in rows:
        assert row.propensity == Decimal("0.5")
        assert row.value == drawn_value(row.certificate_id, row.seed)
        assert row.picked == (row.value < row.propensity)
        assert (row.verification_id is not None) == row.picked
    assert 0 < fallen < 12
    assert Verification.objects.filter(why="random").count() == fallen


def test_nothing_is_drawn_twice_and_the_extremes_hold(customs: World) -> None:
    keys = used_by(customs, 3)
    assert draws("1", 3) == 3
    assert draws("1", 3) == 0
    assert VerificationDraw.objects.count() == 3
    officer = customs.actor("clearance_officer")
    assert {certificate_file(actor=officer, certificate=key).row.state for key in keys} == {"registered"}


def test_a_share_of_nothing_picks_nothing(customs: World) -> None:
    used_by(customs, 3)
    assert draws("0", 3) == 0
    assert list(VerificationDraw.objects.values_list("picked", flat=True)) == [False] * 3


def test_more_certificates_cost_no_more_queries(customs: World) -> None:
    used_by(customs, 9)
    counts = []
    for chosen in (["declaration:0", "declaration:1"], subjects(9)):
        with CaptureQueriesContext(connection) as asked:
            draw_certificates(subjects=chosen, share=Decimal(0), source="test", seed=SEED, at=now())
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert VerificationDraw.objects.count() == 9


def test_the_handler_draws_with_the_share_of_the_law_and_a_second_delivery_changes_nothing(customs: World) -> None:
    used_by(customs, 2)
    messages = [
        Message(1, 1, "origin.use", "origin:1", b'{"about": "declaration:0"}', now()),
        Message(2, 1, "declaration.lodged", "declaration:1", b'{"number": "x"}', now()),
    ]
    draw_used(messages)
    first = list(VerificationDraw.objects.values_list("certificate", "seed", "value", "propensity"))
    assert [row[3] for row in first] == [Decimal("0.05")] * 2
    draw_used(messages)
    assert list(VerificationDraw.objects.values_list("certificate", "seed", "value", "propensity")) == first
    assert any(one.kinds == DRAWN_ON and one.handler is draw_used for one in SUBSCRIPTIONS)
