"""The balance sheet of a line: never overdrawn, whatever the order of uses, amendments and cancellations."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from thongquan.rules.codes import Code
from thongquan.rules.origin.balance import Sheet, give_back, left_for, use

subjects = st.sampled_from(["declaration:1", "declaration:2", "declaration:3"])
quantities = st.decimals(0, 1000, places=4)


class Uses(RuleBasedStateMachine):
    """Declarations use, amend and cancel in any order."""

    sheet = Sheet(quantity=Decimal(0))

    @initialize(quantity=st.decimals("0.0001", 1500, places=4))
    def certify(self, quantity: Decimal) -> None:
        self.sheet = Sheet(quantity=quantity)

    @rule(subject=subjects, quantity=quantities)
    def uses(self, subject: str, quantity: Decimal) -> None:
        most = left_for(self.sheet, subject)
        after, fault = use(self.sheet, subject, quantity)
        assert (fault is None) == (quantity <= most)
        if fault is not None:
            assert fault.code == Code.TQ_ORI_053
            assert after == self.sheet
        self.sheet = after

    @rule(subject=subjects)
    def cancels(self, subject: str) -> None:
        self.sheet = give_back(self.sheet, subject)
        assert subject not in self.sheet.uses

    @invariant()
    def never_overdrawn(self) -> None:
        assert self.sheet.used <= self.sheet.quantity
        assert self.sheet.left == self.sheet.quantity - self.sheet.used >= 0


TestUses = Uses.TestCase


@given(quantities, subjects)
def test_an_amendment_to_the_same_changes_nothing(quantity: Decimal, subject: str) -> None:
    once, _ = use(Sheet(quantity=Decimal(1000)), subject, quantity)
    twice, fault = use(once, subject, quantity)
    assert fault is None
    assert twice == once


def test_what_is_no_quantity_uses_nothing() -> None:
    sheet = Sheet(quantity=Decimal(5))
    for text in ("NaN", "-1", "Infinity", "5.0001"):
        assert use(sheet, "declaration:1", Decimal(text))[0] == sheet
