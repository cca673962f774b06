"""Low-value parcels by express: what is free of import duty, what owes VAT, what goes to an ordinary declaration.

Legal basis: Decree 134/2016/NĐ-CP Art. 29.2 (import duty is not taken up to 1,000,000 dong of value or 100,000 dong of
tax; above, the whole lot is taxed); Decision 01/2025/QĐ-TTg (VAT is due from 18-02-2025, when Decision 78/2010 was
repealed); Circular 274/2016/TT-BTC Art. 3 (no fee within the limits); Customs Law 54/2014/QH13 Art. 17 and 33 (channel,
random check). Every limit is a dated parameter. Which taxes the second limit counts, and under which regime parcels
stand, the texts at hand do not say: both are parameters marked unverified.

A parcel is judged as the consignment it is, by the same duties and the same reasons of a channel as a declaration.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from msgspec.structs import replace

from thongquan.rules import draw
from thongquan.rules.channel import choose_channel
from thongquan.rules.clearance import redacted
from thongquan.rules.codes import Code
from thongquan.rules.decision import Audience, Decision, Fault, LineDuties, Reason, TaxAmount
from thongquan.rules.document import Document, Frozen, Invoice, Line, Money, Party, RateChoice
from thongquan.rules.duties import Assessment, assess
from thongquan.rules.facts import RULES_RELEASE, Draw, Facts, Standing
from thongquan.rules.fees import customs_fee
from thongquan.rules.law import ExchangeRate, LawOfDay, LineLaw, Parameter, RegimeLaw
from thongquan.rules.money import ZERO, exact
from thongquan.rules.parameters import number, truth
from thongquan.rules.rates import Applied
from thongquan.rules.relief import EXPRESS
from thongquan.rules.valuation import value_document

NEEDED = (
    "description_min_length",
    "express_minimum_tax_vnd",
    "express_minimum_value_vnd",
    "express_vat_due",
    "fee_import_vnd",
    "minimum_not_for",
    "ordinary_multiplier",
    "parcel_goods_most",
    "parcel_regime",
    "parcel_tax_counts",
    "random_share",
    "rounding_mode",
    "trade_defense_in_sct_base",
)
ALSO = ("fee_exempt_express_value_vnd", "fee_exempt_express_tax_vnd", "fee_exempt_value_vnd", "fee_exempt_tax_vnd")
ALL_TAXES = "all"


class ParcelGoods(Frozen, frozen=True, kw_only=True):
    """One kind of goods of a parcel; `value` is its price in the parcel's currency, `vat_rate` a choice of rates."""

    description: str = ""
    hs: str = ""
    origin: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    value: Decimal | None = None
    vat_rate: str = ""
    vat_reason: str = ""


class Parcel(Frozen, frozen=True, kw_only=True):
    """A parcel as its carrier declares it. `consignment` is the waybill's number, freight and insurance are on top."""

    consignment: str = ""
    sender: str = ""
    sender_country: str = ""
    recipient: str = ""
    recipient_id: str = ""
    address: str = ""
    weight_kg: Decimal | None = None
    currency: str = ""
    freight: Decimal | None = None
    insurance: Decimal | None = None
    goods: tuple[ParcelGoods, ...] = ()


class ParcelLaw(Frozen, frozen=True, kw_only=True):
    """The slice of law that some parcels of one day need; `goods` by code. Stored once for all of them."""

    version: str
    on: date
    at: datetime
    rules_release: str = RULES_RELEASE
    standing: Standing = Standing()
    regime: RegimeLaw = RegimeLaw(code="", exists=False)
    parameters: dict[str, Parameter] = {}
    rates: dict[str, ExchangeRate] = {}
    known_codes: frozenset[str] = frozenset()
    vague_terms: frozenset[str] = frozenset()
    goods: dict[str, LineLaw] = {}


class Verdict(Frozen, frozen=True, kw_only=True):
    """What was found of a parcel, amounts in dong: every fault, or value, duties, fee and channel with its reasons.

    `relieved_by` names the limit that freed it of import duty, '' when none was due.
    """

    accepted: bool
    faults: tuple[Fault, ...] = ()
    value_vnd: Decimal = ZERO
    lines: tuple[LineDuties, ...] = ()
    totals_vnd: dict[str, Decimal] = {}
    fee_vnd: Decimal = ZERO
    due_vnd: Decimal = ZERO
    channel: int | None = None
    reasons: tuple[Reason, ...] = ()
    relieved_by: str = ""


def document_of(parcel: Parcel) -> Document:
    """The parcel as the consignment that the rules of duties, values and channels read."""
    return Document(
        flow="import",
        cargo_class=EXPRESS,
        trader=Party(name=parcel.recipient, tax_code=parcel.recipient_id or f"{parcel.recipient} {parcel.address}"),
        counterpart=Party(name=parcel.sender),
        invoice=Invoice(currency=parcel.currency, incoterm="EXW"),
        freight=_money(parcel.freight, parcel.currency),
        insurance=_money(parcel.insurance, parcel.currency),
        lines=tuple([_line(place, goods) for place, goods in enumerate(parcel.goods, 1)]),
    )


def _money(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount=amount, currency=currency)


