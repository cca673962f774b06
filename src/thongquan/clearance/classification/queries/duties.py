"""What a line would owe under a code: the law of the day applied to its value, tax by tax."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.document import Document, Line, RateChoice
from thongquan.rules.duties import assess
from thongquan.rules.law import Cell, Condition
from thongquan.rules.rates import applied_rates
from thongquan.rules.valuation import Valuation

MFN = "B01"
_REGIMES = {"import": "A11", "export": "B11"}
_ONE = Decimal(1)


class TaxUnder(msgspec.Struct, frozen=True, kw_only=True):
    """One tax under a code: fraction of one (None when specific or unknown) and dong."""

    tax: str
    schedule: str
    rate: Decimal | None
    amount_vnd: Decimal


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """What the law says of a code for goods of this value: `known` False where a rate is missing or open to choice."""

    code: str
    taxes: tuple[TaxUnder, ...]
    total_vnd: Decimal
    known: bool
    conditions: tuple[Condition, ...]


def owed_under(*, code: str, flow: str, origin: str, schedule: str, value_vnd: Decimal, on: date) -> Owed:
    """Duties on goods of this value under a code, and its conditions.

    The schedule is that of the line where the code has a rate there, else MFN; out of quota; and where the law leaves
    a choice the highest rate, so that both codes are held against each other alike.
    """
    law, regime = current_law(), _REGIMES.get(flow, "A11")
    cells = law.cells_on(code, on)
    kept = schedule if any(one.schedule == schedule and one.options for one in cells) else MFN
    line = Line(
        number=1,
        hs=code,
        origin=origin or None,
        schedule=kept if flow == "import" else None,
        in_quota=False,
        choices=tuple(_highest(cell) for cell in cells if _is_open(cell, kept)),
    )
    document = Document(flow="export" if flow == "export" else "import", regime=regime, lines=(line,))
    sliced = law.slice_for(document, on)
    applied = applied_rates(0, line, sliced.lines[0], sliced, document.flow, [])
    value = Valuation(
        goods=value_vnd,
        currency="VND",
        rate_vnd=_ONE,
        components=(),
        additions_vnd=Decimal(0),
        total_vnd=value_vnd,
        lines_vnd=(value_vnd,),
    )
    found = assess(document, sliced, value, [applied]).lines[0]
    taxes = tuple(
        TaxUnder(
            tax=one.tax,
            schedule=one.schedule,
            rate=one.rate,
            amount_vnd=Decimal(0) if one.treatment == "not_subject" else one.amount_vnd,
        )
        for one in found.taxes
    )
    conditions = tuple(one for one in law.conditions_on(code, on, flow) if not one.origins or origin in one.origins)
    return Owed(
        code=code,
        taxes=taxes,
        total_vnd=sum((one.amount_vnd for one in taxes), Decimal(0)),
        known=bool(sliced.lines[0].exists) and not any(one.unknown or one.option is None for one in applied),
        conditions=conditions,
    )


def _is_open(cell: Cell, schedule: str) -> bool:
    return len(cell.options) > 1 and cell.schedule in ("", schedule)


def _highest(cell: Cell) -> RateChoice:
    best = max(cell.options, key=lambda one: (one.rate or Decimal(0), one.amount or Decimal(0)))
    return RateChoice(tax=cell.tax, rate=best.key, reason="")
