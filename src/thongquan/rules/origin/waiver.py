"""Consignments so small that an agreement asks for no proof of origin.

Legal basis: Circular 33/2023/TT-BTC Art. 10 (proof where the agreement asks for it); the limit of each agreement is
dated data (`ScheduleLaw.waiver`). While a limit is not held against its text, an officer looks at the declaration.
"""

from __future__ import annotations

from decimal import Decimal

from thongquan.rules.codes import Code
from thongquan.rules.decision import Reason
from thongquan.rules.document import Document, Line
from thongquan.rules.law import LawOfDay, ScheduleLaw, Waiver
from thongquan.rules.money import ZERO

USD, VND = "USD", "VND"
BEFORE_LOADING = frozenset({"EXW"})
"""Terms whose price stops short of FOB: what is missing is not declared, so nothing is waived."""


def waived_schedules(document: Document, law: LawOfDay) -> frozenset[str]:
    """The schedules that this consignment may claim without a proof."""
    limits = [(one.code, one.waiver) for one in law.schedules.values() if one.waiver is not None]
    value = highest_fob_usd(document, law) if limits else None
    if value is None:
        return frozenset()
    return frozenset(code for code, waiver in limits if value <= waiver.limit_usd)


def highest_fob_usd(document: Document, law: LawOfDay) -> Decimal | None:
    """What the goods are worth FOB at most, in US dollars: invoice, freight and insurance; None if not known."""
    invoice = document.invoice
    if invoice is None or invoice.amount is None or not invoice.currency or invoice.incoterm in BEFORE_LOADING:
        return None
    parts = [(invoice.amount, invoice.currency)]
    parts += [(one.amount, one.currency) for one in (document.freight, document.insurance) if one is not None]
    parts += [(one.amount, one.currency) for one in document.adjustments if one.amount is not None and one.currency]
    dollar, total = _rate(law, USD), ZERO
    for amount, currency in parts:
        rate = _rate(law, currency)
        if rate is None or not amount.is_finite() or amount < 0:
            return None
        total += amount * rate
    return total / dollar if dollar else None


def _rate(law: LawOfDay, currency: str) -> Decimal | None:
    if currency == VND:
        return Decimal(1)
    found = law.rates.get(currency)
    return found.vnd if found else None


def waiver_reasons(document: Document, law: LawOfDay) -> list[Reason]:
    """TQ-CHN-018: the preference is taken without a proof; a document check while the limit is unverified."""
    waived = waived_schedules(document, law)
    value = highest_fob_usd(document, law) if waived else None
    if value is None:
        return []
    return [
        _reason(line, rules.waiver, value)
        for line in document.lines
        if (rules := _without_proof(line, law)) is not None and rules.waiver is not None and rules.code in waived
    ]


def _without_proof(line: Line, law: LawOfDay) -> ScheduleLaw | None:
    named = line.certificate is not None and bool(line.certificate.number.strip())
    rules = law.schedules.get(line.schedule or "")
    return rules if rules is not None and rules.preferential and not named and not line.proof_later else None


def _reason(line: Line, waiver: Waiver, value: Decimal) -> Reason:
    values = {
        "value": f"{value.quantize(Decimal('0.01'))}",
        "limit": f"{waiver.limit_usd.normalize():f}",
        "schedule": line.schedule or "",
    }
    return Reason(
        code=Code.TQ_CHN_018,
        channel=1 if waiver.verified else 2,
        source=waiver.source,
        audience="declarant",
        line=line.number,
        values=values,
    )
