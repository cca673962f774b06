"""All checks of a declaration, one function per rule, run in one pass: header first, then line by line.

Legal basis: Circular 38/2015/TT-BTC Art. 18 and Annex II as amended; each check names its own article.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from thongquan.rules.checks import amounts, form, goods, header, value
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Line
from thongquan.rules.facts import Facts
from thongquan.rules.law import LineLaw
from thongquan.rules.origin.suffix import check_suffix
from thongquan.rules.origin.waiver import waived_schedules
from thongquan.rules.parameters import check_parameters, number
from thongquan.rules.promised import check_proof_later
from thongquan.rules.rates import Applied, applied_rates


class _Limits(NamedTuple):
    """Parameters that every line asks for, read once."""

    shortest: int
    tolerance: Decimal
    latest: date
    waived: frozenset[str]


def examine(facts: Facts) -> tuple[list[Fault], list[tuple[Applied, ...]]]:
    """Give every fault of the document, header first and then line by line, and the rates chosen for each line."""
    report: list[Fault] = []
    document, law = facts.document, facts.law
    latest = header.latest_day(facts)
    codes_known = _examine_header(facts, latest, report)
    if len(law.lines) != len(document.lines):
        report.append(Fault(code=Code.TQ_LAW_004, path="lines"))
        return report, []
    waived = waived_schedules(document, law)
    limits = _Limits(int(number(law, "description_min_length")), number(law, "price_tolerance"), latest, waived)
    rates: list[tuple[Applied, ...]] = []
    for index, (line, line_law) in enumerate(zip(document.lines, law.lines, strict=True)):
        if not codes_known:
            form.check_line_codes(index, line, law, report)
        rates.append(_examine_line(index, line, line_law, facts, limits, report))
    return report, rates


def _examine_header(facts: Facts, latest: date, report: list[Fault]) -> bool:
    document, law = facts.document, facts.law
    check_parameters(law, document.flow, report)
    form.check_required(document, law, report)
    form.check_lengths(document, report)
    form.check_party_texts(document, report)
    form.check_counts(document, report)
    codes_known = form.check_codes(document, law, report)
    amounts.check_header_amounts(document, report)
    amounts.check_dates(document, report)
    header.check_tax_codes(document, report)
    header.check_line_count(document, law, report)
    header.check_line_numbers(document, report)
    header.check_regime(document, law, report)
    header.check_temporary(document, law, report)
    header.check_deadline(document, law, report)
    header.check_paper_dates(document, latest, report)
    header.check_invoice_sum(document, law, report)
    header.check_weights(document, report)
    header.check_packages(document, report)
    header.check_containers(document, report)
    header.check_duplicates(facts, report)
    value.check_exchange_rates(document, law, report)
    value.check_freight_insurance(document, report)
    return codes_known


def _examine_line(
    index: int, line: Line, line_law: LineLaw, facts: Facts, limits: _Limits, report: list[Fault]
) -> tuple[Applied, ...]:
    law = facts.law
    form.check_line_required(index, line, report)
    form.check_line_lengths(index, line, report)
    form.check_line_paper_texts(index, line, report)
    amounts.check_line_amounts(index, line, report)
    classified = goods.check_hs(index, line, line_law, law, report)
    goods.check_description(index, line, law, limits.shortest, report)
    goods.check_units(index, line, line_law, report)
    goods.check_price(index, line, limits.tolerance, report)
    goods.check_line_weights(index, line, report)
    goods.check_exemption(index, line, report)
    goods.check_line_papers(index, line, limits.latest, report)
    if facts.document.flow == "import":
        goods.check_origin(index, line, law, report, waived=limits.waived)
        if line.proof_later:
            check_proof_later(index, line, law, report)
    else:
        check_suffix(index, line, law, report)
    if not classified:
        return ()
    return applied_rates(index, line, line_law, law, facts.document.flow, report)
