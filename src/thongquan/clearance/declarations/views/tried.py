"""What a try says of a declaration: duties by tax and by line. No channel: that would be an oracle."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from thongquan.clearance.declarations.labels import tax_label
from thongquan.rules.decision import Decision
from thongquan.rules.document import Document


@dataclass(frozen=True)
class TriedLine:
    """A line with what is due on it, in dong."""

    number: int
    hs: str
    description: str
    value_vnd: Decimal
    due_vnd: Decimal


@dataclass(frozen=True)
class Tried:
    """Duties of a declaration that was not lodged, in dong."""

    taxes: tuple[tuple[str, Decimal], ...]
    fee_vnd: Decimal
    due_vnd: Decimal
    secured_vnd: Decimal
    lines: tuple[TriedLine, ...]


def tried(document: Document, decision: Decision) -> Tried:
    """The duties of an accepted try."""
    lines = (
        TriedLine(one.number, line.hs or "", line.description or "", one.value_vnd, one.due_vnd)
        for line, one in zip(document.lines, decision.lines, strict=True)
    )
    return Tried(
        taxes=tuple((str(tax_label(tax)), amount) for tax, amount in decision.totals_vnd.items()),
        fee_vnd=decision.fee_vnd,
        due_vnd=decision.due_vnd,
        secured_vnd=decision.secured_vnd,
        lines=tuple(lines),
    )
