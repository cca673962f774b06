"""The shared pack as an oracle of arithmetic: where a tax row has base, rate and amount, our function gives that amount.

`docs/wco-tax-oracle.md` lists and explains the rows that differ; this test holds its counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import pytest
from lxml import etree

from tests.clearance.declarations.formats.wco.test_pack import messages
from thongquan.base.core.faults import Refused
from thongquan.base.core.xmlsource import Limits, parse
from thongquan.rules.duties import duty_amount

CENT = Decimal("0.01")


class Row(NamedTuple):
    """One tax row: what it says, and the amounts of the rows beside it by type."""

    file: str
    said: dict[str, str]
    beside: dict[str, Decimal]

    def computed(self, mode: str) -> Decimal:
        base, percent = Decimal(self.said["AdValoremTaxBaseAmount"]), Decimal(self.said["TaxRateNumeric"])
        return duty_amount(base, percent / 100, mode=mode, unit=CENT)

    @property
    def amount(self) -> Decimal:
        return Decimal(self.said["TaxAssessedAmount"])


def _said(element: etree._Element) -> dict[str, str]:
    words = {str(one.tag).rpartition("}")[2]: (one.text or "").strip() for one in element.iterdescendants()}
    return {name: word for name, word in words.items() if word}


def rows() -> Iterator[Row]:
    """Give every tax row of every notification of the pack."""
    for name, data in messages():
        try:
            root = parse(data, Limits())
        except Refused:
            continue
        if not any(str(child.tag).endswith("Response") for child in root):
            continue
        found = list(root.iter("{*}DutyTaxFee"))
        for around in dict.fromkeys(element.getparent() for element in found):
            said = [_said(element) for element in found if element.getparent() is around]
            beside = {one["TypeCode"]: Decimal(one["TaxAssessedAmount"]) for one in said if "TaxAssessedAmount" in one}
            yield from (Row(name, one, beside) for one in said)


def kind(row: Row) -> str:
    """Say why a row is what it is; '?' when nothing explains it."""
    if not {"AdValoremTaxBaseAmount", "TaxRateNumeric", "TaxAssessedAmount"} <= set(row.said):
        return _incomplete(row)
    computed = row.computed("truncate")
    if computed == row.amount:
        return "equal"
    if row.amount:
        return "?"
    if Decimal(row.said.get("DeductAmount", "0")) == computed:
        return "relieved by a deduction of the whole duty"
    if row.beside.get("ACS") == computed:
        return "assessed in another row (ACS)"
    return "goods not at risk"


def _incomplete(row: Row) -> str:
    if "SpecificTaxBaseQuantity" in row.said:
        return "no rate: specific duty"
    return "no base or rate" if "TaxAssessedAmount" in row.said else "no amount"


@pytest.fixture(scope="module")
def all_rows() -> list[Row]:
    return list(rows())


def test_our_duty_function_gives_the_amount_of_every_row_that_needs_no_other_explanation(all_rows: list[Row]) -> None:
    assert Counter(map(kind, all_rows)) == {
        "equal": 139,
        "relieved by a deduction of the whole duty": 5,
        "assessed in another row (ACS)": 2,
        "goods not at risk": 2,
        "no rate: specific duty": 8,
        "no base or rate": 31,
        "no amount": 1,
    }


def test_the_rows_not_at_risk_are_those_of_one_scenario(all_rows: list[Row]) -> None:
    assert {row.file.split("/")[1] for row in all_rows if kind(row) == "goods not at risk"} == {"TT_IM203a"}


def test_every_row_that_tells_rounding_modes_apart_truncates(all_rows: list[Row]) -> None:
    equal = [row for row in all_rows if kind(row) == "equal"]
    telling = [row for row in equal if row.computed("half_up") != row.amount]
    assert [(row.said["AdValoremTaxBaseAmount"], row.said["TaxRateNumeric"]) for row in telling] == [
        ("296.24", "20.00")
    ]
    assert {row.computed("truncate") for row in telling} == {Decimal("59.24")}
