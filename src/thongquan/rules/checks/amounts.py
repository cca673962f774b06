"""Amounts, quantities and dates within their bounds.

Legal basis: Circular 38/2015/TT-BTC Art. 18.5 (decimals kept: quantity 2, invoice value 4, unit price 6; the true
figure goes into the description); VNACCS terminal guides (amounts of at most 20 places; here below 10^18).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from operator import attrgetter

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document, Line
from thongquan.rules.money import ZERO

Report = list[Fault]

TOO_LARGE = Decimal(10) ** 18
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)
_TWO, _FOUR, _SIX = Decimal("0.01"), Decimal("0.0001"), Decimal("0.000001")

_LINE_AMOUNTS: tuple[tuple[str, Decimal | None, bool], ...] = (
    ("quantity", _TWO, True),
    ("value", _FOUR, True),
    ("unit_price", _SIX, False),
    ("quantity2", _TWO, True),
    ("net_weight_kg", None, False),
    ("gross_weight_kg", None, False),
)
_line_amounts = attrgetter(*(name for name, _, _ in _LINE_AMOUNTS))
_DATES = ("arrival_on", "departure_on", "temporary_until")


def check_amount(
    report: Report,
    path: str,
    amount: Decimal,
    *,
    kept: Decimal | None = None,
    above_zero: bool = True,
    line: int | None = None,
) -> None:
    """TQ-FMT-006, TQ-FMT-007, TQ-DEC-008, TQ-DEC-009: finite, below 10^18, decimals kept, above (or not below) zero."""
    code = None
    if not amount.is_finite():
        code = Code.TQ_FMT_006
    elif abs(amount) >= TOO_LARGE:
        code = Code.TQ_FMT_007
    elif amount < 0 or (above_zero and not amount):
        code = Code.TQ_DEC_009
    elif kept is not None and amount.quantize(kept) != amount:
        code = Code.TQ_DEC_008
    if code is not None:
        decimals = str(-kept.adjusted()) if kept is not None else ""
        values = {"field": path.rsplit("].", 1)[-1], "decimals": decimals}
        report.append(Fault(code=code, path=path, line=line, value=str(amount)[:40], values=values))


def check_line_amounts(index: int, line: Line, report: Report) -> None:
    """TQ-FMT-006, TQ-FMT-007, TQ-DEC-008, TQ-DEC-009 for the amounts of a line (Art. 18.5)."""
    for (name, kept, above_zero), amount in zip(_LINE_AMOUNTS, _line_amounts(line), strict=True):
        if amount is None or (
            ZERO < amount < TOO_LARGE and (kept is None or amount.quantize(kept) == amount)
        ):  # the fast way out: a good amount
            continue
        check_amount(report, f"lines[{index}].{name}", amount, kept=kept, above_zero=above_zero, line=line.number)


def check_header_amounts(document: Document, report: Report) -> None:
    """TQ-FMT-006, TQ-FMT-007, TQ-DEC-008, TQ-DEC-009 for the amounts of the header.

    An adjustment has both amount and currency, or TQ-DEC-001 is told.
    """
    for path, amount, kept, above_zero in _header_amounts(document):
        if amount is not None:
            check_amount(report, path, amount, kept=kept, above_zero=above_zero)
    for index, adjustment in enumerate(document.adjustments):
        if adjustment.amount is None or not adjustment.currency:
            field = "amount" if adjustment.amount is None else "currency"
            path = f"adjustments[{index}].{field}"
            report.append(Fault(code=Code.TQ_DEC_001, path=path, values={"field": f"adjustments.{field}"}))


def _header_amounts(document: Document) -> Iterator[tuple[str, Decimal | None, Decimal | None, bool]]:
    invoice = document.invoice
    yield "invoice.amount", invoice.amount if invoice else None, _FOUR, True
    yield "gross_weight_kg", document.gross_weight_kg, None, True
    if document.packages is not None:
        yield "packages", Decimal(document.packages), None, True
    for name, money in (("freight", document.freight), ("insurance", document.insurance)):
        if money is not None:
            yield f"{name}.amount", money.amount, _FOUR, False
    for index, adjustment in enumerate(document.adjustments):
        yield f"adjustments[{index}].amount", adjustment.amount, _FOUR, False


def check_dates(document: Document, report: Report) -> None:
    """TQ-FMT-008: every date of the header lies between 1990 and 2099."""
    for path, day in _all_dates(document):
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            out_of_bounds(report, path, day)


def out_of_bounds(report: Report, path: str, day: date, line: int | None = None) -> None:
    """TQ-FMT-008: tell a date outside 1990 to 2099."""
    values = {"field": path.rsplit("].", 1)[-1]}
    report.append(Fault(code=Code.TQ_FMT_008, path=path, line=line, value=day.isoformat(), values=values))


def _all_dates(document: Document) -> Iterator[tuple[str, date | None]]:
    for name in _DATES:
        yield name, getattr(document, name)
    if document.invoice is not None:
        yield "invoice.issued_on", document.invoice.issued_on
    for index, permit in enumerate(document.permits):
        yield f"permits[{index}].issued_on", permit.issued_on
