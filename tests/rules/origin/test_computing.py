"""CTC and RVC with their derivation, exact at the threshold."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongquan.rules.origin.computing import Material, regional_value, tariff_shift

MOTOR = Material(name="Motor", hs="850140", value=Decimal(30))
BLADE = Material(name="Blade", hs="841490", value=Decimal(10))
FRAME = Material(name="Frame", hs="732690", value=Decimal(20), originating=True)


@pytest.mark.parametrize(
    ("digits", "met", "unchanged"), [(2, False, ("Blade",)), (4, False, ("Blade",)), (6, True, ())]
)
def test_a_shift_at_two_four_and_six_digits(digits: int, met: bool, unchanged: tuple[str, ...]) -> None:
    found = tariff_shift("841459", (MOTOR, BLADE, FRAME), digits)
    assert (found.met, found.unchanged) == (met, unchanged)
    assert [step.name for step in found.steps] == ["Motor", "Blade"]


def test_originating_materials_need_no_shift() -> None:
    own = Material(name="Blade", hs="841490", value=Decimal(10), originating=True)
    assert tariff_shift("841459", (MOTOR, own), 4).met


def test_a_tolerance_of_the_law_lets_a_little_stay_unchanged() -> None:
    goods = (MOTOR, BLADE)
    assert tariff_shift("841459", goods, 4, fob=Decimal(100), tolerance=Decimal("0.1")).tolerated
    assert not tariff_shift("841459", goods, 4, fob=Decimal("99.99"), tolerance=Decimal("0.1")).met


def test_build_down_and_build_up() -> None:
    down = regional_value(Decimal(100), (MOTOR, BLADE, FRAME), Decimal(40), method="build_down")
    assert (down.percent, down.met) == (Decimal("60.00"), True)
    up = regional_value(
        Decimal(100), (MOTOR, BLADE, FRAME), Decimal(40), method="build_up", other_originating=Decimal("19.999")
    )
    assert (up.percent, up.met) == (Decimal("39.99"), False)
    assert up.steps[-2].formula == "39.999 / 100"


def test_the_threshold_is_exact_and_the_figure_never_rounded_up() -> None:
    third = Material(name="Foreign", hs="850140", value=Decimal(2))
    found = regional_value(Decimal(3), (third,), Decimal("33.34"), method="build_down")
    assert (found.percent, found.met) == (Decimal("33.33"), False)


@pytest.mark.parametrize("fob", ["0", "-1", "NaN", "Infinity"])
def test_a_product_without_a_price_has_no_share(fob: str) -> None:
    with pytest.raises(ValueError, match="fob"):
        regional_value(Decimal(fob), (), Decimal(40), method="build_up")


values = st.decimals(0, 10**9, places=4)


@given(st.decimals("0.0001", 10**9, places=4), st.lists(values, max_size=4), st.lists(values, max_size=4))
def test_both_methods_agree_when_all_of_the_price_is_counted(
    fob: Decimal, foreign: list[Decimal], own: list[Decimal]
) -> None:
    """FOB = originating + non-originating + the rest: with the rest counted, up and down are the same fraction."""
    materials = tuple(Material(name="f", hs="850140", value=one) for one in foreign)
    materials += tuple(Material(name="o", hs="732690", value=one, originating=True) for one in own)
    rest = fob - sum(foreign, Decimal(0)) - sum(own, Decimal(0))
    down = regional_value(fob, materials, Decimal(40), method="build_down")
    up = regional_value(fob, materials, Decimal(40), method="build_up", other_originating=rest)
    assert (down.percent, down.met) == (up.percent, up.met)
