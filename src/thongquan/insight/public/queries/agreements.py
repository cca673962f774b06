"""Which agreement pays best for goods from a country, and whether they would qualify.

Legal basis: Circular 33/2023/TT-BTC Art. 10, 12, 17, 18 and the agreements' own rules as dated data. Duties are those
of the calculator, which are those of lodging; the rest is read for all agreements at once. Nothing is stored.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from thongquan.clearance.tariff.queries import current_law, required_documents
from thongquan.clearance.tariff.queries.agreements import AgreementOfDay, agreements_of_day, product_rules_of
from thongquan.clearance.tariff.queries.papers import RequiredPaper
from thongquan.insight.public.queries.duties import MFN, Asked, Outcome, Row, reckon, rows_of
from thongquan.rules.origin.law import ProductRule
from thongquan.rules.origin.offers import Best, Passage, best_of, is_waived, passage
from thongquan.rules.origin.qualifying import Making, Qualification, qualification

WAIVER = "waiver_fob_usd"
DOLLAR = "USD"
PREFERENCE = "preference"


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """One agreement: its duties (`row`), the rule of the code, the answer of the small check, how the goods come.

    `known`: the total may be held against others. `waived`: None where the law at hand gives no threshold.
    """

    row: Row
    agreement: AgreementOfDay
    rule: ProductRule | None
    qualification: Qualification
    passage: Passage
    waived: bool | None
    known: bool

    @property
    def others_vnd(self) -> Decimal | None:
        """What is due beside import duty: value added and other taxes, and the fee."""
        return others_of(self.row)


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: what the most-favored-nation rate costs (`usual`), every agreement of the country, and the best."""

    outcome: Outcome
    dispatch: str
    making: Making
    usual: Row
    offers: tuple[Offer, ...] = ()
    best: Best = Best()
    papers: tuple[RequiredPaper, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether there are totals to tell."""
        return self.outcome.accepted

    @property
    def asked(self) -> Asked:
        """The question."""
        return self.outcome.asked


def others_of(row: Row) -> Decimal | None:
    """What is due beside import duty; None where the total is not known."""
    if row.due_vnd is None or row.unknown:
        return None
    return row.due_vnd - (row.duty_vnd or Decimal(0))


def compare(asked: Asked, *, dispatch: str, making: Making, language: str) -> Comparison:
    """Every agreement that the country of origin is a member of on the day, the cheapest first, beside MFN."""
    agreements = {one.schedule: one for one in agreements_of_day(asked.on) if asked.origin in one.members}
    usual, *rows = rows_of(asked, [MFN, *agreements], language)
    outcome = reckon(msgspec.structs.replace(asked, schedule=MFN))
    found = Comparison(outcome=outcome, dispatch=dispatch, making=making, usual=usual)
    if not outcome.accepted:
        return found
    rules, value = product_rules_of(asked.hs, asked.on), outcome.decision.lines[0].value_vnd
    dollar = _dollar(asked.on)
    offers = [
        _offer(row, agreements[row.schedule], rules, asked=asked, found=found, value=value, dollar=dollar)
        for row in rows
    ]
    return msgspec.structs.replace(
        found,
        offers=tuple(sorted(offers, key=_order)),
        best=best_of(usual.due_vnd, {one.row.schedule: one.row.due_vnd if one.known else None for one in offers}),
        papers=tuple(
            one for one in required_documents(asked.regime, asked.flow, asked.on) if one.condition == PREFERENCE
        ),
    )


def _offer(
    row: Row,
    agreement: AgreementOfDay,
    rules: dict[str, ProductRule],
    *,
    asked: Asked,
    found: Comparison,
    value: Decimal,
    dollar: Decimal | None,
) -> Offer:
    rule, threshold = rules.get(agreement.code), agreement.term(WAIVER)
    return Offer(
        row=row,
        agreement=agreement,
        rule=rule,
        qualification=qualification(asked.hs, found.making, rule, agreement.members),
        passage=passage(asked.origin, found.dispatch, agreement.members),
        waived=is_waived(value, dollar, threshold.value if threshold else None),
        known=row.due_vnd is not None and not row.unknown and not row.faults,
    )


def _order(one: Offer) -> tuple[bool, Decimal, str]:
    """The cheapest first, what is not known last."""
    return not one.known, one.row.due_vnd or Decimal(0), one.agreement.code


def _dollar(on: date) -> Decimal | None:
    """Dong for a dollar in the week of the day."""
    rate = current_law().rates_on(on).get(DOLLAR)
    return rate.vnd if rate else None
