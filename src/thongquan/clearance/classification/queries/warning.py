"""What a declarant is told before lodging: own earlier codes for the same goods, and codes customs gave for such goods.

Legal basis: Circular 38/2015/TT-BTC Art. 20 as amended (amending of one's own accord); Circular 14/2015/TT-BTC
Art. 4.1; Decree 169/2026/NĐ-CP Art. 10, 15.1b. Never another trader's line, and of another trader's ruling only what
is published.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec
from django.db.models import F

from thongquan.clearance.classification.models import DeclaredLine, Goods
from thongquan.clearance.classification.queries.attributes import attributes_in_force
from thongquan.clearance.classification.queries.precedents import PrecedentShown, precedents_named, same_goods
from thongquan.clearance.classification.subjects import number_of
from thongquan.learning.suggest.knowledge import digits_of
from thongquan.learning.text import Canonical, canonical, fingerprint, rare_numbers
from thongquan.learning.twins import Attribute, parting
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

MOST_LINES, MOST_NEAR = 50, 200
NEAR = 0.8
"""The share of features (Dice) from which own goods count as near-same."""
KINDS = {
    Code.TQ_CLS_070: "contradicts_precedent",
    Code.TQ_CLS_071: "contradicts_own_guidance",
    Code.TQ_CLS_072: "own_history",
    Code.TQ_CLS_073: "ruling_not_yours",
}


class LineAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line as it is about to be lodged; `rulings` are the numbers of advance rulings it names."""

    number: int
    hs: str
    description: str
    rulings: tuple[str, ...] = ()


class LineWarning(msgspec.Struct, frozen=True, kw_only=True):
    """A question to the declarant. `declaration` is the own earlier one, `exact` where the goods are told the same."""

    line: int
    code: str
    values: dict[str, str]
    declaration: str = ""
    exact: bool = False

    @property
    def kind(self) -> str:
        """own_history, contradicts_precedent, contradicts_own_guidance or ruling_not_yours."""
        return KINDS[Code(self.code)]

    @property
    def fault(self) -> Fault:
        """The same as sentences are made of; never an error: nothing is stopped."""
        return Fault(code=self.code, path="hs", line=self.line, values=self.values, severity="warning")


def warnings_for(*, lines: Sequence[LineAsked], tax_code: str, on: date, apart_from: int = 0) -> list[LineWarning]:
    """What speaks against the codes of these lines of a trader, by line; 50 lines at most are looked at.

    `apart_from` is the declaration (eleven digits) that is being amended. The caller asks whose trader it is.
    """
    deciding = attributes_in_force()
    found: list[LineWarning] = []
    for line in lines[:MOST_LINES]:
        code, goods = digits_of(line.hs), canonical(line.description)
        found += _named(line, tax_code, on)
        if code and not goods.empty:
            found += _ruled(line, code, tax_code, on)
            found += _own(line, code, goods, tax_code, apart_from, deciding)
    return found


def _named(line: LineAsked, tax_code: str, on: date) -> list[LineWarning]:
    named = precedents_named(line.rulings[:5], on=on, addressee=tax_code) if line.rulings else {}
    unknown = [number for number, found in named.items() if not found]
    other = [one for found in named.values() for one in found if not one.agrees_with(digits_of(line.hs))]
    values = {"line": str(line.number)}
    told = [LineWarning(line=line.number, code=Code.TQ_CLS_073, values={**values, "number": one}) for one in unknown]
    return told + [_against(line, digits_of(line.hs), one, exact=True) for one in other]


def _ruled(line: LineAsked, code: str, tax_code: str, on: date) -> list[LineWarning]:
    """Contradictions with what the trader may know: told to it, meant for everyone, or a published ruling."""
    known = [
        one
        for one in same_goods(description=line.description, addressee=tax_code, on=on)
        if one.own or not one.addressee or one.ruling_id is not None
    ]
    return [
        _against(line, code, one, exact=one.exact)
        for one in known
        if not one.agrees_with(code) and one.number not in line.rulings
    ]


def _against(line: LineAsked, code: str, one: PrecedentShown, *, exact: bool) -> LineWarning:
    values = {"line": str(line.number), "declared": code or line.hs[:20], "ruled": one.hs, "number": one.number}
    return LineWarning(
        line=line.number, code=Code.TQ_CLS_071 if one.own else Code.TQ_CLS_070, values=values, exact=exact
    )


def _own(
    line: LineAsked, code: str, goods: Canonical, tax_code: str, apart_from: int, deciding: Sequence[Attribute]
) -> list[LineWarning]:
    """The trader's own last line of the same goods, where its code is another."""
    if not tax_code:
        return []
    mine = DeclaredLine.objects.filter(importer=tax_code, live=True).exclude(declaration=apart_from)
    exact = True
    last = mine.filter(goods__fingerprint=UUID(fingerprint(goods))).order_by("-on", "-id").first()
    if last is None:
        exact = False
        near = _near(goods, code, tax_code, deciding)
        last = mine.filter(goods_id__in=near).order_by("-on", "-id").first() if near else None
    if last is None or last.code == code:
        return []
    number = number_of(last.declaration, last.version)
    values = {
        "line": str(line.number),
        "declared": code,
        "other": last.code,
        "on": last.on.strftime("%d/%m/%Y"),
        "declaration": number,
    }
    return [LineWarning(line=line.number, code=Code.TQ_CLS_072, values=values, declaration=number, exact=exact)]


def _near(goods: Canonical, code: str, tax_code: str, deciding: Sequence[Attribute]) -> list[int]:
    """Goods the trader declared that are near-same and not parted by a deciding attribute."""
    features = rare_numbers(goods)
    rows = Goods.objects.filter(rare__overlap=sorted(features), lines__importer=tax_code, lines__live=True)
    held = rows.annotate(key=F("id")).values_list("key", "own", "description", "code").distinct()[:MOST_NEAR]
    return [
        key
        for key, own, description, other in held
        if 2 * len(features & set(own)) >= NEAR * (len(features) + len(own))
        and parting(deciding, goods, canonical(description), (code, other)) is None
    ]
