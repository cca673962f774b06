"""What holds for every declaration: bounds of rounding, exact shares, no exception, same bytes, same derivation."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.rules import builders as build
from thongquan.rules.clearance import decide
from thongquan.rules.derivation import Step, derive
from thongquan.rules.document import (
    Adjustment,
    Certificate,
    Container,
    Document,
    Invoice,
    Line,
    Money,
    Packaging,
    Party,
    RateChoice,
    Reference,
    Vehicle,
)
from thongquan.rules.draw import draw_of
from thongquan.rules.duties import duty_amount
from thongquan.rules.encoding import encoded
from thongquan.rules.facts import Draw, Facts, Standing
from thongquan.rules.law import Cell, LineLaw
from thongquan.rules.money import exact
from thongquan.rules.replay import replay
from thongquan.rules.valuation import apportioned

FEW = settings(max_examples=60, deadline=None)  # large documents take long to draw

MODES = {"half_up": ROUND_HALF_UP, "truncate": ROUND_DOWN, "half_even": ROUND_HALF_EVEN}

texts = st.one_of(
    st.none(), st.text(max_size=30), st.sampled_from(["", "A11", "VN", "USD", "FOB", "CIF", "B05", "KGM"])
)
amounts = st.one_of(st.none(), st.decimals(), st.decimals(0, 10**9, places=2, allow_nan=False))
figures = st.decimals()
dates = st.one_of(st.none(), st.dates(), st.just(date(2026, 11, 20)))
numbers = st.one_of(st.none(), st.integers(-(2**40), 2**40))
references = st.lists(st.builds(Reference, kind=texts, number=texts, issued_on=dates, line=numbers), max_size=2).map(
    tuple
)
choices = st.lists(
    st.builds(
        RateChoice, tax=st.sampled_from(["vat", "sct", "x"]), rate=st.sampled_from(["8", "10", ""]), reason=texts
    ),
    max_size=2,
).map(tuple)
certificates = st.one_of(st.none(), st.builds(Certificate, number=st.text(max_size=9), issued_on=dates, line=numbers))
packagings = st.lists(st.builds(Packaging, kind=texts, quantity=amounts), max_size=2).map(tuple)
lines = st.builds(
    Line,
    number=st.integers(-5, 60),
    hs=st.one_of(texts, st.sampled_from(["08081000", "0808"])),
    description=texts,
    origin=texts,
    quantity=amounts,
    unit=texts,
    quantity2=amounts,
    unit2=texts,
    net_weight_kg=amounts,
    gross_weight_kg=amounts,
    unit_price=amounts,
    value=amounts,
    schedule=texts,
    in_quota=st.one_of(st.none(), st.booleans()),
    certificate=certificates,
    choices=choices,
    exemption=texts,
    exemption_line=texts,
    permits=references,
    packages=packagings,
)
moneys = st.one_of(st.none(), st.builds(Money, amount=figures, currency=st.sampled_from(["USD", "VND", "XXX", ""])))
parties = st.one_of(st.none(), st.builds(Party, name=texts, tax_code=texts))
invoices = st.one_of(
    st.none(),
    st.builds(Invoice, number=texts, issued_on=dates, kind=texts, incoterm=texts, currency=texts, amount=amounts),
)
documents = st.builds(
    Document,
    flow=st.sampled_from(["import", "export"]),
    regime=texts,
    office=texts,
    gate=texts,
    trader=parties,
    agent=parties,
    counterpart=parties,
    cargo_class=texts,
    vehicle=st.one_of(st.none(), st.builds(Vehicle, identifier=texts, nationality=texts)),
    bills_of_lading=st.lists(st.text(max_size=40), max_size=7).map(tuple),
    containers=st.lists(st.builds(Container, identifier=texts), max_size=3).map(tuple),
    arrival_on=dates,
    departure_on=dates,
    packages=numbers,
    gross_weight_kg=amounts,
    invoice=invoices,
    freight=moneys,
    insurance=moneys,
    adjustments=st.lists(
        st.builds(Adjustment, code=st.sampled_from(["AD", "SB", "?"]), amount=amounts, currency=texts), max_size=2
    ).map(tuple),
    temporary_until=dates,
    temporary_reference=texts,
    permits=references,
    notes=texts,
    lines=st.lists(lines, max_size=4).map(tuple),
)

values = st.decimals(Decimal("0.01"), 10**9, places=4, allow_nan=False)
rates = st.decimals(0, 3, places=4, allow_nan=False)


def option_sets() -> st.SearchStrategy[tuple[Cell, ...]]:
    """Cells of a line that a tariff may hold, several taxes at once."""
    percents = st.decimals(0, 150, places=2, allow_nan=False).map(lambda figure: build.percent(str(figure)))
    specifics = st.decimals(0, 10**6, places=2, allow_nan=False).map(
        lambda figure: build.percent("5", amount=figure, unit="KGM", currency="USD")
    )
    options = st.one_of(percents, specifics)
    taxes = ("import_duty", "anti_dumping", "safeguard", "sct", "ept", "vat")
    return st.lists(st.tuples(st.sampled_from(taxes), options), unique_by=lambda pair: pair[0]).map(
        lambda pairs: tuple(
            build.cell(tax, option, schedule="B01" if tax == "import_duty" else "") for tax, option in pairs
        )
    )


@st.composite
def accepted(draw: st.DrawFn) -> Facts:
    """Facts of declarations that are good enough to be accepted, with any rates, treatments and values."""
    count, schedule = draw(st.integers(1, 4)), draw(st.sampled_from([None, "B03"]))
    goods = tuple(
        build.line(number, unit_price=None, value=draw(values), unit="KGM", choices=(), schedule=schedule)
        for number in range(1, count + 1)
    )
    document = build.document(goods, cargo_class=draw(st.sampled_from([None, "A"])))
    law = build.law(document)
    cells = [draw(option_sets()) for _ in goods]
    held = tuple(replace(one, cells=of) for one, of in zip(law.lines, cells, strict=True))
    treatments = st.sampled_from(["due", "exempt", "secured", "not_subject"])
    regime = replace(law.regime, taxes=tuple(replace(row, treatment=draw(treatments)) for row in law.regime.taxes))
    parameters = law.parameters | {
        "rounding_mode": replace(law.parameters["rounding_mode"], value=draw(st.sampled_from(sorted(MODES)))),
        "trade_defense_in_sct_base": replace(
            law.parameters["trade_defense_in_sct_base"], value=draw(st.sampled_from(["true", "false"]))
        ),
    }
    return build.facts(document, replace(law, lines=held, regime=regime, parameters=parameters))


@FEW
@given(documents, st.integers(0, 5))
def test_no_document_makes_the_rules_raise(document: Document, odd: int) -> None:
    law = build.law(document)
    held = tuple(replace(one, exists=bool(odd)) for one in law.lines)
    if odd == 1:
        held = held[:-1]
    facts = build.facts(document, replace(law, lines=held, vague_terms=frozenset({""})))
    decision = decide(facts)
    assert decision.accepted is not any(fault.severity == "error" for fault in decision.faults)
    assert encoded(replay(encoded(facts))) == encoded(decision)
    assert 0 <= draw_of(document, secret=b"s", key_id="k").value < 1


@FEW
@given(st.data())
def test_no_single_weird_field_of_a_good_document_makes_the_rules_raise(data: st.DataObject) -> None:
    document = build.document(2)
    other = data.draw(documents)
    name = data.draw(st.sampled_from([name for name in document.__struct_fields__ if name != "flow"]))
    changed: dict[str, Any] = {name: getattr(other, name)}
    facts = build.facts(replace(document, **changed))
    assert encoded(replay(encoded(facts))) == encoded(decide(facts))


@FEW
@given(st.data())
def test_no_single_weird_field_of_a_good_line_makes_the_rules_raise(data: st.DataObject) -> None:
    document = build.document(2)
    other = data.draw(lines)
    name = data.draw(st.sampled_from(list(other.__struct_fields__)))
    changed: dict[str, Any] = {name: getattr(other, name)}
    facts = build.facts(build.with_line(document, 1, **changed))
    assert encoded(replay(encoded(facts))) == encoded(decide(facts))


@given(values, rates, st.sampled_from(sorted(MODES)), st.sampled_from(["1", "0.01"]))
def test_rounding_moves_an_amount_by_less_than_a_unit(base: Decimal, rate: Decimal, mode: str, unit: str) -> None:
    amount, step = duty_amount(base, rate, mode=mode, unit=Decimal(unit)), Decimal(unit)
    limit = step if mode == "truncate" else step / 2
    assert abs(amount - base * rate) <= limit
    assert amount % step == 0
    assert mode != "truncate" or amount <= base * rate


@given(st.lists(st.decimals(0, 10**12, places=4, allow_nan=False), max_size=50), st.integers(0, 10**15))
def test_shares_sum_exactly_and_none_is_negative(parts: list[Decimal], total: int) -> None:
    with exact():
        shares = apportioned(Decimal(total), parts, "half_up")
    assert len(shares) == len(parts)
    assert not parts or sum(shares) == total
    assert all(share >= 0 for share in shares)


@FEW
@given(accepted(), st.decimals(0, Decimal("0.999"), places=6), st.booleans(), st.sampled_from([None, 1, 5]))
def test_without_the_random_share_no_channel_is_higher(
    facts: Facts, number: Decimal, priority: bool, level: int | None
) -> None:
    drawn = replace(facts, draw=Draw(value=number, key_id="k"), standing=Standing(priority=priority, level=level))
    with_share, without = decide(drawn).channel, decide(replace(drawn, draw=None)).channel
    assert with_share is not None
    assert without is not None
    assert without <= with_share


@FEW
@given(accepted())
def test_sums_of_a_decision_are_the_sums_of_its_lines(facts: Facts) -> None:
    decision = decide(facts)
    assert decision.accepted, decision.faults
    assert encoded(replay(encoded(facts))) == encoded(decision)
    due = sum(line.due_vnd for line in decision.lines)
    assert decision.due_vnd == due + decision.fee_vnd
    assert sum(decision.totals_vnd.values()) == due
    assert decision.secured_vnd == sum(line.secured_vnd for line in decision.lines)
    for line in decision.lines:
        assert line.due_vnd == sum(tax.amount_vnd for tax in line.taxes if tax.treatment == "due")
        assert all(tax.amount_vnd == tax.amount_vnd.to_integral_value() >= 0 for tax in line.taxes)


def steps(step: Step) -> Iterator[Step]:
    yield step
    for child in step.children:
        yield from steps(child)


def evaluated(step: Step) -> Decimal:
    """Evaluate a formula over its inputs and round it as the step says, independent of the rules."""
    with localcontext() as context:
        context.prec = 80
        result = Decimal(_value(ast.parse(step.formula, mode="eval").body, step.inputs, step.rounding))
        return result.quantize(Decimal(1), MODES[step.rounding]) if step.rounding else result


def _value(node: ast.expr, inputs: dict[str, Decimal], rounding: str) -> Decimal:
    match node:
        case ast.Name(id=name):
            return inputs[name]
        case ast.Constant(value=value):
            return Decimal(str(value))
        case ast.Call(args=args):
            first = _value(args[0], inputs, rounding).quantize(Decimal(1), MODES[rounding])
            return min(first, _value(args[1], inputs, rounding))
        case ast.BinOp(left=left, op=op, right=right):
            one, two = _value(left, inputs, rounding), _value(right, inputs, rounding)
            match op:
                case ast.Add():
                    return one + two
                case ast.Sub():
                    return one - two
                case ast.Mult():
                    return one * two
                case ast.Div():
                    return one / two
    message = f"a formula of another shape: {ast.dump(node)}"
    raise AssertionError(message)


@FEW
@given(accepted())
def test_every_step_of_a_derivation_gives_its_result_and_the_amounts_of_the_decision(facts: Facts) -> None:
    decision, tree = decide(facts), derive(facts)
    assert tree.accepted
    roots = [step for line in tree.lines for step in (line.value, *line.taxes)]
    roots += [step for step in (tree.value, tree.fee, tree.total) if step is not None]
    for root in roots:
        for step in steps(root):
            assert evaluated(step) == step.result, step
    for line, duties in zip(tree.lines, decision.lines, strict=True):
        assert line.value.result == duties.value_vnd
        assert line.due_vnd == duties.due_vnd
        assert [(step.label, step.result) for step in line.taxes] == [(tax.tax, tax.amount_vnd) for tax in duties.taxes]
        assert [step.children[0].result for step in line.taxes] == [tax.base_vnd for tax in duties.taxes]


@FEW
@given(accepted())
def test_a_higher_draw_only_ever_lowers_the_channel(facts: Facts) -> None:
    low = decide(replace(facts, draw=Draw(value=Decimal(0), key_id="k")))
    assert low.channel == 3
    assert isinstance(facts.law.lines[0], LineLaw)
