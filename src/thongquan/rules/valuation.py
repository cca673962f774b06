"""Customs value of each line in dong.

Legal basis: Decree 08/2015/NĐ-CP Art. 20 (import: the price to the first border gate; export: the price at the exit
gate without international freight and insurance) and 21.3 (exchange rate of the day of registration); Circular
39/2015/TT-BTC (additions and deductions, apportioned by value). Delivery terms: Incoterms 2000, 2010 and 2020.
"""

from __future__ import annotations

from decimal import Decimal

from thongquan.rules.document import Document, Frozen
from thongquan.rules.law import LawOfDay
from thongquan.rules.money import ZERO, rounded
from thongquan.rules.parameters import mode

ADDED_TO_IMPORT = {
    "EXW": ("freight", "insurance"),
    "FCA": ("freight", "insurance"),
    "FAS": ("freight", "insurance"),
    "FOB": ("freight", "insurance"),
    "CFR": ("insurance",),
    "C&F": ("insurance",),
    "CPT": ("insurance",),
    "C&I": ("freight",),
}
"""What the term leaves out of an import price; others (CIF, CIP, DAP, DPU, DDP, DAF) leave out nothing."""

TAKEN_FROM_EXPORT = {
    "CFR": ("freight",),
    "C&F": ("freight",),
    "CPT": ("freight",),
    "C&I": ("insurance",),
    "CIF": ("freight", "insurance"),
    "CIP": ("freight", "insurance"),
    "DAP": ("freight", "insurance"),
    "DPU": ("freight", "insurance"),
    "DAT": ("freight", "insurance"),
    "DDP": ("freight", "insurance"),
    "DDU": ("freight", "insurance"),
    "DES": ("freight", "insurance"),
    "DEQ": ("freight", "insurance"),
}
"""What the delivery term puts on top of an export price; EXW, FCA, FAS, FOB and DAF put nothing."""

_SIGNS = {"AD": 1, "IP": 1, "SB": -1, "DP": -1}


class Component(Frozen, frozen=True, kw_only=True):
    """One part of the customs value: `sign` is 1 for an addition, -1 for a deduction."""

    kind: str
    sign: int
    amount: Decimal
    currency: str
    rate_vnd: Decimal
    vnd: Decimal


class Valuation(Frozen, frozen=True, kw_only=True):
    """Customs value of a document: the goods at the exchange rate, the components, the total, and each line's share."""

    goods: Decimal
    currency: str
    rate_vnd: Decimal
    components: tuple[Component, ...]
    additions_vnd: Decimal
    total_vnd: Decimal
    lines_vnd: tuple[Decimal, ...]


def moved_by_term(document: Document) -> tuple[str, ...]:
    """Name the parts (freight, insurance) that the delivery term adds to an import or takes from an export price."""
    term = (document.invoice.incoterm if document.invoice else None) or ""
    return (ADDED_TO_IMPORT if document.flow == "import" else TAKEN_FROM_EXPORT).get(term, ())


def rate_of(law: LawOfDay, currency: str) -> Decimal:
    """Give dong per unit of the currency; zero when the rate is missing (reported as TQ-LAW-002)."""
    if currency == "VND":
        return Decimal(1)
    rate = law.rates.get(currency)
    return rate.vnd if rate else ZERO


def components_of(document: Document, law: LawOfDay) -> tuple[Component, ...]:
    """List what is added to or taken from the price of the goods, in the order of the law."""
    sign = 1 if document.flow == "import" else -1
    found = []
    for kind in moved_by_term(document):
        money = document.freight if kind == "freight" else document.insurance
        if money is not None:
            found.append(_component(law, kind, sign, money.amount, money.currency))
    for adjustment in document.adjustments:
        if adjustment.amount is not None and adjustment.currency:
            side = _SIGNS.get(adjustment.code, 0)
            found.append(_component(law, adjustment.code, side, adjustment.amount, adjustment.currency))
    return tuple(found)


def _component(law: LawOfDay, kind: str, sign: int, amount: Decimal, currency: str) -> Component:
    rate = rate_of(law, currency)
    return Component(kind=kind, sign=sign, amount=amount, currency=currency, rate_vnd=rate, vnd=sign * amount * rate)


def value_document(document: Document, law: LawOfDay) -> Valuation:
    """Give the customs value in dong of the document and of each line.

    The total is rounded once; each line is rounded, and the last line takes the remainder, so that the lines always
    sum to the total. No line takes more than what is left, so that no share is negative.
    """
    currency = (document.invoice.currency if document.invoice else None) or ""
    rate, rounding = rate_of(law, currency), mode(law)
    components = components_of(document, law)
    additions = sum((part.vnd for part in components), ZERO)
    goods = sum((line.value or ZERO for line in document.lines), ZERO)
    total = rounded(goods * rate + additions, rounding)
    values = [line.value or ZERO for line in document.lines]
    return Valuation(
        goods=goods,
        currency=currency,
        rate_vnd=rate,
        components=components,
        additions_vnd=additions,
        total_vnd=total,
        lines_vnd=apportioned(total, values, rounding),
    )


def apportioned(total: Decimal, values: list[Decimal], rounding: str) -> tuple[Decimal, ...]:
    """Split a rounded total by value, the last share being the remainder; the shares sum exactly to the total."""
    whole = sum(values, ZERO)
    left, shares = total, []
    for value in values[:-1]:
        share = rounded(total * value / whole, rounding) if whole else ZERO
        share = min(share, left)
        left -= share
        shares.append(share)
    return (*shares, left) if values else ()
