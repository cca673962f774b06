"""Splitting a document that has more lines than a form holds: documents whose totals are together those of the first.

Legal basis: Circular 38/2015/TT-BTC Art. 18.2 as amended (at most 50 lines a declaration); VNACCS fields FIC, BNO and
DNO (first number, part, parts). How header amounts are shared is not in the law: each part gets the sum of its lines
where the lines carry the amount, else a share by the value of its lines; what rounding leaves goes to the largest
remainders, so that the sums hold to the last decimal.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from msgspec.structs import replace

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Adjustment, Document, Invoice, Line, Money
from thongquan.rules.money import ZERO, exact

_CENTS = Decimal("0.0001")
_GRAMS = Decimal("0.01")
_WHOLE = Decimal(1)
MOST_PARTS = 99
"""The fields of parts have two digits."""


def split_document(document: Document, *, limit: int) -> tuple[tuple[Document, ...], tuple[Fault, ...]]:
    """Give the parts, each with at most `limit` lines numbered from 1, or the faults (TQ-LIF-017) that forbid it."""
    with exact():
        groups = [document.lines[start : start + limit] for start in range(0, len(document.lines), limit)]
        faults = _faults(document, len(groups))
        if faults or len(groups) < 2:
            return ((document,) if not faults else ()), tuple(faults)
        return tuple(_parts(document, groups)), ()


def _faults(document: Document, parts: int) -> list[Fault]:
    values = {"parts": str(parts)}
    faults = [
        Fault(code=Code.TQ_LIF_017, path=f"lines[{place}].value", line=line.number, values=values)
        for place, line in enumerate(document.lines)
        if line.value is None or not line.value.is_finite() or line.value < 0
    ]
    if not faults and not sum((line.value or ZERO for line in document.lines), ZERO):
        faults.append(Fault(code=Code.TQ_LIF_017, path="invoice.amount", values=values))
    if parts > MOST_PARTS:
        faults.append(Fault(code=Code.TQ_LIF_017, path="lines", value=str(len(document.lines)), values=values))
    if document.packages is not None and document.packages < parts:
        fault = Fault(code=Code.TQ_LIF_017, path="packages", value=str(document.packages), values=values)
        faults.append(fault)
    return faults


def _parts(document: Document, groups: Sequence[Sequence[Line]]) -> list[Document]:
    values = [sum((line.value or ZERO for line in group), ZERO) for group in groups]
    nets = [sum((line.net_weight_kg or ZERO for line in group), ZERO) for group in groups]
    weights = nets if all(nets) else values
    invoices = _invoices(document.invoice, values)
    gross = _gross(document, groups, weights)
    packages = _packages(document, groups, weights)
    freights, insurances = _moneys(document.freight, values), _moneys(document.insurance, values)
    adjustments = _adjustments(document.adjustments, values)
    return [
        replace(
            document,
            invoice=invoices[part],
            gross_weight_kg=gross[part],
            packages=packages[part],
            freight=freights[part],
            insurance=insurances[part],
            adjustments=adjustments[part],
            lines=tuple(replace(line, number=number) for number, line in enumerate(group, 1)),
        )
        for part, group in enumerate(groups)
    ]


def share(total: Decimal, weights: Sequence[Decimal], *, step: Decimal) -> list[Decimal]:
    """Give `total` over the weights in steps of `step`; the shares sum to the total exactly.

    The last decimals of a total that is finer than the step stay with the first share.
    """
    whole = sum(weights, ZERO)
    exactly = [total * weight / whole for weight in weights]
    shares = [one.quantize(step, rounding=ROUND_DOWN) for one in exactly]
    left = total - sum(shares, ZERO)
    order = sorted(range(len(weights)), key=lambda place: (shares[place] - exactly[place], place))
    for place in order[: int(left // step)]:
        shares[place] += step
    shares[0] += total - sum(shares, ZERO)
    return shares


def _invoices(invoice: Invoice | None, values: Sequence[Decimal]) -> list[Invoice | None]:
    if invoice is None or invoice.amount is None:
        return [invoice] * len(values)
    same = invoice.amount == sum(values, ZERO)
    amounts = values if same else share(invoice.amount, values, step=_CENTS)
    return [replace(invoice, amount=amount) for amount in amounts]


def _gross(document: Document, groups: Sequence[Sequence[Line]], weights: Sequence[Decimal]) -> list[Decimal | None]:
    """The gross weights of the lines where they sum to the whole, else shares of it."""
    whole = document.gross_weight_kg
    if whole is None:
        return [None] * len(groups)
    for name in ("gross_weight_kg", "net_weight_kg"):
        sums = [sum((getattr(line, name) or ZERO for line in group), ZERO) for group in groups]
        if sum(sums, ZERO) == whole and all(sums):
            return list(sums)
    return list(share(whole, weights, step=_GRAMS))


def _packages(document: Document, groups: Sequence[Sequence[Line]], weights: Sequence[Decimal]) -> list[int | None]:
    """The packages of the lines where they sum to the whole, else one for each part and the rest by weight."""
    if document.packages is None:
        return [None] * len(weights)
    counted = [sum((pack.quantity or ZERO for line in group for pack in line.packages), ZERO) for group in groups]
    if sum(counted, ZERO) == document.packages and all(counted):
        return [int(one) for one in counted]
    more = share(Decimal(document.packages - len(weights)), weights, step=_WHOLE)
    return [1 + int(one) for one in more]


def _moneys(money: Money | None, weights: Sequence[Decimal]) -> list[Money | None]:
    if money is None:
        return [None] * len(weights)
    return [replace(money, amount=amount) for amount in share(money.amount, weights, step=_CENTS)]


def _adjustments(adjustments: Sequence[Adjustment], values: Sequence[Decimal]) -> list[tuple[Adjustment, ...]]:
    rows: list[list[Adjustment]] = [[] for _value in values]
    for one in adjustments:
        amounts = share(one.amount, values, step=_CENTS) if one.amount is not None else [None] * len(values)
        for part, amount in enumerate(amounts):
            rows[part].append(replace(one, amount=amount))
    return [tuple(row) for row in rows]
