"""The channel: 1 accept, 2 documents, 3 goods and documents, with every reason kept.

Legal basis: Customs Law 54/2014/QH13 Art. 17, 33 and 43 (risk management; who is not stopped); Circular 38/2015/TT-BTC
Art. 19.3 (channels) as amended by 39/2018; Circular 81/2019/TT-BTC Art. 10, 16, 17 and 19 (compliance levels, factors,
random selection; a list of risk goods is never the sole ground of an inspection).

The highest channel that any reason asks for wins. Goods listed as risky are no reason here, neither alone nor added.
The random selection asks for an inspection of the goods: it is the random check that Art. 33 and 43 leave open even
for those who are otherwise not stopped. A priority enterprise keeps its reasons, but only signs of violation
(prohibited goods, a non-compliant or barred standing) and the random check count for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from thongquan.rules.codes import Code
from thongquan.rules.decision import LineDuties, Reason
from thongquan.rules.document import Document, Line
from thongquan.rules.duties import Assessment
from thongquan.rules.facts import Facts
from thongquan.rules.law import Condition
from thongquan.rules.rates import Applied
from thongquan.rules.selection import random_reasons, score_reasons

ACCEPT, DOCUMENTS, GOODS = 1, 2, 3
_KINDS = {
    "control": Code.TQ_CHN_001,
    "licence": Code.TQ_CHN_002,
    "quarantine": Code.TQ_CHN_003,
    "prohibited": Code.TQ_CHN_004,
    "specialized_inspection": Code.TQ_CHN_005,
    "gate": Code.TQ_CHN_006,
}
_LAW = "Customs Law 54/2014/QH13"
_LEVELS = "Circular 81/2019/TT-BTC Art. 10"
_STOPS_PRIORITY = frozenset({Code.TQ_CHN_004, Code.TQ_CHN_007, Code.TQ_CHN_008, Code.TQ_CHN_010})


def choose_channel(
    facts: Facts, rates: list[tuple[Applied, ...]], assessment: Assessment, *, more: Sequence[Reason] = ()
) -> tuple[int, tuple[Reason, ...]]:
    """Give the channel and its reasons, the weightiest first; `more` are reasons found elsewhere (certificates)."""
    reasons = _condition_reasons(facts)
    reasons += _tax_reasons(facts.document, rates, assessment)
    reasons += _standing_reasons(facts)
    reasons += random_reasons(facts)
    reasons += _profile_reasons(facts)
    reasons += score_reasons(facts)
    reasons += more
    if facts.standing.priority or facts.standing.level == 1:
        reasons = _as_priority(reasons)
    if not reasons:
        reasons = [Reason(code=Code.TQ_CHN_013, channel=ACCEPT, source=f"{_LAW} Art. 17", audience="declarant")]
    reasons.sort(key=lambda reason: -reason.channel)
    return reasons[0].channel, tuple(reasons)


def _condition_reasons(facts: Facts) -> list[Reason]:
    """TQ-CHN-001 to 006: conditions of control or release that the law attaches to the goods."""
    document = facts.document
    return [
        reason
        for line, law in zip(document.lines, facts.law.lines, strict=True)
        for condition in law.conditions
        if (reason := _condition_reason(document, line, condition)) is not None
    ]


def _condition_reason(document: Document, line: Line, condition: Condition) -> Reason | None:
    if condition.origins and line.origin not in condition.origins:
        return None
    channel, values = condition.channel or ACCEPT, {"condition": condition.code, "hs": line.hs or ""}
    if condition.kind == "gate":
        if not condition.gates or document.gate in condition.gates:
            return None
        values |= {"gate": document.gate or "-", "gates": ", ".join(condition.gates)}
    elif condition.kind == "licence" and not (line.permits or document.permits):
        channel = max(channel, DOCUMENTS)
    return Reason(
        code=_KINDS[condition.kind],
        channel=channel,
        source=condition.source,
        audience="declarant",
        line=line.number,
        values=values,
    )


def _tax_reasons(document: Document, rates: list[tuple[Applied, ...]], assessment: Assessment) -> list[Reason]:
    """TQ-CHN-011, TQ-CHN-012: a tax that an officer must assess, a relief or security that an officer must check."""
    reasons = []
    for applied, duties in zip(rates, assessment.lines, strict=True):
        reasons += [
            Reason(
                code=Code.TQ_CHN_011,
                channel=DOCUMENTS,
                source=one.cell.source if one.cell else "Law 107/2016/QH13 Art. 5",
                audience="declarant",
                line=duties.number,
                values={"tax": one.tax},
            )
            for one in applied
            if one.unknown
        ]
        reasons += _relief_reasons(duties, assessment.relieved_by)
    return reasons


def _relief_reasons(duties: LineDuties, relieved_by: str) -> list[Reason]:
    return [
        Reason(
            code=Code.TQ_CHN_012,
            channel=DOCUMENTS,
            source=tax.source,
            audience="declarant",
            line=duties.number,
            values={"tax": tax.tax, "treatment": tax.treatment},
        )
        for tax in duties.taxes
        if (tax.treatment == "exempt" and not (relieved_by and tax.tax in ("import_duty", "export_duty")))
        or tax.treatment == "secured"
    ]


def _standing_reasons(facts: Facts) -> list[Reason]:
    """TQ-CHN-007, TQ-CHN-008: a declarant at level 5, or barred."""
    standing, reasons = facts.standing, []
    if standing.level == 5:
        reasons.append(Reason(code=Code.TQ_CHN_007, channel=GOODS, source=_LEVELS, values={"level": "5"}))
    if standing.barred:
        reasons.append(Reason(code=Code.TQ_CHN_008, channel=GOODS, source=f"{_LAW} Art. 17"))
    return reasons


def _profile_reasons(facts: Facts) -> list[Reason]:
    """TQ-CHN-020, TQ-CHN-021: a risk profile was met; analysts are told which, officers what to look at."""
    found = []
    for hit in facts.profiles:
        named = {"profile": hit.name, "number": f"{hit.profile}.{hit.revision}"}
        told = {"look_at": hit.look_at}
        found.append(
            Reason(code=Code.TQ_CHN_020, channel=hit.channel, source=hit.source, audience="analyst", values=named)
        )
        found.append(Reason(code=Code.TQ_CHN_021, channel=hit.channel, source=hit.source, values=told))
    return found


def _as_priority(reasons: list[Reason]) -> list[Reason]:
    """TQ-CHN-009: only signs of violation and the random check stop a priority enterprise; the rest is told."""
    kept = [
        reason
        if reason.code in _STOPS_PRIORITY
        else Reason(
            code=reason.code,
            channel=ACCEPT,
            source=reason.source,
            audience=reason.audience,
            line=reason.line,
            values=reason.values,
        )
        for reason in reasons
    ]
    kept.append(Reason(code=Code.TQ_CHN_009, channel=ACCEPT, source=f"{_LAW} Art. 43", audience="declarant"))
    return kept
