"""The duties of one line of goods, by the very rules and the very law that judge a declaration.

Legal basis: that of `rules.clearance` and of each cell of the tariff. The goods are put into a declaration that asks
for nothing else; what lodging the same line would charge is therefore what is told here. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from thongquan.clearance.tariff.queries import LawSnapshot, current_law
from thongquan.clearance.tariff.queries.code_lists import code_name
from thongquan.clearance.tariff.queries.rates import schedule_forms
from thongquan.rules.clearance import decide, redacted
from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision, Fault, TaxAmount
from thongquan.rules.derivation import Derivation, derive
from thongquan.rules.document import Certificate, Document, Invoice, Line, Money, Party, RateChoice
from thongquan.rules.facts import Facts
from thongquan.rules.law import LawOfDay
from thongquan.rules.money import ZERO

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_DAY, AHEAD = date(2021, 6, 1), timedelta(days=366)
"""The law in hand begins on that day, and nobody knows what it will be in more than a year."""
MFN, ORDINARY = "B01", "B03"
HOME = "VN"
ONE = Decimal(1)
PASSES = 4
"""One for the first look, then one for each kind of choice that the law leaves open."""
NOTHING = "-"
CHOSEN_HERE = "trial reckoning"
SPECIFIC_NEEDS = "quantity"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to know. `value`, `freight` and `insurance` are in `currency`; `choices` are rates by tax."""

    hs: str
    origin: str
    value: Decimal
    currency: str
    on: date
    regime: str = "A11"
    flow: str = "import"
    term: str = "CIF"
    freight: Decimal | None = None
    insurance: Decimal | None = None
    quantity: Decimal | None = None
    quantity2: Decimal | None = None
    net_weight_kg: Decimal | None = None
    schedule: str = MFN
    choices: Mapping[str, str] = {}
    in_quota: bool | None = None


