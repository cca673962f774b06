"""Both duties of a line that claims preference, and which of them is due by the outcome of its certificate.

Legal basis: Law 107/2016/QH13 Art. 5 (preferential and MFN rates); Circular 33/2023/TT-BTC Art. 12 (MFN paid or the
difference guaranteed until the proof is there), 15 (no preference by an invalid proof), 19 (MFN while it is verified).
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from thongquan.rules.checks import examine
from thongquan.rules.decision import Fault, LineDuties
from thongquan.rules.duties import Assessment, assess
from thongquan.rules.facts import Facts
from thongquan.rules.money import ZERO, exact
from thongquan.rules.origin.claims import Claim
from thongquan.rules.origin.declared import Declared
from thongquan.rules.origin.result import LineOutcome
from thongquan.rules.rates import MFN, Applied, applied_rates
from thongquan.rules.valuation import Valuation, value_document

Rates = list[tuple[Applied, ...]]
AT_MFN = frozenset({"refused", "doubt"})


def rates_in_force(facts: Facts, rates: Rates, claims: Iterable[Claim]) -> Rates:
    """The rates that are due: MFN for a line whose preference is refused or doubted, else those claimed."""
    lines = {one.line for claim in claims for one in claim.outcomes if one.result in AT_MFN}
    return rates_at_mfn(facts, rates, lines) if lines else rates


def rates_at_mfn(facts: Facts, rates: Rates, lines: set[int]) -> Rates:
    """The rates with those lines at MFN; a line without a known MFN rate keeps what it claims."""
    document = facts.document
    return [
        (_at_mfn(facts, place) or applied) if document.lines[place].number in lines else applied
        for place, applied in enumerate(rates)
    ]


def _at_mfn(facts: Facts, place: int) -> tuple[Applied, ...] | None:
    line = facts.document.lines[place]
    choices = tuple(one for one in line.choices if one.tax != "import_duty")
    told: list[Fault] = []
    plain = replace(line, schedule=MFN, choices=choices)
    found = applied_rates(place, plain, facts.law.lines[place], facts.law, facts.document.flow, told)
    known = found and found[0].option is not None
    return found if known else None


def assess_claims(
    facts: Facts, value: Valuation, rates: Rates, claims: tuple[Claim, ...]
) -> tuple[Assessment, Rates, tuple[LineOutcome, ...]]:
    """The duties that are due, the rates they are due by, and the outcome of each claiming line with both its duties.

    A difference under guarantee is added to what the line secures.
    """
    document, law = facts.document, facts.law
    outcomes = [one for claim in claims for one in claim.outcomes]
    if not outcomes:
        return assess(document, law, value, rates), rates, ()
    with_preference = assess(document, law, value, rates)
    at_mfn = rates_at_mfn(facts, rates, {one.line for one in outcomes})
    without = assess(document, law, value, at_mfn)
    known = {
        line.number for line, claimed, plain in zip(document.lines, rates, at_mfn, strict=True) if plain is not claimed
    }
    told = _with_duties(outcomes, with_preference.lines, without.lines, known)
    in_force = rates_in_force(facts, rates, claims)
    due = with_preference if in_force is rates else assess(document, law, value, in_force)
    return _secured(due, told), in_force, told


def _with_duties(
    outcomes: list[LineOutcome],
    preferred: tuple[LineDuties, ...],
    without: tuple[LineDuties, ...],
    known: set[int],
) -> tuple[LineOutcome, ...]:
    less = {one.number: one.due_vnd for one in preferred}
    more = {one.number: one.due_vnd for one in without if one.number in known}
    return tuple(
        replace(
            one,
            due_preference_vnd=less[one.line],
            due_mfn_vnd=more.get(one.line),
            difference_vnd=max(ZERO, more[one.line] - less[one.line]) if one.line in more else None,
        )
        for one in sorted(outcomes, key=lambda one: one.line)
    )


def _secured(assessment: Assessment, outcomes: tuple[LineOutcome, ...]) -> Assessment:
    kept = {one.line: one.difference_vnd for one in outcomes if one.result == "guaranteed" and one.difference_vnd}
    if not kept:
        return assessment
    lines = tuple(
        replace(one, secured_vnd=one.secured_vnd + kept[one.number], difference_vnd=kept[one.number])
        if one.number in kept
        else one
        for one in assessment.lines
    )
    return assessment._replace(lines=lines)


def with_duties(declared: Declared, facts: Facts) -> Declared:
    """The same with both duties of each line, reckoned anew from the facts of its declaration, where MFN is known."""
    with exact():
        found, rates = examine(facts)
        if any(fault.severity == "error" for fault in found):
            return declared
        value = value_document(facts.document, facts.law)
        at_mfn = rates_at_mfn(facts, rates, {line.number for line in declared.lines})
        preferred = assess(facts.document, facts.law, value, rates).lines
        without = assess(facts.document, facts.law, value, at_mfn).lines
    known = [plain is not claimed for claimed, plain in zip(rates, at_mfn, strict=True)]
    duties = {
        less.number: (less.due_vnd, more.due_vnd)
        for less, more, is_known in zip(preferred, without, known, strict=True)
        if is_known
    }
    lines = tuple(
        replace(line, due_preference_vnd=duties[line.number][0], due_mfn_vnd=duties[line.number][1])
        if line.number in duties
        else line
        for line in declared.lines
    )
    return replace(declared, lines=lines)
