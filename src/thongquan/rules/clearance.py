"""The decision: every fault at once, or duties, fee and channel.

Legal basis: Customs Law 54/2014/QH13 Art. 12, 17, 21-33; Circular 38/2015/TT-BTC Art. 18-19 as amended. The parts
carry their own articles.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from thongquan.rules.channel import choose_channel
from thongquan.rules.checks import examine
from thongquan.rules.codes import Code
from thongquan.rules.decision import Audience, Decision, Fault, LineDuties, Reason
from thongquan.rules.duties import Assessment
from thongquan.rules.facts import Facts, Standing
from thongquan.rules.fees import customs_fee
from thongquan.rules.guaranteed import with_guaranteed
from thongquan.rules.money import ZERO, exact
from thongquan.rules.origin.claims import Claim, claims_of, for_declarant, overdrawn, reasons, takes_of, warnings
from thongquan.rules.origin.outcome import LineOutcome
from thongquan.rules.origin.preference import assess_claims
from thongquan.rules.origin.waiver import waiver_reasons
from thongquan.rules.rates import Applied
from thongquan.rules.valuation import value_document

_SEES: dict[Audience, frozenset[Audience]] = {
    "declarant": frozenset({"declarant"}),
    "officer": frozenset({"declarant", "officer"}),
    "analyst": frozenset({"declarant", "officer", "analyst"}),
    "internal_control": frozenset({"declarant", "officer", "analyst", "internal_control"}),
}


class Settled(NamedTuple):
    """What a decision comes to before its channel and its fee: warnings, value in dong, claims, duties, rates."""

    faults: tuple[Fault, ...]
    value_vnd: Decimal
    claims: tuple[Claim, ...]
    assessment: Assessment
    in_force: list[tuple[Applied, ...]]
    outcomes: tuple[LineOutcome, ...]


def decide(facts: Facts) -> Decision:
    """Decide a declaration from its facts alone; never raises on the content of a document.

    Refused with every fault when one of them is an error: then there are no duties and no channel. Otherwise the
    warnings stand beside the duties (dong), the fee (dong), the channel (1, 2, 3) and all its reasons.
    """
    with exact():
        return _decide(facts)


def _decide(facts: Facts) -> Decision:
    settled = settled_by(facts)
    return settled if isinstance(settled, Decision) else concluded(facts, settled)


def settled_by(facts: Facts) -> Settled | Decision:
    """What stands before channel and fee, or the refusal. Reckons exactly only within `money.exact`."""
    document, law = facts.document, facts.law
    faults, rates = examine(facts)
    claims = claims_of(facts) if facts.certificates and rates else ()
    faults += overdrawn(claims, document)
    if [fault for fault in faults if fault.severity == "error"]:
        return _refused(facts, faults)
    value = value_document(document, law)
    if value.total_vnd <= 0:
        faults.insert(0, Fault(code=Code.TQ_VAL_006, path="invoice.amount", value=str(value.total_vnd)))
        return _refused(facts, faults)
    assessment, in_force, outcomes = assess_claims(facts, value, rates, claims)
    if any(line.proof_later for line in document.lines):
        assessment, unknown = with_guaranteed(facts, value, rates, assessment)
        if unknown:
            return _refused(facts, [*faults, *unknown])
    faults += warnings(claims)
    return Settled(tuple(faults), value.total_vnd, claims, assessment, in_force, outcomes)


def concluded(facts: Facts, settled: Settled) -> Decision:
    """The decision: what was settled, with the channel and the fee. Within `money.exact`, as `settled_by`."""
    document, law, assessment = facts.document, facts.law, settled.assessment
    more = [*reasons(settled.claims), *waiver_reasons(document, law)]
    channel, asked = choose_channel(facts, settled.in_force, assessment, more=more)
    due = sum([line.due_vnd for line in assessment.lines], ZERO)
    fee = customs_fee(law, document, settled.value_vnd, due)
    return Decision(
        accepted=True,
        faults=settled.faults,
        lines=assessment.lines,
        fee_vnd=fee,
        totals_vnd=_totals(assessment.lines),
        due_vnd=due + fee,
        secured_vnd=sum([line.secured_vnd for line in assessment.lines], ZERO),
        channel=channel,
        reasons=asked,
        law_version=law.version,
        rules_release=facts.rules_release,
        origin=settled.outcomes,
        takes=takes_of(settled.claims),
    )


def _refused(facts: Facts, faults: list[Fault]) -> Decision:
    return Decision(
        accepted=False, faults=tuple(faults), law_version=facts.law.version, rules_release=facts.rules_release
    )


def _totals(lines: tuple[LineDuties, ...]) -> dict[str, Decimal]:
    """Sum what is due by tax, in legal order."""
    totals: dict[str, Decimal] = {}
    for line in lines:
        for tax in line.taxes:
            if tax.treatment == "due":
                totals[tax.tax] = totals.get(tax.tax, ZERO) + tax.amount_vnd
    return totals


def redacted(decision: Decision, audience: Audience, *, lodged: bool = False) -> Decision:
    """Give the decision as an audience may see it.

    A declarant who only tries (`lodged` False) sees validity and duties, never channel or reasons. After lodging a
    declarant sees the channel with the reasons that the law makes public; when the channel rests on others, one
    sentence says that the declaration was selected under risk management (TQ-CHN-014). Officers, analysts and
    internal control see what is meant for them and for those before them.
    """
    if audience == "declarant" and decision.origin:
        decision = replace(decision, origin=tuple(for_declarant(one) for one in decision.origin))
    if audience == "declarant" and not lodged:
        return replace(decision, channel=None, reasons=())
    sees = _SEES[audience]
    shown = [reason for reason in decision.reasons if reason.audience in sees]
    told = max((reason.channel for reason in shown), default=0)
    if audience == "declarant" and told < (decision.channel or 0):
        shown.insert(0, _selected(decision.channel or 0))
    return replace(decision, reasons=tuple(shown))


def redacted_facts(facts: Facts, audience: Audience) -> Facts:
    """Give the facts as an audience may see them.

    A declarant gets neither its standing, nor the random draw, nor which other certificates are like its own. Which
    risk profiles were met, from where on the model opens and what it looked at is for analysts and internal control.
    """
    if audience == "officer" and (facts.profiles or facts.score or facts.hour):
        score = replace(facts.score, rows=(), vectors=b"") if facts.score else None
        return replace(facts, profiles=(), score=score, hour=None)
    if audience != "declarant":
        return facts
    certificates = tuple(replace(one, alike=()) if one.alike else one for one in facts.certificates)
    own = replace(facts, certificates=certificates, profiles=(), score=None, hour=None)
    return replace(own, standing=Standing(), draw=None)


def _selected(channel: int) -> Reason:
    source = "Customs Law 54/2014/QH13 Art. 17"
    return Reason(code=Code.TQ_CHN_014, channel=channel, source=source, audience="declarant")
