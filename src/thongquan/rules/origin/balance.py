"""The balance sheet of a certificate's line: what was certified, who used how much, what is left.

Legal basis: Circular 33/2023/TT-BTC Art. 22 (partial shipments). Exact arithmetic; the sum used never exceeds the
certificate, whatever the order of uses, amendments and cancellations.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.money import ZERO, exact
from thongquan.rules.parts import Frozen


class Sheet(Frozen, frozen=True, kw_only=True):
    """A line's quantity and the quantity each subject (a declaration) uses of it, in the certificate's unit."""

    quantity: Decimal
    uses: dict[str, Decimal] = {}

    @property
    def used(self) -> Decimal:
        """All that is used."""
        with exact():
            return sum(self.uses.values(), ZERO)

    @property
    def left(self) -> Decimal:
        """What may still be used, never below zero."""
        with exact():
            return self.quantity - self.used


def left_for(sheet: Sheet, subject: str) -> Decimal:
    """What a subject may use at most: what is left and what it uses already."""
    with exact():
        return sheet.left + sheet.uses.get(subject, ZERO)


def use(sheet: Sheet, subject: str, quantity: Decimal) -> tuple[Sheet, Fault | None]:
    """Set what a subject uses (an amendment sets it anew, zero gives it back); TQ-ORI-053 if too much."""
    most = left_for(sheet, subject)
    if not quantity.is_finite() or quantity < 0 or quantity > most:
        values = {"left": f"{most:f}", "wanted": str(quantity)}
        return sheet, Fault(code=Code.TQ_ORI_053, path="quantity", value=str(quantity), values=values)
    uses = {**sheet.uses, subject: quantity} if quantity else _without(sheet.uses, subject)
    return Sheet(quantity=sheet.quantity, uses=uses), None


def give_back(sheet: Sheet, subject: str) -> Sheet:
    """A cancelled declaration gives back all it used."""
    return Sheet(quantity=sheet.quantity, uses=_without(sheet.uses, subject))


def _without(uses: Mapping[str, Decimal], subject: str) -> dict[str, Decimal]:
    return {name: quantity for name, quantity in uses.items() if name != subject}
