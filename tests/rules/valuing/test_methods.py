"""The six methods: their order, what each is computed from, and every fault at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from thongquan.rules.codes import Code
from thongquan.rules.valuing import (
    METHODS,
    TERMS,
    VNACCS,
    Asked,
    Comparable,
    MethodRefusal,
    before,
    value_faults,
    value_line,
)


def comparable(source: str = "101234567890/2", **terms: str) -> Comparable:
    return Comparable(source=source, on=None, terms=tuple((name, Decimal(text)) for name, text in terms.items()))


def asked(method: str, *comparables: Comparable, **changes: Any) -> Asked:
    turned = changes.get("turned", False)
    reasons = tuple(MethodRefusal(method=one, words="Không đủ dữ liệu") for one in before(method, turned=turned))
    fields = {"line": 1, "method": method, "quantity": Decimal(1000), "refusals": reasons, "comparables": comparables}
    return Asked(**{**fields, **changes})


def codes(one: Asked) -> list[tuple[str, str]]:
    return [(fault.code, fault.path) for fault in value_faults(one)]


def test_methods_stand_in_their_order() -> None:
    assert before("identical") == ("transaction",)
    assert before("computed") == ("transaction", "identical", "similar", "deductive")
    assert before("computed", turned=True) == ("transaction", "identical", "similar")
    assert before("deductive", turned=True)[-1] == "computed"
    assert before("fallback", turned=True) == ("transaction", "identical", "similar", "computed", "deductive")
    assert set(VNACCS) == set(TERMS) == set(METHODS)


def test_of_several_comparables_the_lowest() -> None:
    one, two = comparable("A", price="21000", transport="-500"), comparable("B", price="20000", quantity="200.5")
    found = value_line(asked("identical", one, two), rounding="half_up")
    assert [candidate.unit_vnd for candidate in found.candidates] == [Decimal(20500), Decimal("20200.5")]
    assert (found.chosen, found.unit_vnd, found.value_vnd) == (1, Decimal("20200.5"), Decimal(20200500))
    assert [(term.name, term.amount_vnd) for term in found.candidates[0].terms] == [
        ("price", Decimal(21000)),
        ("transport", Decimal(-500)),
    ]


def test_the_deductive_value_takes_off_what_the_sale_here_adds() -> None:
    sale = comparable(sale="50000", commission="5000", inland="1500.75", taxes="9000", processing="0")
    found = value_line(asked("deductive", sale), rounding="half_up")
    assert found.unit_vnd == Decimal("34499.25")
    assert found.value_vnd == Decimal(34499250)


def test_the_computed_value_adds_up() -> None:
    made = comparable(materials="10000", production="4000", profit="1000.3333", transport="500")
    assert value_line(asked("computed", made, quantity=Decimal(3)), rounding="half_up").value_vnd == Decimal(46501)


def test_every_fault_at_once() -> None:
    bad = Comparable(source=" ", on=None, terms=(("commission", Decimal(-1)), ("taxes", Decimal("NaN"))))
    assert codes(Asked(line=1, method="deductive", quantity=Decimal(1), comparables=(bad,))) == [
        (Code.TQ_CVL_006, "not_transaction"),
        (Code.TQ_CVL_006, "not_identical"),
        (Code.TQ_CVL_006, "not_similar"),
        (Code.TQ_CVL_009, "source_0"),
        (Code.TQ_CVL_007, "sale_0"),
        (Code.TQ_CVL_007, "commission_0"),
        (Code.TQ_CVL_007, "taxes_0"),
    ]


@pytest.mark.parametrize("method", ["transaction", "", "nonsense"])
def test_only_methods_after_the_first_find_another_value(method: str) -> None:
    assert codes(Asked(line=1, method=method, quantity=Decimal(1))) == [(Code.TQ_CVL_012, "method")]


def test_a_value_is_above_zero_and_comes_from_somewhere() -> None:
    assert codes(asked("similar", comparable(price="100", level="-100"))) == [(Code.TQ_CVL_008, "price_0")]
    assert codes(asked("similar")) == [(Code.TQ_CVL_009, "source_0")]


def test_the_fall_back_says_how_it_was_applied() -> None:
    assert codes(asked("fallback", comparable(price="100"))) == [(Code.TQ_CVL_002, "words")]
    assert codes(asked("fallback", comparable(price="100"), words="Nới thời hạn 60 ngày")) == []


def test_amounts_beyond_reason_are_refused() -> None:
    assert codes(asked("similar", comparable(price="1e30"))) == [(Code.TQ_CVL_007, "price_0")]
