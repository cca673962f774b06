"""Border residents' short declarations: what the quota frees and what is owed on the part above it.

Legal basis: Circular 80/2019/TT-BTC Art. 6-7 (own short forms; the part above the quota is taxed on the form and its
goods must be inspected), in force from 2020-01-01; Decree 134/2016/NĐ-CP Art. 9 and Annex V (2 million dong a person,
day and trip, at most 4 trips a month: dated parameters, unverified). In which order goods use the quota up is not in
the law at hand: they do so in the order of the lines of the form, and the line on which it ends is divided by value.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from thongquan.rules.decision import Fault, LineDuties
from thongquan.rules.document import Document, Frozen, Invoice, Line, RateChoice
from thongquan.rules.duties import assess
from thongquan.rules.fees import customs_fee
from thongquan.rules.law import LawOfDay
from thongquan.rules.money import ZERO, exact
from thongquan.rules.rates import MFN, applied_rates
from thongquan.rules.relief import BORDER_RESIDENT
from thongquan.rules.valuation import Valuation, value_document

OWN, RESALE = "own", "resale"
PURPOSES = (OWN, RESALE)
"""Own production or consumption; or for a merchant who gathers goods of residents (Circular 80/2019/TT-BTC Art. 4)."""


class Quota(Frozen, frozen=True, kw_only=True):
    """The quota of a day's law: dong a person, day and trip; trips a month."""

    value_vnd: Decimal
    trips_per_month: int


class Use(Frozen, frozen=True, kw_only=True):
    """What an earlier declaration of the same person took from the quota, by the local day of its registration."""

    on: date
    free_vnd: Decimal


class Goods(Frozen, frozen=True, kw_only=True):
    """A line of a short form. `value` is in the currency of the form; `rate` names one of several rates of VAT."""

    number: int
    hs: str
    description: str
    quantity: Decimal
    unit: str
    value: Decimal
    rate: str = ""


class Portion(Frozen, frozen=True, kw_only=True):
    """A line divided at the quota, in dong: `free_vnd` within, `over_vnd` above."""

    free_vnd: Decimal
    over_vnd: Decimal


class Reckoned(Frozen, frozen=True, kw_only=True):
    """What a form comes to, in dong. `duties` are those of the lines that have a part above the quota.

    `faults` are errors (nothing may be registered) and warnings: a tax whose rate the law at hand does not give stands
    at zero with TQ-TAX-006. `must_inspect`: there are goods above the quota.
    """

    values_vnd: tuple[Decimal, ...]
    portions: tuple[Portion, ...]
    duties: tuple[LineDuties, ...]
    fee_vnd: Decimal
    totals_vnd: dict[str, Decimal]
    faults: tuple[Fault, ...]
    must_inspect: bool

    @property
    def free_vnd(self) -> Decimal:
        """Value within the quota."""
        return sum((one.free_vnd for one in self.portions), ZERO)

    @property
    def over_vnd(self) -> Decimal:
        """Value above it."""
        return sum((one.over_vnd for one in self.portions), ZERO)

    @property
    def due_vnd(self) -> Decimal:
        """Taxes and fee to be paid."""
        return sum(self.totals_vnd.values(), self.fee_vnd)


def quota_left(quota: Quota, uses: Sequence[Use], on: date) -> Decimal:
    """What a person may still bring free of duty on a day, in dong.

    A trip is a registered import that took something from the quota. After the month's last trip nothing is left; on a
    day with an earlier trip only the rest of the day's quota is (Decree 134/2016/NĐ-CP Annex V).
    """
    month = [use for use in uses if use.free_vnd > 0 and (use.on.year, use.on.month) == (on.year, on.month)]
    if len(month) >= quota.trips_per_month:
        return ZERO
    today = sum((use.free_vnd for use in month if use.on == on), ZERO)
    return max(ZERO, quota.value_vnd - today)


def split(values_vnd: Sequence[Decimal], left_vnd: Decimal) -> tuple[Portion, ...]:
    """Divide each line's value at the quota, the first lines of the form first; the parts sum to the values."""
    portions, left = [], max(ZERO, left_vnd)
    for value in values_vnd:
        free = min(value, left)
        left -= free
        portions.append(Portion(free_vnd=free, over_vnd=value - free))
    return tuple(portions)


