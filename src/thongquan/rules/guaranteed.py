"""The difference of duty that is guaranteed while a proof of origin is to come.

Legal basis: Circular 33/2023/TT-BTC Art. 12. Of every line that takes a preference whose proof was announced, all taxes
are reckoned a second time without the preference; what they would be more must be secured and is not yet owed.
"""

from __future__ import annotations

from msgspec.structs import replace

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault, LineDuties
from thongquan.rules.document import Line
from thongquan.rules.duties import Assessment, assess
from thongquan.rules.facts import Facts
from thongquan.rules.money import ZERO
from thongquan.rules.origin.preference import Rates, rates_at_mfn
from thongquan.rules.promised import is_guaranteed
from thongquan.rules.valuation import Valuation


def with_guaranteed(
    facts: Facts, value: Valuation, rates: Rates, assessment: Assessment
) -> tuple[Assessment, list[Fault]]:
    """The assessment with the differences secured; TQ-ORI-141 for each line whose duty at MFN the law does not give."""
    document = facts.document
    announced = {line.number for line in document.lines if is_guaranteed(line)}
    if not announced:
        return assessment, []
    at_mfn = rates_at_mfn(facts, rates, announced)
    faults = [
        _unknown(place, line)
        for place, line in enumerate(document.lines)
        if line.number in announced and at_mfn[place] is rates[place]
    ]
    dearer = assess(document, facts.law, value, at_mfn)
    return assessment._replace(lines=tuple(map(_secured, assessment.lines, dearer.lines))), faults


def _unknown(place: int, line: Line) -> Fault:
    values = {"schedule": line.schedule or "", "hs": line.hs or ""}
    path = f"lines[{place}].proof_later"
    return Fault(code=Code.TQ_ORI_141, path=path, line=line.number, value=line.hs or "", values=values)


def _secured(now: LineDuties, dearer: LineDuties) -> LineDuties:
    difference = max(ZERO, dearer.due_vnd - now.due_vnd)
    if not difference:
        return now
    return replace(now, secured_vnd=now.secured_vnd + difference, difference_vnd=now.difference_vnd + difference)