class Assumed(msgspec.Struct, frozen=True, kw_only=True):
    """A choice that the law leaves to the declarant: the tax, what is taken here, and what else there is.

    `asked`: the person took it; else the dearest was taken here.
    """

    tax: str
    taken: str
    options: tuple[str, ...]
    asked: bool


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: refused with `faults`, or duties with their derivation."""

    asked: Asked
    document: Document
    facts: Facts
    decision: Decision
    derivation: Derivation
    assumed: tuple[Assumed, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether there are duties to tell."""
        return self.decision.accepted and not self.faults


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One tariff schedule beside the others: what it costs, what it asks for, or why it is not open (`faults`)."""

    schedule: str
    name: str
    form: str
    preferential: bool
    verified: bool
    duty_vnd: Decimal | None = None
    vat_vnd: Decimal | None = None
    due_vnd: Decimal | None = None
    rate: Decimal | None = None
    specific: Decimal | None = None
    unknown: bool = False
    saves_vnd: Decimal | None = None
    faults: tuple[Fault, ...] = ()


def reckon(asked: Asked) -> Outcome:
    """The duties of the goods; choices that the law leaves open are taken as asked, else the dearest one."""
    law, taken = current_law(), dict[str, Assumed]()
    in_quota = asked.in_quota
    for _ in range(PASSES):
        document = _document(asked, law, {tax: one.taken for tax, one in taken.items()}, in_quota)
        facts = _facts(document, law.slice_for(document, asked.on), asked.on)
        decision = decide(facts)
        opened = {one.tax: one for one in _open_choices(decision, asked)}
        quota = [fault for fault in decision.faults if fault.code == Code.TQ_TAX_004]
        if not opened.keys() - taken.keys() and not (quota and in_quota is None):
            break
        taken |= opened
        if quota and in_quota is None:
            in_quota = False
            taken["in_quota"] = Assumed(tax="in_quota", taken="no", options=("yes", "no"), asked=False)
    decision = redacted(decision, "declarant")
    faults = decision.faults if not decision.accepted else tuple(missing_quantity(asked, decision))
    return Outcome(
        asked=asked,
        document=document,
        facts=facts,
        decision=decision,
        derivation=derive(facts),
        assumed=_with_asked_quota(asked, tuple(taken.values())),
        faults=faults,
    )


def _with_asked_quota(asked: Asked, found: tuple[Assumed, ...]) -> tuple[Assumed, ...]:
    if asked.in_quota is None:
        return found
    taken = "yes" if asked.in_quota else "no"
    return (*found, Assumed(tax="in_quota", taken=taken, options=("yes", "no"), asked=True))


def _facts(document: Document, law: LawOfDay, on: date) -> Facts:
    return Facts(at=datetime.combine(on, time(12), tzinfo=HANOI), document=document, law=law)


def _open_choices(decision: Decision, asked: Asked) -> Iterator[Assumed]:
    """TQ-TAX-001 names what the law allows: the rate asked for, when it is one of them, else the highest."""
    for fault in decision.faults:
        if fault.code == Code.TQ_TAX_001:
            tax, options = fault.values["tax"], tuple(fault.values["options"].split(" / "))
            wish = asked.choices.get(tax)
            taken = wish if wish in options else max(options, key=_height)
            yield Assumed(tax=tax, taken=taken or options[0], options=options, asked=wish in options)


def _height(option: str) -> Decimal:
    try:
        return Decimal(option)
    except InvalidOperation:
        return Decimal(-1)


def missing_quantity(asked: Asked, decision: Decision) -> Iterator[Fault]:
    """TQ-PUB-002: a duty per unit cannot be told without knowing how many units there are."""
    per_unit = any(tax.specific is not None for line in decision.lines for tax in line.taxes)
    if per_unit and asked.quantity is None and asked.net_weight_kg is None:
        yield Fault(code=Code.TQ_PUB_002, path="lines[0].quantity", line=1)


def _document(asked: Asked, law: LawSnapshot, taken: Mapping[str, str], in_quota: bool | None) -> Document:
    """A declaration that holds the goods and otherwise only what the form cannot do without."""
    known = law.known_codes(asked.on)
    regime = law.regime(asked.regime, asked.on)
    line = _line(asked, law, taken, in_quota)
    return Document(
        flow="export" if asked.flow == "export" else "import",
        regime=asked.regime,
        office=_any(known, "office"),
        trader=Party(name=NOTHING, tax_code="0000000000"),
        counterpart=Party(name=NOTHING),
        party_relation=_any(known, "party_relation"),
        transport_mode=_any(known, "transport_mode"),
        unloading_place=_any(known, "location"),
        export_country=asked.origin if asked.flow == "import" else None,
        destination_country=asked.origin if asked.flow == "export" else None,
        arrival_on=asked.on,
        departure_on=asked.on + timedelta(days=1),
        packages=1,
        package_unit=_any(known, "package_kind"),
        invoice=Invoice(
            number=NOTHING,
            issued_on=asked.on,
            kind="A",
            price_kind="A",
            incoterm=asked.term,
            currency=asked.currency,
            amount=asked.value,
            payment_method=_any(known, "payment_method"),
        ),
        freight=Money(amount=asked.freight, currency=asked.currency) if asked.freight is not None else None,
        insurance=Money(amount=asked.insurance, currency=asked.currency) if asked.insurance is not None else None,
        temporary_until=asked.on + timedelta(days=30) if regime.needs_temporary_date else None,
        temporary_reference="100000000000" if regime.needs_reference else None,
        lines=(line,),
    )


def _line(asked: Asked, law: LawSnapshot, taken: Mapping[str, str], in_quota: bool | None) -> Line:
    unit, second = units_of(asked.hs, asked.on)
    schedule = law.content.schedules.get(asked.schedule)
    rule = schedule.at(asked.on) if schedule else None
    weight = asked.net_weight_kg
    return Line(
        number=1,
        hs=asked.hs,
        description=f"Tính thuế thử, mã {asked.hs}",
        origin=asked.origin if asked.flow == "import" else HOME,
        quantity=ONE if asked.quantity is None else asked.quantity,
        unit=unit or "PCE",
        quantity2=(ONE if asked.quantity2 is None else asked.quantity2) if second else None,
        unit2=second,
        net_weight_kg=weight,
        value=asked.value,
        schedule=asked.schedule if asked.flow == "import" else None,
        certificate=Certificate(number=NOTHING) if rule and rule.preferential else None,
        choices=tuple(
            RateChoice(tax=tax, rate=rate, reason=CHOSEN_HERE) for tax, rate in taken.items() if tax in TAXED
        ),
        in_quota=in_quota,
    )


TAXED = frozenset({"import_duty", "export_duty", "anti_dumping", "countervailing", "safeguard", "sct", "ept", "vat"})


def units_of(hs: str, on: date) -> tuple[str | None, str | None]:
    """Unit and additional unit of a code in the nomenclature, None where it has none."""
    series = current_law().content.nodes.get(hs)
    node = series.at(on) if series else None
    return (node.unit, node.additional_unit) if node else (None, None)


def _any(known: frozenset[str], name: str) -> str | None:
    """Any code of a list, the same every time: nothing of the duties depends on it."""
    prefix = f"{name}/"
    return min((key.removeprefix(prefix) for key in known if key.startswith(prefix)), default=None)


def side_by_side(asked: Asked, language: str) -> list[Row]:
    """What every schedule that goods of this origin may come under would cost: MFN, agreements, ordinary last."""
    return rows_of(asked, _schedules(asked), language) if asked.flow == "import" else []


def rows_of(asked: Asked, schedules: Iterable[str], language: str) -> list[Row]:
    """What the goods would cost under each of these schedules, held against MFN; whether they are open is told too."""
    forms = schedule_forms(asked.on)
    rows = [_row(replace(asked, schedule=code), forms.get(code, ""), language) for code in schedules]
    base = next((row.due_vnd for row in rows if row.schedule == MFN), None)
    return [row if base is None or row.due_vnd is None else replace(row, saves_vnd=base - row.due_vnd) for row in rows]


def _schedules(asked: Asked) -> list[str]:
    """MFN; each agreement the origin belongs to that has a column for the code; the ordinary rate."""
    law = current_law()
    written = {cell.schedule for cell in law.cells_on(asked.hs, asked.on) if cell.tax == "import_duty"}
    agreed = []
    for code, series in sorted(law.content.schedules.items()):
        rule = series.at(asked.on)
        if rule and rule.preferential and asked.origin in rule.members and code in written:
            agreed.append(code)
    return [MFN, *agreed, ORDINARY]


def _row(asked: Asked, form: str, language: str) -> Row:
    found = reckon(asked)
    series = current_law().content.schedules.get(asked.schedule)
    rule = series.at(asked.on) if series else None
    row = Row(
        schedule=asked.schedule,
        name=code_name("schedule", asked.schedule, asked.on, language) or asked.schedule,
        form=form,
        preferential=bool(rule and rule.preferential),
        verified=True,
    )
    if not found.accepted:
        return replace(row, faults=tuple(fault for fault in found.faults if fault.severity == "error"))
    taxes = {tax.tax: tax for tax in found.decision.lines[0].taxes}
    duty, vat = taxes.get("import_duty"), taxes.get("vat")
    return replace(
        row,
        verified=all(tax.verified for tax in taxes.values()),
        duty_vnd=_due(duty),
        vat_vnd=_due(vat),
        due_vnd=found.decision.due_vnd,
        rate=duty.rate if duty else None,
        specific=duty.specific if duty else None,
        unknown=_is_unknown(found.decision),
    )


def _due(tax: TaxAmount | None) -> Decimal:
    return tax.amount_vnd if tax and tax.treatment == "due" else ZERO


def _is_unknown(decision: Decision) -> bool:
    """TQ-TAX-006: the source says that import duty applies, but not how much."""
    return any(one.code == Code.TQ_TAX_006 and one.values.get("tax") == "import_duty" for one in decision.faults)
