"""Fines: a share of the duty short, an amount that is stated, or none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongquan.rules.penalties import ActLaw, Charge, FineRule, charge_faults, fine_of, total_of


def act(rule: FineRule, share: str | None = None, *, verified: bool = True) -> ActLaw:
    return ActLaw(
        code="x",
        kind="duty",
        fine_rule=rule,
        share=Decimal(share) if share else None,
        article="Decree 169/2026/NĐ-CP Art. 10",
        valid_from=date(2026, 7, 1),
        source="Decree 169/2026/NĐ-CP Art. 10",
        verified=verified,
    )


@pytest.mark.parametrize(
    ("share", "difference", "fine"),
    [("0.10", "10000000", "1000000"), ("0.20", "10000000", "2000000"), ("0.20", "3", "1"), ("0.10", "4", "0")],
)
def test_a_share_of_the_duty_short_rounded_to_the_dong(share: str, difference: str, fine: str) -> None:
    told = fine_of(Charge(act=act("share", share), difference_vnd=Decimal(difference)))
    assert (told.base_vnd, told.amount_vnd, told.verified) == (Decimal(difference), Decimal(fine), True)


def test_a_share_asks_for_duty_that_is_short() -> None:
    charge = Charge(act=act("share", "0.20"), difference_vnd=Decimal(-5))
    assert [fault.code for fault in charge_faults(charge)] == ["TQ-VIO-005"]
    assert fine_of(charge).amount_vnd == 0
    assert charge_faults(Charge(act=act("share", "0.20"), difference_vnd=Decimal(5))) == []


def test_a_stated_fine_is_stated_and_never_verified() -> None:
    silent = Charge(act=act("stated"))
    assert [fault.code for fault in charge_faults(silent, path="stated-7")] == ["TQ-VIO-004"]
    assert [fault.code for fault in charge_faults(Charge(act=act("stated"), stated_vnd=Decimal(-1)))] == ["TQ-VIO-004"]
    told = fine_of(Charge(act=act("stated"), stated_vnd=Decimal(2_000_000)))
    assert (told.amount_vnd, told.verified) == (Decimal(2_000_000), False)
    assert charge_faults(Charge(act=act("stated"), stated_vnd=Decimal(0))) == []


def test_an_act_without_fine_costs_nothing() -> None:
    charge = Charge(act=act("none"), difference_vnd=Decimal(9), stated_vnd=Decimal(9))
    assert charge_faults(charge) == []
    assert fine_of(charge).amount_vnd == 0


@given(st.integers(1, 10**15), st.sampled_from(["0.10", "0.20"]))
def test_a_fine_is_never_above_its_base_and_sums_are_sums(difference: int, share: str) -> None:
    fine = fine_of(Charge(act=act("share", share), difference_vnd=Decimal(difference)))
    assert 0 <= fine.amount_vnd <= fine.base_vnd
    assert fine.amount_vnd == fine.amount_vnd.to_integral_value()
    assert total_of([fine, fine]) == 2 * fine.amount_vnd
