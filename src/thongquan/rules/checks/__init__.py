"""All checks of a declaration, one function per rule, run in one pass: header first, then line by line.

Legal basis: Circular 38/2015/TT-BTC Art. 18 and Annex II as amended; each check names its own article.
"""

from __future__ import annotations

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.facts import Facts
from thongquan.rules.parameters import check_parameters
from thongquan.rules.rates import Applied, applied_rates


def examine(facts: Facts) -> tuple[list[Fault], list[tuple[Applied, ...]]]:
    """Give every fault of the document, in order, and the rates chosen for each line."""
    report: list[Fault] = []
    document, law = facts.document, facts.law
    check_parameters(law, document.flow, report)
    if len(law.lines) != len(document.lines):
        report.append(Fault(code=Code.TQ_LAW_004, path="lines"))
        return report, []
    rates = [
        applied_rates(index, line, line_law, law, document.flow, report)
        for index, (line, line_law) in enumerate(zip(document.lines, law.lines, strict=True))
    ]
    return report, rates
