"""Codes and criteria: the certificate's code against the declared one, the criterion against the product's rule.

Legal basis: Circular 33/2023/TT-BTC Art. 15.8 (same six digits), 16 (the matrix); product rules are dated data.
"""

from __future__ import annotations

from thongquan.rules.codes import Code
from thongquan.rules.origin.criteria import Criterion, alternatives, meets_rule, read_criterion
from thongquan.rules.origin.findings import Examined, Grade, OriginFinding, Pair, found
from thongquan.rules.origin.law import OriginLaw
from thongquan.rules.origin.matrix import Answer, differing_codes

TOLD: dict[Answer, tuple[Code, Grade]] = {
    "accept": (Code.TQ_ORI_045, "note"),
    "proof": (Code.TQ_ORI_041, "pending"),
    "verify": (Code.TQ_ORI_042, "doubt"),
    "refuse": (Code.TQ_ORI_043, "refuse"),
    "unlisted": (Code.TQ_ORI_046, "doubt"),
}


def check_rules(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-034, TQ-ORI-035: the criterion meets the rule for the certificate's code, where it is known (Art. 15)."""
    told = []
    for pair in given.pairs:
        item = pair.item
        stated = read_criterion(item.criterion) if item else None
        if item is None or stated is None:
            continue
        rule = given.law.rule_for(item.hs)
        values = {"criterion": stated.key, "hs": item.hs}
        if rule is None or not alternatives(rule.rule):
            told.append(
                found(
                    Code.TQ_ORI_035,
                    "note",
                    "15",
                    "criterion",
                    item.criterion,
                    line=pair.line.number,
                    item=item.number,
                    values=values,
                )
            )
        elif not meets_rule(stated, rule.rule):
            values["rule"] = rule.rule
            grade: Grade = "doubt"
            told.append(
                found(
                    Code.TQ_ORI_034,
                    grade,
                    rule.source,
                    "criterion",
                    item.criterion,
                    line=pair.line.number,
                    item=item.number,
                    values=values,
                )
            )
    return told


def check_codes(given: Examined, *, other_doubt: bool) -> list[OriginFinding]:
    """TQ-ORI-025, TQ-ORI-041 to -046: other eight digits are minor, other six go by the matrix of Art. 16."""
    told = []
    for pair in given.pairs:
        if pair.item is None or not pair.item.hs or not pair.line.hs or pair.line.hs == pair.item.hs:
            continue
        if pair.line.hs[:6] == pair.item.hs[:6]:
            told += _other_eight(pair, given.law)
        else:
            told.append(_other_six(pair, given, other_doubt=other_doubt))
    return told


def _other_eight(pair: Pair, law: OriginLaw) -> list[OriginFinding]:
    stated = pair.item.hs if pair.item else ""
    if len(stated) <= 6:
        return []
    values = {"difference": "hs8", "declared": pair.line.hs, "stated": stated}
    grade: Grade = "minor" if "hs8" in law.minor else "doubt"
    code = Code.TQ_ORI_025 if grade == "minor" else Code.TQ_ORI_042
    return [found(code, grade, "15.8", "hs", pair.line.hs, line=pair.line.number, values=values)]


def _other_six(pair: Pair, given: Examined, *, other_doubt: bool) -> OriginFinding:
    item, line = pair.item, pair.line
    criterion = item.criterion if item else ""
    stated = read_criterion(criterion)
    values = {"stated": item.hs if item else "", "declared": line.hs, "criterion": criterion, "row": ""}
    if stated is None or stated.kind == "PSR":
        return found(Code.TQ_ORI_042, "doubt", "16", "hs", line.hs, line=line.number, values=values)
    verdict = differing_codes(
        stated,
        criterion_for(line.hs, stated, given.law),
        other_doubt=other_doubt,
        proof=given.declared is not None and given.declared.proof,
    )
    code, grade = TOLD[verdict.answer]
    values["row"] = verdict.row
    return found(code, grade, verdict.article, "hs", line.hs, line=line.number, values=values)


def criterion_for(hs: str, stated: Criterion, law: OriginLaw) -> Criterion | None:
    """The criterion that a code asks for: of several alternatives the one equal to the stated one, else the first."""
    rule = law.rule_for(hs)
    single = [parts[0] for parts in alternatives(rule.rule)] if rule is not None else []
    return next((one for one in single if one.key == stated.key), single[0] if single else None)
