"""What follows for each declared line: preference granted, granted under guarantee, refused, or doubt.

Legal basis: Circular 33/2023/TT-BTC Art. 12 (MFN paid or the difference guaranteed while the proof is to come), 14-16,
19 (MFN while a doubtful certificate is verified).
"""

from __future__ import annotations

from decimal import Decimal

from thongquan.rules.money import ZERO, exact
from thongquan.rules.origin.declared import Declared, DeclaredLine
from thongquan.rules.origin.findings import GRADES, Grade, OriginFinding
from thongquan.rules.origin.result import LineOutcome, Result

__all__ = ["LineOutcome", "Result", "difference", "outcomes", "worst"]


def worst(findings: tuple[OriginFinding, ...]) -> Grade:
    """The gravest grade among findings; `note` when there are none."""
    return max((one.grade for one in findings), key=GRADES.index, default="note")


def outcomes(findings: tuple[OriginFinding, ...], declared: Declared) -> tuple[LineOutcome, ...]:
    """The outcome of every declared line; what is found of the whole paper counts for each of them."""
    return tuple(_outcome(line, findings, declared) for line in declared.lines)


def _outcome(line: DeclaredLine, findings: tuple[OriginFinding, ...], declared: Declared) -> LineOutcome:
    concerning = tuple(one for one in findings if one.line in (None, line.number))
    grade = worst(concerning)
    result: Result = "granted"
    if grade == "refuse":
        result = "refused"
    elif grade == "doubt" or (grade == "pending" and not declared.secured):
        result = "doubt"
    elif grade == "pending":
        result = "guaranteed"
    deciding = tuple(one.code for one in concerning if one.grade == grade) if result != "granted" else ()
    return LineOutcome(
        line=line.number,
        result=result,
        difference_vnd=difference(line),
        codes=deciding,
        due_mfn_vnd=line.due_mfn_vnd,
        due_preference_vnd=line.due_preference_vnd,
    )


def difference(line: DeclaredLine) -> Decimal | None:
    """What the preference saves on a line in dong, never below zero."""
    if line.due_mfn_vnd is None or line.due_preference_vnd is None:
        return None
    with exact():
        return max(ZERO, line.due_mfn_vnd - line.due_preference_vnd)
