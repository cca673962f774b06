"""The difference of duty that is guaranteed while a proof of origin is to come.

Legal basis: Circular 33/2023/TT-BTC Art. 12. Of every line that takes a preference whose proof was announced, all taxes
are reckoned a second time without the preference; what they would be more must be secured and is not yet owed.
"""

from __future__ import annotations

from msgspec.structs import replace

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault, LineDuties
from thongquan.rules.document import Document, Line
from thongquan.rules.duties import Assessment, assess
from thongquan.rules.law import LawOfDay
from thongquan.rules.money import ZERO
from thongquan.rules.promised import is_guaranteed
from thongquan.rules.rates import Applied, applied_rates
from thongquan.rules.valuation import Valuation

Rates = list[tuple[Applied, ...]]


def with_guaranteed(
    document: Document, law: LawOfDay, value: Valuation, rates: Rates, assessment: Assessment
) -> tuple[Assessment, list[Fault]]:
    """The assessment with the differences secured; TQ-ORI-141 for each line whose duty at MFN the law does not give."""
    if not any(is_guaranteed(line) for line in document.lines):
        return assessment, []
    faults: list[Fault] = []
    ordinary = tuple(without_preference(line) if is_guaranteed(line) else line for line in document.lines)
    without: Rates = [
        _rates(place, line, document, law, faults) if is_guaranteed(document.lines[place]) else rates[place]
        for place, line in enumerate(ordinary)
    ]
    if faults:
        return assessment, faults
    dearer = assess(replace(document, lines=ordinary), law, value, without)
    lines = tuple(map(_secured, document.lines, assessment.lines, dearer.lines))
    return assessment._replace(lines=lines), []


def without_preference(line: Line) -> Line:
    """The same line at the most-favored-nation rate, without what it says of a proof."""
    choices = tuple(choice for choice in line.choices if choice.tax != "import_duty")
    return replace(line, schedule=None, proof_later=None, certificate=None, choices=choices)


def _rates(place: int, line: Line, document: Document, law: LawOfDay, faults: list[Fault]) -> tuple[Applied, ...]:
    told: list[Fault] = []
    found = applied_rates(place, line, law.lines[place], law, document.flow, told)
    duty = [one for one in found if one.tax == "import_duty"]
    if any(fault.severity == "error" for fault in told) or any(one.unknown for one in duty):
        values = {"schedule": document.lines[place].schedule or "", "hs": line.hs or ""}
        path = f"lines[{place}].proof_later"
        faults.append(Fault(code=Code.TQ_ORI_141, path=path, line=line.number, value=line.hs or "", values=values))
    return found


def _secured(line: Line, now: LineDuties, dearer: LineDuties) -> LineDuties:
    difference = max(ZERO, dearer.due_vnd - now.due_vnd)
    if not (is_guaranteed(line) and difference):
        return now
    return replace(now, secured_vnd=now.secured_vnd + difference, difference_vnd=difference)