def document_of(flow: str, goods: Sequence[Goods], *, currency: str, regime: str, neighbor: str) -> Document:
    """The form as the rules of duty read it: rates of the ordinary tariff, goods of the neighbor country.

    The mark of border residents as the class of the cargo keeps the relief of small values away, which is not for them
    (Decree 134/2016/NĐ-CP Art. 29.3).
    """
    return Document(
        flow="import" if flow == "import" else "export",
        regime=regime,
        cargo_class=BORDER_RESIDENT,
        export_country=neighbor if flow == "import" else None,
        invoice=Invoice(currency=currency),
        lines=tuple(_line(one, flow, neighbor) for one in goods),
    )


def _line(one: Goods, flow: str, neighbor: str) -> Line:
    choice = RateChoice(tax="vat", rate=one.rate, reason="counter")
    return Line(
        number=one.number,
        hs=one.hs,
        description=one.description,
        origin=neighbor if flow == "import" else "VN",
        quantity=one.quantity,
        unit=one.unit,
        net_weight_kg=one.quantity if one.unit == "KGM" else None,
        value=one.value,
        schedule=MFN if flow == "import" else None,
        in_quota=False,
        choices=(choice,) if one.rate else (),
    )


def reckon(document: Document, law: LawOfDay, left_vnd: Decimal) -> Reckoned:
    """Divide a form at the quota that is left and compute the taxes of the part above it.

    `left_vnd` is zero for exports and for goods that are to be resold. Pass `None`-free documents of `document_of` with
    the law of their day. A choice between rates is asked for only where something is taxed (TQ-TAX-001, -002).
    """
    with exact():
        value = value_document(document, law)
        portions = split(value.lines_vnd, left_vnd)
        faults: list[Fault] = []
        duties = _duties(document, law, value, portions, faults)
        over = sum((one.over_vnd for one in portions), ZERO)
        totals = _totals(duties)
        fee = _fee(document, law, value.total_vnd, portions, sum(totals.values(), ZERO))
    return Reckoned(
        values_vnd=value.lines_vnd,
        portions=portions,
        duties=duties,
        fee_vnd=fee,
        totals_vnd=totals,
        faults=tuple(faults),
        must_inspect=document.flow == "import" and over > 0,
    )


def without_duty(document: Document, law: LawOfDay) -> Reckoned:
    """A form on which nothing is assessed: goods for a merchant, who declares and pays in the ordinary way (Art. 4)."""
    with exact():
        value = value_document(document, law)
    portions = tuple(Portion(free_vnd=ZERO, over_vnd=ZERO) for _ in value.lines_vnd)
    return Reckoned(
        values_vnd=value.lines_vnd,
        portions=portions,
        duties=(),
        fee_vnd=ZERO,
        totals_vnd={},
        faults=(),
        must_inspect=False,
    )


def _duties(
    document: Document, law: LawOfDay, value: Valuation, portions: Sequence[Portion], faults: list[Fault]
) -> tuple[LineDuties, ...]:
    """Taxes of the parts above the quota; a part has its share of the quantity, for rates by quantity."""
    places = [place for place, one in enumerate(portions) if one.over_vnd > 0]
    lines, rates = [], []
    for place in places:
        line, line_law = document.lines[place], law.lines[place]
        share = portions[place].over_vnd / value.lines_vnd[place]
        quantity = line.quantity * share if line.quantity is not None else None
        net = line.net_weight_kg * share if line.net_weight_kg is not None else None
        part = replace(line, quantity=quantity, net_weight_kg=net)
        rates.append(applied_rates(place, part, line_law, law, document.flow, faults))
        lines.append(part)
    if not lines or any(fault.severity == "error" for fault in faults):
        return ()
    over = tuple(portions[place].over_vnd for place in places)
    above = replace(value, lines_vnd=over, total_vnd=sum(over, ZERO))
    return assess(replace(document, lines=tuple(lines)), law, above, rates).lines


def _totals(duties: Sequence[LineDuties]) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = {}
    for line in duties:
        for tax in line.taxes:
            if tax.treatment == "due" and tax.amount_vnd:
                totals[tax.tax] = totals.get(tax.tax, ZERO) + tax.amount_vnd
    return totals


def _fee(
    document: Document, law: LawOfDay, value_vnd: Decimal, portions: Sequence[Portion], taxes_vnd: Decimal
) -> Decimal:
    """No fee within the quota (Circular 274/2016/TT-BTC Art. 3); else as for every declaration."""
    within = document.flow == "import" and all(one.over_vnd == 0 for one in portions)
    lines = tuple(replace(line, exemption=BORDER_RESIDENT) for line in document.lines) if within else document.lines
    return customs_fee(law, replace(document, lines=lines), value_vnd, taxes_vnd)