def _line(place: int, goods: ParcelGoods) -> Line:
    choices = (RateChoice(tax="vat", rate=goods.vat_rate, reason=goods.vat_reason),) if goods.vat_rate else ()
    return Line(
        number=place,
        hs=goods.hs,
        description=goods.description,
        origin=goods.origin,
        quantity=goods.quantity,
        unit=goods.unit,
        value=goods.value,
        choices=choices,
    )


def law_of(parcel: Parcel, law: ParcelLaw) -> LawOfDay:
    """The law of the day in the shape that the rules of a declaration read, its lines in the order of the goods."""
    return LawOfDay(
        version=law.version,
        on=law.on,
        regime=law.regime,
        parameters=law.parameters,
        rates=law.rates,
        known_codes=law.known_codes,
        vague_terms=law.vague_terms,
        lines=tuple([law.goods.get(goods.hs) or LineLaw(hs=goods.hs, exists=False) for goods in parcel.goods]),
    )


def draw_parcel(parcel: Parcel, *, secret: bytes, key_id: str) -> Draw:
    """The random draw: recipient and goods alone enter, so that no other waybill gets a better number."""
    return draw.draw_of(document_of(parcel), secret=secret, key_id=key_id)


def _counted(law: LawOfDay, found: Assessment) -> Decimal:
    """What the tax limit is held against: all taxes as if nothing were relieved, or import duty alone."""
    named = law.parameters.get("parcel_tax_counts")
    everything = named is not None and named.value == ALL_TAXES
    return sum(
        [
            tax.amount_vnd
            for line in found.lines
            for tax in line.taxes
            if tax.treatment != "not_subject" and (everything or tax.tax == "import_duty")
        ],
        ZERO,
    )


def _within(law: LawOfDay, value_vnd: Decimal, taxes_vnd: Decimal) -> bool:
    """Whether one of the two limits is kept."""
    return value_vnd <= number(law, "express_minimum_value_vnd") or taxes_vnd <= number(law, "express_minimum_tax_vnd")


def _without_vat(line: LineDuties, law: LawOfDay) -> LineDuties:
    source = law.parameters["express_vat_due"].source
    taxes = [_exempt(tax, source) if tax.tax == "vat" and tax.treatment == "due" else tax for tax in line.taxes]
    due = sum([tax.amount_vnd for tax in taxes if tax.treatment == "due"], ZERO)
    return replace(line, taxes=tuple(taxes), due_vnd=due)


def _exempt(tax: TaxAmount, source: str) -> TaxAmount:
    return replace(tax, treatment="exempt", source=f"{tax.source}; {source}" if tax.source else source)


def limit_fault(law: LawOfDay, value_vnd: Decimal, taxes_vnd: Decimal) -> Fault | None:
    """TQ-EXP-001: neither limit is kept, so the parcel is for an ordinary declaration (Decree 134/2016 Art. 29.2)."""
    if _within(law, value_vnd, taxes_vnd):
        return None
    values = {
        "taxes": f"{taxes_vnd:,f}",
        "value_limit": f"{number(law, 'express_minimum_value_vnd'):,f}",
        "tax_limit": f"{number(law, 'express_minimum_tax_vnd'):,f}",
    }
    return Fault(code=Code.TQ_EXP_001, path="goods", value=f"{value_vnd:,f}", values=values)


def decided(
    parcel_law: ParcelLaw,
    document: Document,
    law: LawOfDay,
    rates: list[tuple[Applied, ...]],
    luck: Draw | None,
    warnings: tuple[Fault, ...] = (),
) -> Verdict:
    """The verdict on a consignment without faults of form: refused above the limits, else duties and channel.

    Import duty is relieved by `relief` as for any express goods; VAT follows the day (`express_vat_due`).
    """
    with exact():
        valuation = value_document(document, law)
        value, found = valuation.total_vnd, assess(document, law, valuation, rates)
        above = limit_fault(law, value, _counted(law, found))
        if value <= 0:
            above = Fault(code=Code.TQ_VAL_006, path="goods", value=str(value))
        if above is not None:
            return Verdict(accepted=False, faults=(above, *warnings))
        facts = Facts(at=parcel_law.at, document=document, law=law, standing=parcel_law.standing, draw=luck)
        channel, reasons = choose_channel(facts, rates, found)
        lines = (
            found.lines if truth(law, "express_vat_due") else tuple([_without_vat(line, law) for line in found.lines])
        )
        due = sum([line.due_vnd for line in lines], ZERO)
        fee = customs_fee(law, document, value, due)
        return Verdict(
            accepted=True,
            faults=warnings,
            value_vnd=value,
            lines=lines,
            totals_vnd=_totals(lines),
            fee_vnd=fee,
            due_vnd=due + fee,
            channel=channel,
            reasons=reasons,
            relieved_by=found.relieved_by,
        )


def _totals(lines: tuple[LineDuties, ...]) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = {}
    for line in lines:
        for tax in line.taxes:
            if tax.treatment == "due" and tax.amount_vnd:
                totals[tax.tax] = totals.get(tax.tax, ZERO) + tax.amount_vnd
    return totals


def told_reasons(verdict: Verdict, audience: Audience) -> tuple[Reason, ...]:
    """The reasons of a parcel's channel as an audience may read them, by the same measure as a declaration's."""
    shown = Decision(accepted=verdict.accepted, channel=verdict.channel, reasons=verdict.reasons)
    return redacted(shown, audience, lodged=True).reasons
