"""Two decisions on the same declaration compared: what is due, which channel, whether it stands.

Legal basis: none of its own; it tells what a change of law does (`rules.whatif`). Wording, sources and dates that
differ without changing an amount, the channel or the validity are no effect.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from thongquan.rules.decision import Decision, Fault
from thongquan.rules.document import Document, Frozen
from thongquan.rules.money import ZERO

FEE = "fee"
_PLACE = re.compile(r"\[\d+\]")


class LineEffect(Frozen, frozen=True, kw_only=True):
    """What a line would owe, in dong."""

    number: int
    hs: str
    before_vnd: Decimal
    after_vnd: Decimal


class NewFault(Frozen, frozen=True, kw_only=True):
    """An error that the declaration would newly have: its code, its field without places, the goods code it is on."""

    code: str
    field: str
    hs: str
    line: int | None
    value: str
    values: dict[str, str] = {}


class Effect(Frozen, frozen=True, kw_only=True):
    """What changes for one declaration. `taxes` are differences in dong by tax and `fee`, `lines` those that differ.

    A declaration that would no longer stand owes nothing and has no channel: `stands` is False, `faults` say why.
    """

    stands: bool
    due_before_vnd: Decimal
    due_after_vnd: Decimal
    secured_before_vnd: Decimal
    secured_after_vnd: Decimal
    channel_before: int
    channel_after: int
    taxes: dict[str, Decimal] = {}
    lines: tuple[LineEffect, ...] = ()
    faults: tuple[NewFault, ...] = ()

    @property
    def difference_vnd(self) -> Decimal:
        """What would be paid more (above zero) or less, dong; zero for a declaration that would not stand."""
        return self.due_after_vnd - self.due_before_vnd if self.stands else ZERO


def effect_of(before: Decision, after: Decision, document: Document) -> Effect | None:
    """Compare an accepted decision with the one under other law; None when neither amounts nor channel differ."""
    if not after.accepted:
        return _fallen(before, after, document)
    same = before.due_vnd == after.due_vnd and before.secured_vnd == after.secured_vnd
    if same and before.channel == after.channel and _amounts(before) == _amounts(after):
        return None
    return Effect(
        stands=True,
        due_before_vnd=before.due_vnd,
        due_after_vnd=after.due_vnd,
        secured_before_vnd=before.secured_vnd,
        secured_after_vnd=after.secured_vnd,
        channel_before=before.channel or 0,
        channel_after=after.channel or 0,
        taxes=_taxes(before, after),
        lines=_lines(before, after, document),
    )


def _amounts(decision: Decision) -> tuple[object, ...]:
    return decision.totals_vnd, decision.fee_vnd, [(line.due_vnd, line.secured_vnd) for line in decision.lines]


def _taxes(before: Decision, after: Decision) -> dict[str, Decimal]:
    told = {FEE: after.fee_vnd - before.fee_vnd}
    for tax in {**before.totals_vnd, **after.totals_vnd}:
        told[tax] = after.totals_vnd.get(tax, ZERO) - before.totals_vnd.get(tax, ZERO)
    return {tax: amount for tax, amount in told.items() if amount}


def _lines(before: Decision, after: Decision, document: Document) -> tuple[LineEffect, ...]:
    return tuple(
        LineEffect(number=old.number, hs=line.hs or "", before_vnd=old.due_vnd, after_vnd=new.due_vnd)
        for old, new, line in zip(before.lines, after.lines, document.lines, strict=True)
        if old.due_vnd != new.due_vnd
    )


def _fallen(before: Decision, after: Decision, document: Document) -> Effect:
    return Effect(
        stands=False,
        due_before_vnd=before.due_vnd,
        due_after_vnd=ZERO,
        secured_before_vnd=before.secured_vnd,
        secured_after_vnd=ZERO,
        channel_before=before.channel or 0,
        channel_after=0,
        faults=tuple(_new_fault(fault, document) for fault in _new_errors(before, after)),
    )


def _new_errors(before: Decision, after: Decision) -> list[Fault]:
    had = Counter((fault.code, fault.path) for fault in before.faults if fault.severity == "error")
    return [fault for fault in after.faults if fault.severity == "error" and not had[fault.code, fault.path]]


def _new_fault(fault: Fault, document: Document) -> NewFault:
    line = next((one for one in document.lines if one.number == fault.line), None) if fault.line is not None else None
    return NewFault(
        code=fault.code,
        field=_PLACE.sub("", fault.path),
        hs=(line.hs or "") if line else "",
        line=fault.line,
        value=fault.value,
        values=fault.values,
    )
