"""Quota and duty of border residents, situation by situation; and what holds for all of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.rules import builders as build
from thongquan.rules.law import LawOfDay, LineLaw, Option, Parameter, RegimeLaw
from thongquan.rules.residents import Goods, Quota, Reckoned, Use, document_of, quota_left, reckon, split, without_duty

FOLDER = Path(__file__).parent / "situations" / "residents"
QUOTAS = yaml.safe_load((FOLDER / "quota.yaml").read_text(encoding="utf-8"))
DUTIES = yaml.safe_load((FOLDER / "duty.yaml").read_text(encoding="utf-8"))
QUOTA = Quota(value_vnd=Decimal(2_000_000), trips_per_month=4)
_VAT = build.cell("vat", build.percent("8", "choice"), build.percent("10", "choice"))
CELLS = {
    "08081000": (build.cell("import_duty", build.percent("10"), schedule="B01"), _VAT),
    "24022010": (
        build.cell("import_duty", Option(key="1000", amount=Decimal(1000), unit="KGM", currency="VND"), schedule="B01"),
        build.cell("vat", build.percent("10")),
    ),
}


def law(document: Any, **parameters: str) -> LawOfDay:
    """The law of the situations; codes without cells are holes in the data."""
    values = {**build.PARAMETERS, "minimum_not_for": "A,BDR,F", "fee_exempt_border_residents": "true", **parameters}
    export = (build.cell("export_duty", build.percent("5")),)
    return LawOfDay(
        version="t",
        on=build.ON,
        regime=RegimeLaw(code="A11", exists=True),
        parameters={name: Parameter(value=value, valid_from=build.FROM, source="x") for name, value in values.items()},
        lines=tuple(
            LineLaw(
                hs=one.hs, exists=True, unit="KGM", cells=CELLS.get(one.hs, ()) if document.flow == "import" else export
            )
            for one in document.lines
        ),
    )


def form(lines: list[dict[str, Any]], flow: str = "import") -> Any:
    goods = [
        Goods(
            number=number,
            hs=line.get("hs", "08081000"),
            description="Táo tươi",
            quantity=Decimal(line.get("quantity", 10)),
            unit="KGM",
            value=Decimal(line["value"]),
            rate=line.get("rate", ""),
        )
        for number, line in enumerate(lines, 1)
    ]
    return document_of(flow, goods, currency="VND", regime="A11", neighbor="CN")


@pytest.mark.parametrize("case", QUOTAS, ids=lambda case: case["title"])
def test_quota(case: dict[str, Any]) -> None:
    told = case["given"]
    uses = [Use(on=use["day"], free_vnd=Decimal(use["free"])) for use in told["uses"]]
    left = quota_left(QUOTA, uses, told["day"])
    portions = split([Decimal(value) for value in told["values"]], left)
    found = {
        "left": int(left),
        "free": [int(one.free_vnd) for one in portions],
        "over": [int(one.over_vnd) for one in portions],
    }
    assert found == case["expect"]


@pytest.mark.parametrize("case", DUTIES, ids=lambda case: case["title"])
def test_duty(case: dict[str, Any]) -> None:
    told = case["given"]
    document = form(told["lines"], told.get("flow", "import"))
    found = reckon(document, law(document), Decimal(told["left"]))
    assert {
        "duties": {tax: int(amount) for tax, amount in found.totals_vnd.items()},
        "fee": int(found.fee_vnd),
        "inspect": found.must_inspect,
        "faults": [str(fault.code) for fault in found.faults],
    } == case["expect"]


def test_goods_for_a_merchant_owe_nothing_on_the_form() -> None:
    document = form([{"value": 9_000_000}])
    found = without_duty(document, law(document))
    assert (found.due_vnd, found.free_vnd, found.over_vnd, found.must_inspect) == (0, 0, 0, False)
    assert found.values_vnd == (Decimal(9_000_000),)


VALUES = st.lists(st.integers(0, 5_000_000).map(Decimal), min_size=1, max_size=8)


@given(VALUES, st.integers(0, 4_000_000).map(Decimal))
def test_parts_sum_to_the_values_and_never_exceed_the_quota(values: list[Decimal], left: Decimal) -> None:
    portions = split(values, left)
    assert [one.free_vnd + one.over_vnd for one in portions] == values
    assert all(one.free_vnd >= 0 and one.over_vnd >= 0 for one in portions)
    assert sum(one.free_vnd for one in portions) == min(left, sum(values))


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(0, 3_000_000)), max_size=30))
def test_one_after_the_other_nobody_gets_more_than_a_days_quota_or_a_months_trips(asked: list[tuple[int, int]]) -> None:
    uses: list[Use] = []
    for day, value in sorted(asked):
        on = date(2026, 11, day)
        free = min(Decimal(value), quota_left(QUOTA, uses, on))
        uses.append(Use(on=on, free_vnd=free))
    taken = [use for use in uses if use.free_vnd > 0]
    assert len(taken) <= QUOTA.trips_per_month
    assert all(sum(u.free_vnd for u in taken if u.on == use.on) <= QUOTA.value_vnd for use in taken)


@given(VALUES.filter(lambda values: sum(values) > 0), st.integers(0, 4_000_000).map(Decimal))
def test_more_quota_never_costs_more(values: list[Decimal], left: Decimal) -> None:
    lines = [{"value": value, "rate": "10"} for value in values]
    document = form(lines)
    some: Reckoned = reckon(document, law(document), left)
    more: Reckoned = reckon(document, law(document), left + 100_000)
    assert sum(more.totals_vnd.values()) <= sum(some.totals_vnd.values())
    assert some.must_inspect is (some.over_vnd > 0)
