"""What a declaration claims by registered certificates: findings, the outcome of each line, what it takes of them.

Legal basis: Circular 33/2023/TT-BTC Art. 10-12 (preference is claimed line by line), 14-16 (check), 19 (MFN while a
doubtful certificate is verified), 22 (balance sheet).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, Decimal

from msgspec.structs import replace

from thongquan.rules.codes import Code
from thongquan.rules.decision import Audience, Fault, Reason
from thongquan.rules.document import Document
from thongquan.rules.facts import Facts
from thongquan.rules.law import LawOfDay
from thongquan.rules.money import ZERO, exact
from thongquan.rules.origin.balance import Sheet, use
from thongquan.rules.origin.checks import examine, pairs_of
from thongquan.rules.origin.declared import Declared, declared_of
from thongquan.rules.origin.findings import Grade, OriginFinding, Pair, found
from thongquan.rules.origin.law import OriginLaw
from thongquan.rules.origin.numbers import Likeness, folded_number, plain, usable
from thongquan.rules.origin.outcome import LineOutcome, outcomes
from thongquan.rules.origin.presented import OPEN, Presented, Take
from thongquan.rules.parts import Frozen

SECURED_TERMS = frozenset({"A", "B"})
"""Terms of payment under a guarantee, single or general."""
OFFICERS_ONLY = frozenset({str(Code.TQ_ORI_051), str(Code.TQ_ORI_052), str(Code.TQ_ORI_059)})
"""Findings that name a certificate of somebody else."""
ALIKE: dict[Likeness, tuple[Code, Grade]] = {
    "same": (Code.TQ_ORI_050, "refuse"),
    "altered": (Code.TQ_ORI_051, "doubt"),
    "same_goods": (Code.TQ_ORI_052, "doubt"),
    "near": (Code.TQ_ORI_059, "note"),
}
_OF_PAPER = frozenset(
    str(code)
    for code in (
        Code.TQ_ORI_010,
        Code.TQ_ORI_013,
        Code.TQ_ORI_016,
        Code.TQ_ORI_021,
        Code.TQ_ORI_036,
        Code.TQ_ORI_037,
        Code.TQ_ORI_040,
    )
)
"""Doubts about the paper alone: an officer who accepted the certificate has answered them with words."""
_SIX = Decimal("0.000001")
_ASKS = {"refused": Code.TQ_CHN_015, "doubt": Code.TQ_CHN_016, "guaranteed": Code.TQ_CHN_017}


class Claim(Frozen, frozen=True, kw_only=True):
    """One certificate with the lines that name it, what was found, and the outcome of those that claim preference."""

    presented: Presented
    declared: Declared
    findings: tuple[OriginFinding, ...]
    pairs: tuple[Pair, ...]
    outcomes: tuple[LineOutcome, ...]
    takes: tuple[Take, ...]


def claims_of(facts: Facts) -> tuple[Claim, ...]:
    """What the declaration claims by each registered certificate; empty when its lines name none."""
    document, law = facts.document, facts.law
    if document.flow != "import":
        return ()
    with exact():
        return tuple(_claim(one, facts.origin_laws[one.law], document, law) for one in facts.certificates)


def named_certificates(document: Document) -> list[str]:
    """The folded numbers of the certificates that the lines of an import name, each once."""
    if document.flow != "import":
        return []
    named = (folded_number(line.certificate.number) for line in document.lines if line.certificate is not None)
    return [number for number in dict.fromkeys(named) if number]


def _claim(presented: Presented, origin: OriginLaw, document: Document, law: LawOfDay) -> Claim:
    paper = presented.paper
    declared = declared_of(document, paper.number, law.on, secured=document.tax_term in SECURED_TERMS)
    if presented.filed_on is not None or presented.proved:
        declared = replace(declared, filed_on=presented.filed_on or law.on, proof=presented.proved)
    findings = _findings(presented, origin, declared, document, law)
    pairs = pairs_of(paper, declared)
    claiming = _claiming(document, law)
    told = tuple(replace(one, certificate=paper.number) for one in outcomes(findings, declared) if one.line in claiming)
    claim = Claim(presented=presented, declared=declared, findings=findings, pairs=pairs, outcomes=told, takes=())
    return replace(claim, takes=tuple(_takes(claim, origin)))


def _claiming(document: Document, law: LawOfDay) -> frozenset[int]:
    """The numbers of the lines that claim a preferential schedule."""
    schedules = {code for code, one in law.schedules.items() if one.preferential}
    return frozenset(line.number for line in document.lines if line.schedule in schedules)


def _findings(
    presented: Presented, origin: OriginLaw, declared: Declared, document: Document, law: LawOfDay
) -> tuple[OriginFinding, ...]:
    number = presented.paper.number
    if not presented.own:
        return (found(Code.TQ_ORI_050, "doubt", "22", "number", number),)
    findings = examine(presented.paper, origin, declared)
    if presented.filed_on is not None:  # its clock was asked, which knows of days off
        findings = tuple(one for one in findings if one.code != Code.TQ_ORI_023)
    if presented.state == "accepted":
        findings = tuple(one for one in findings if not (one.grade == "doubt" and one.code in _OF_PAPER))
    refused = _of_items(presented, declared)
    return (*findings, *_of_state(presented), *refused, *_of_schedule(presented, origin, document, law))


def _of_state(presented: Presented) -> Iterator[OriginFinding]:
    """TQ-ORI-061, -063: doubted or refused (Art. 19); TQ-ORI-050 to -052, -059: another one is like it (Art. 22)."""
    number = presented.paper.number
    if presented.state == "refused":
        yield found(Code.TQ_ORI_063, "refuse", "19", "number", number, values={"number": number})
    elif presented.state not in OPEN:
        yield found(Code.TQ_ORI_061, "doubt", "19", "number", number, values={"number": number})
    for one in presented.alike:
        code, grade = ALIKE[one.kind]
        yield found(code, grade, "22", "number", number, values={"number": one.number})


def _of_items(presented: Presented, declared: Declared) -> Iterator[OriginFinding]:
    """TQ-ORI-097: a verification ended against the line of the certificate (Art. 19)."""
    for pair in pairs_of(presented.paper, declared) if presented.refused else ():
        if pair.item is not None and pair.item.number in presented.refused:
            item = pair.item.number
            yield found(Code.TQ_ORI_097, "refuse", "19", "item", item, line=pair.line.number, item=item)


def _of_schedule(presented: Presented, origin: OriginLaw, document: Document, law: LawOfDay) -> Iterator[OriginFinding]:
    """TQ-ORI-062: the schedule claimed is that of the certificate's agreement (Art. 10.1a)."""
    agreement = origin.agreement
    if agreement is None or not agreement.schedule:
        return
    number, claiming = folded_number(presented.paper.number), _claiming(document, law)
    for line in document.lines:
        named = line.certificate is not None and folded_number(line.certificate.number) == number
        if named and line.number in claiming and line.schedule != agreement.schedule:
            values = {"schedule": line.schedule or "", "agreement": agreement.code}
            yield found(Code.TQ_ORI_062, "refuse", "10.1", "schedule", line.schedule, line=line.number, values=values)


