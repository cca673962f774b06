"""A proof of origin that is to come after lodging: what a declarant may announce for a line.

Legal basis: Circular 33/2023/TT-BTC Art. 12 (proof at the declaration; else MFN is paid or the difference guaranteed,
and the proof filed within the term from registration).
"""

from __future__ import annotations

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Line
from thongquan.rules.law import LawOfDay


def is_guaranteed(line: Line) -> bool:
    """Whether a line takes the preference now and its difference of duty is guaranteed until the proof comes."""
    return bool(line.proof_later) and line.proof_later == line.schedule


def check_proof_later(index: int, line: Line, law: LawOfDay, report: list[Fault]) -> None:
    """TQ-ORI-002, TQ-ORI-140: what is announced is a preference of a member, alone on its line, without its proof."""
    later = line.proof_later or ""
    if f"schedule/{later}" not in law.known_codes:
        return
    rules, own = law.schedules.get(later), law.schedules.get(line.schedule or "")
    path, values = f"lines[{index}].proof_later", {"schedule": later, "origin": line.origin or "", "hs": line.hs or ""}
    other = own is not None and own.preferential and line.schedule != later
    named = line.certificate is not None and bool(line.certificate.number.strip())
    if rules is None or not rules.preferential or other or named:
        report.append(Fault(code=Code.TQ_ORI_140, path=path, line=line.number, value=later, values=values))
    elif line.origin and rules.members and line.origin not in rules.members:
        report.append(Fault(code=Code.TQ_ORI_002, path=path, line=line.number, value=later, values=values))
