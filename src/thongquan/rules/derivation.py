"""How each amount came about: a tree of steps, recomputed on demand from the facts.

Legal basis: Law on Tax Administration (the taxpayer may ask how a tax was computed); each step carries its own source.

Every step says `formula` in the names of its `inputs`; evaluated and rounded with `rounding` ('' means not rounded) it
gives `result`. `children` tell where the inputs come from. Amounts equal those of `rules.clearance.decide`.
"""

from __future__ import annotations

from decimal import Decimal

from thongquan.rules.checks import examine
from thongquan.rules.clearance import decide
from thongquan.rules.decision import Decision, LineDuties, TaxAmount
from thongquan.rules.document import Frozen, Line
from thongquan.rules.facts import Facts
from thongquan.rules.law import LawOfDay, Option
from thongquan.rules.money import ZERO, exact
from thongquan.rules.origin.claims import claims_of
from thongquan.rules.origin.preference import rates_in_force
from thongquan.rules.parameters import mode, truth
from thongquan.rules.rates import TRADE_DEFENSE, specific_quantity
from thongquan.rules.valuation import Component, Valuation, value_document

_VALUE_LAW = "Decree 08/2015/NĐ-CP Art. 20"
_RATE_LAW = "Decree 08/2015/NĐ-CP Art. 21.3"


class Step(Frozen, frozen=True, kw_only=True):
    """One step: `label` names the result (`customs_value`, `vat`, …), `unit` is VND or a currency."""

    label: str
    formula: str
    inputs: dict[str, Decimal]
    result: Decimal
    unit: str = "VND"
    source: str = ""
    valid_from: str = ""
    verified: bool = True
    rounding: str = ""
    treatment: str = ""
    children: tuple[Step, ...] = ()


class LineDerivation(Frozen, frozen=True, kw_only=True):
    """The steps of one line: its customs value and each of its taxes in legal order."""

    number: int
    value: Step
    taxes: tuple[Step, ...]
    due_vnd: Decimal


class Derivation(Frozen, frozen=True, kw_only=True):
    """The steps of a declaration; without steps when it was refused."""

    accepted: bool
    value: Step | None = None
    lines: tuple[LineDerivation, ...] = ()
    fee: Step | None = None
    total: Step | None = None


def derive(facts: Facts) -> Derivation:
    """Recompute the tree of every amount of a decision; a refused declaration has none."""
    decision = decide(facts)
    if not decision.accepted:
        return Derivation(accepted=False)
    with exact():
        return _derive(facts, decision)


def _derive(facts: Facts, decision: Decision) -> Derivation:
    document, law = facts.document, facts.law
    value = value_document(document, law)
    whole = _document_value(value, law)
    rates = rates_in_force(facts, examine(facts)[1], claims_of(facts))
    lines = []
    for index, (line, duties) in enumerate(zip(document.lines, decision.lines, strict=True)):
        share = _line_value(line, index, value, whole, law)
        options = [applied.option for applied in rates[index]]
        lines.append(_line(line, duties, share, options, law))
    taxes = sum((line.due_vnd for line in decision.lines), ZERO)
    fee = _fee(facts, decision)
    total = Step(
        label="due",
        formula="taxes + fee",
        inputs={"taxes": taxes, "fee": fee.result},
        result=decision.due_vnd,
        children=(fee,),
    )
    return Derivation(accepted=True, value=whole, lines=tuple(lines), fee=fee, total=total)


def _fee(facts: Facts, decision: Decision) -> Step:
    parameter = facts.law.parameters[f"fee_{facts.document.flow}_vnd"]
    return Step(
        label="fee",
        formula="fee",
        inputs={"fee": decision.fee_vnd},
        result=decision.fee_vnd,
        source=parameter.source,
        valid_from=parameter.valid_from.isoformat(),
        verified=parameter.verified,
    )