def _takes(claim: Claim, origin: OriginLaw) -> Iterator[Take]:
    """What each line takes; a refused one takes nothing, unless it was refused for asking more than is certified."""
    presented = claim.presented
    if not presented.own or presented.state not in OPEN:
        return
    excess = {str(Code.TQ_ORI_026)}
    refused = {one.line for one in claim.outcomes if one.result == "refused" and not excess.issuperset(one.codes)}
    for pair in claim.pairs:
        line, item = pair.line, pair.item
        if item is None or line.number in refused or not usable(line.quantity):
            continue
        quantity = origin.converted(line.quantity, line.unit, item.unit)
        if quantity is not None and quantity > 0:
            kept = quantity.quantize(_SIX, rounding=ROUND_CEILING)
            yield Take(certificate=presented.id, item=item.number, line=line.number, quantity=kept)


def takes_of(claims: Iterable[Claim]) -> tuple[Take, ...]:
    """All that a declaration takes of certificates."""
    return tuple(take for claim in claims for take in claim.takes)


def left_after(certificates: Iterable[Presented], taken: Iterable[Take]) -> tuple[Presented, ...]:
    """Certificates with what others took of them meanwhile: the parts of one upload follow one another."""
    gone: dict[tuple[int, str], Decimal] = {}
    for take in taken:
        key = (take.certificate, str(take.item))
        gone[key] = gone.get(key, ZERO) + take.quantity
    if not gone:
        return tuple(certificates)
    return tuple(
        replace(one, left={item: left - gone.get((one.id, item), ZERO) for item, left in one.left.items()})
        for one in certificates
    )


def overdrawn(claims: Iterable[Claim], document: Document) -> list[Fault]:
    """TQ-ORI-053: a line takes no more of an item than the item has left for this declaration (Art. 22)."""
    places = {line.number: place for place, line in enumerate(document.lines)}
    faults = []
    for claim in claims:
        sheets = {item: Sheet(quantity=left) for item, left in claim.presented.left.items()}
        for take in claim.takes:
            item = str(take.item)
            sheet, fault = use(sheets.get(item, Sheet(quantity=ZERO)), str(take.line), take.quantity)
            sheets[item] = sheet
            if fault is not None:
                values = {"left": plain(sheet.left), "wanted": plain(take.quantity)}
                path = f"lines[{places[take.line]}].certificate"
                faults.append(replace(fault, path=path, line=take.line, value=plain(take.quantity), values=values))
    return faults


def warnings(claims: Iterable[Claim]) -> list[Fault]:
    """Why a preference is not simply granted, for the declarant: each deciding finding once."""
    told: dict[tuple[str, int | None, str], Fault] = {}
    for claim in claims:
        deciding = {(code, one.line) for one in claim.outcomes for code in one.codes}
        codes = {code for code, _line in deciding} - OFFICERS_ONLY
        for one in claim.findings:
            if one.code in codes and (one.line is None or (one.code, one.line) in deciding):
                told[one.code, one.line, one.path] = replace(one.fault(), severity="warning")
    return list(told.values())


def reasons(claims: Iterable[Claim]) -> list[Reason]:
    """TQ-CHN-015 to -017: a document check where a preference is refused, doubted or still to be proved."""
    return [_reason(claim, one) for claim in claims for one in claim.outcomes if one.result != "granted" and one.codes]


def _reason(claim: Claim, outcome: LineOutcome) -> Reason:
    public = [code for code in outcome.codes if code not in OFFICERS_ONLY]
    code = (public or list(outcome.codes))[0]
    article = next(one.article for one in claim.findings if one.code == code and one.line in (None, outcome.line))
    audience: Audience = "declarant" if public else "officer"
    values = {"certificate": outcome.certificate, "finding": code}
    return Reason(
        code=_ASKS[outcome.result],
        channel=2,
        source=article,
        audience=audience,
        line=outcome.line,
        values=values,
    )


def for_declarant(outcome: LineOutcome) -> LineOutcome:
    """An outcome without the findings that name a certificate of somebody else."""
    return replace(outcome, codes=tuple(code for code in outcome.codes if code not in OFFICERS_ONLY))
