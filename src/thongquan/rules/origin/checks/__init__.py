"""All checks of a certificate, one function per rule, run in one pass: the paper first, then the declared lines.

Legal basis: Circular 33/2023/TT-BTC Art. 10-18; the agreements' own rules as dated data.
"""

from __future__ import annotations

from collections.abc import Callable

from thongquan.rules.origin.certificate import Paper, PaperLine
from thongquan.rules.origin.checks import codes, form, goods, issue, transport
from thongquan.rules.origin.declared import Declared, DeclaredLine
from thongquan.rules.origin.findings import Examined, OriginFinding, Pair
from thongquan.rules.origin.law import OriginLaw

Check = Callable[[Examined], list[OriginFinding]]
PAPER: tuple[Check, ...] = (
    form.check_agreement,
    form.check_form,
    form.check_boxes,
    form.check_lines,
    form.check_criteria,
    form.check_exhibition,
    issue.check_country,
    issue.check_issuer,
    issue.check_cancelled,
    issue.check_retroactive,
    transport.check_direct,
    transport.check_back_to_back,
)
"""Checks of the paper alone: made when it is registered."""
AGAINST: tuple[Check, ...] = (
    issue.check_validity,
    issue.check_filed,
    goods.check_matched,
    goods.check_origin,
    goods.check_descriptions,
    goods.check_quantities,
    goods.check_weight,
    goods.check_invoice,
    goods.check_third_party,
    goods.check_consignee,
    transport.check_documents,
    transport.check_vehicle,
    codes.check_rules,
)
"""Checks against a declaration."""


def examine(certificate: Paper, law: OriginLaw, declared: Declared | None = None) -> tuple[OriginFinding, ...]:
    """Everything there is to say of a certificate, alone or against the declaration that claims it."""
    given = Examined(certificate=certificate, law=law, declared=declared, pairs=pairs_of(certificate, declared))
    found = [one for check in PAPER for one in check(given)]
    if declared is not None:
        found += [one for check in AGAINST for one in check(given)]
        found += codes.check_codes(given, other_doubt=any(one.grade in ("doubt", "refuse") for one in found))
    return tuple(found)


def pairs_of(certificate: Paper, declared: Declared | None) -> tuple[Pair, ...]:
    """Each declared line with the item it names; one that names none gets the only item of its six digits."""
    if declared is None:
        return ()
    by_number = {item.number: item for item in certificate.lines}
    by_code: dict[str, list[PaperLine]] = {}
    for item in certificate.lines:
        by_code.setdefault(item.hs[:6], []).append(item)
    return tuple(Pair(line=line, item=_item(line, by_number, by_code)) for line in declared.lines)


def _item(line: DeclaredLine, by_number: dict[int, PaperLine], by_code: dict[str, list[PaperLine]]) -> PaperLine | None:
    if line.item is not None:
        return by_number.get(line.item)
    fitting = by_code.get(line.hs[:6], [])
    return fitting[0] if len(fitting) == 1 else None
