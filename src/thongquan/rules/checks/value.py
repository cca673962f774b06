"""What the customs value needs: exchange rates, freight and insurance as the delivery term asks.

Legal basis: Decree 08/2015/NĐ-CP Art. 20 and 21.3; Circular 39/2015/TT-BTC; Incoterms.
"""

from __future__ import annotations

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document
from thongquan.rules.law import LawOfDay
from thongquan.rules.valuation import moved_by_term

Report = list[Fault]


def check_exchange_rates(document: Document, law: LawOfDay, report: Report) -> None:
    """TQ-LAW-002: every listed currency of the document has its rate of the week (Decree 08 Art. 21.3)."""
    seen = {"VND"}
    for path, currency in _currencies(document):
        if currency and currency not in seen and f"currency/{currency}" in law.known_codes:
            rate = law.rates.get(currency)
            if rate is None or not rate.vnd.is_finite() or rate.vnd <= 0:
                values = {"currency": currency, "on": law.on.isoformat()}
                report.append(Fault(code=Code.TQ_LAW_002, path=path, value=currency, values=values))
        seen.add(currency or "")


def _currencies(document: Document) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = [
        ("invoice.currency", document.invoice.currency if document.invoice else None),
        ("freight.currency", document.freight.currency if document.freight else None),
        ("insurance.currency", document.insurance.currency if document.insurance else None),
    ]
    for index, adjustment in enumerate(document.adjustments):
        found.append((f"adjustments[{index}].currency", adjustment.currency))
    return found


def check_freight_insurance(document: Document, report: Report) -> None:
    """TQ-VAL-003, TQ-VAL-004, TQ-VAL-005: freight as the term asks; no insurance is told; what is not counted is told.

    Insurance that was not bought is not added (Circular 39/2015), so its absence is a warning; freight was always
    carried by someone, so its absence is an error: zero is written when the price to the gate already holds it.
    """
    term = document.invoice.incoterm if document.invoice else None
    if not term:
        return
    moved, values = moved_by_term(document), {"term": term}
    if "freight" in moved and document.freight is None:
        report.append(Fault(code=Code.TQ_VAL_003, path="freight", value=term, values=values))
    if "insurance" in moved and document.insurance is None:
        report.append(Fault(code=Code.TQ_VAL_004, path="insurance", value=term, values=values, severity="warning"))
    for name, money in (("freight", document.freight), ("insurance", document.insurance)):
        if money is not None and money.amount and name not in moved:
            not_counted = {"term": term, "field": name}
            value = str(money.amount)[:40]
            fault = Fault(code=Code.TQ_VAL_005, path=name, value=value, values=not_counted, severity="warning")
            report.append(fault)