def _document_value(value: Valuation, law: LawOfDay) -> Step:
    """Customs value of the declaration: goods × rate + additions, rounded once."""
    goods = Step(label="goods", formula="goods", inputs={"goods": value.goods}, result=value.goods, unit=value.currency)
    children = (
        goods,
        _rate(value.currency, value.rate_vnd, law),
        *(_component(part, law) for part in value.components),
    )
    return Step(
        label="customs_value",
        formula="goods * rate + additions",
        inputs={"goods": value.goods, "rate": value.rate_vnd, "additions": value.additions_vnd},
        result=value.total_vnd,
        source=_VALUE_LAW,
        rounding=mode(law),
        children=children,
    )


def _rate(currency: str, vnd: Decimal, law: LawOfDay) -> Step:
    rate = law.rates.get(currency)
    return Step(
        label="exchange_rate",
        formula="rate",
        inputs={"rate": vnd},
        result=vnd,
        unit=f"VND/{currency}",
        source=f"{rate.source}; {_RATE_LAW}" if rate else _RATE_LAW,
        valid_from=rate.valid_from.isoformat() if rate else "",
        verified=rate.verified if rate else True,
    )


def _component(part: Component, law: LawOfDay) -> Step:
    return Step(
        label=part.kind,
        formula="sign * amount * rate",
        inputs={"sign": Decimal(part.sign), "amount": part.amount, "rate": part.rate_vnd},
        result=part.vnd,
        source=_VALUE_LAW,
        children=(_rate(part.currency, part.rate_vnd, law),),
    )


def _line_value(line: Line, index: int, value: Valuation, whole: Step, law: LawOfDay) -> Step:
    """Share of a line by value; the last line takes what the others leave."""
    last = index == len(value.lines_vnd) - 1
    others = sum(value.lines_vnd[:index], ZERO)
    if last:
        formula, inputs = "total - others", {"total": value.total_vnd, "others": others}
    else:
        formula = "min(total * value / goods, total - others)"
        inputs = {"total": value.total_vnd, "value": line.value or ZERO, "goods": value.goods, "others": others}
    return Step(
        label="customs_value",
        formula=formula,
        inputs=inputs,
        result=value.lines_vnd[index],
        source=_VALUE_LAW,
        rounding="" if last else mode(law),
        children=(whole,),
    )


def _line(line: Line, duties: LineDuties, share: Step, options: list[Option | None], law: LawOfDay) -> LineDerivation:
    steps: list[Step] = []
    counted: dict[str, Decimal] = {"customs_value": duties.value_vnd}
    for tax, option in zip(duties.taxes, options, strict=True):
        steps.append(_tax(line, tax, option, _base(tax, counted, law, share), law))
        if tax.treatment in ("due", "secured"):
            counted[tax.tax] = counted.get(tax.tax, ZERO) + tax.amount_vnd
    return LineDerivation(number=line.number, value=share, taxes=tuple(steps), due_vnd=duties.due_vnd)


def _base(tax: TaxAmount, counted: dict[str, Decimal], law: LawOfDay, share: Step) -> Step:
    """Base of a tax: customs value alone, or with the taxes counted before it."""
    names = ["customs_value"]
    if tax.tax == "vat":
        names = list(counted)
    elif tax.tax == "sct":
        defense = TRADE_DEFENSE if truth(law, "trade_defense_in_sct_base") else ()
        names = [name for name in counted if name in ("customs_value", "import_duty", *defense)]
    inputs = {name: counted[name] for name in names}
    return Step(
        label="base", formula=" + ".join(inputs), inputs=inputs, result=sum(inputs.values(), ZERO), children=(share,)
    )


def _tax(line: Line, tax: TaxAmount, option: Option | None, base: Step, law: LawOfDay) -> Step:
    inputs, terms = {"base": tax.base_vnd}, []
    if tax.rate is not None:
        inputs["rate"] = tax.rate
        terms.append("base * rate")
    if tax.specific is not None and option is not None:
        inputs["quantity"] = specific_quantity(line, option) or ZERO
        inputs["specific"] = tax.specific
        terms.append("quantity * specific")
    return Step(
        label=tax.tax,
        formula=" + ".join(terms) or "0",
        inputs=inputs,
        result=tax.amount_vnd,
        source=tax.source,
        valid_from=tax.valid_from,
        verified=tax.verified,
        rounding=mode(law),
        treatment=tax.treatment,
        children=(base,),
    )
