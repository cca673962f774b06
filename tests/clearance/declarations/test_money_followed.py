"""The state of a declaration follows the books."""

from __future__ import annotations

from decimal import Decimal

from tests.world import World, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.outbox import relay
from thongquan.clearance.declarations.operations import lodge_declaration
from thongquan.clearance.declarations.queries import events_of, stand_of
from thongquan.clearance.revenue.operations.assessing import assess
from thongquan.clearance.revenue.queries.balances import balance_of
from thongquan.config.subscriptions import SUBSCRIPTIONS


def relayed() -> None:
    """Hand over every message until none is left."""
    while sum(relay(one, at=now()) for one in SUBSCRIPTIONS):
        pass


def assessed(subject: str, amount: int) -> None:
    """Let the subject owe this much from now on."""
    assess(
        subject=subject,
        tax_code="9999900011",
        office="15BB",
        totals_vnd={"vat": Decimal(amount)} if amount else {},
        fee_vnd=Decimal(0),
        secured_vnd=Decimal(0),
        reason="test",
        actor=system_actor("revenue"),
        at=now(),
    )


def test_a_declaration_is_settled_when_nothing_is_owed_and_open_again_when_something_is(customs: World) -> None:
    actor = customs.actor("declarant")
    number = lodge_declaration(actor=actor, document=import_document(), at=now(), source="api").number
    relayed()
    assert stand_of(actor=actor, number=number).state == "channeled"
    subject = f"declaration:{number}"
    for amount, state in ((0, "settled"), (100_000, "channeled"), (0, "settled")):
        assessed(subject, amount)
        relayed()
        assert balance_of(subject).settled is (amount == 0)
        assert stand_of(actor=actor, number=number).state == state
    relayed()
    assert [one.kind for one in events_of(number)] == ["lodged", "settle", "unsettle", "settle"]
