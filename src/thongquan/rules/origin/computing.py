"""CTC and RVC computed from materials, each with its derivation.

Legal basis: the agreements' rules of origin. Build-down RVC = (FOB − non-originating) / FOB; build-up RVC =
originating / FOB. The build-down form stands in the facts at hand unverified; both are computed exactly, and a
threshold is held against the exact fraction, never against the rounded figure that is shown.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import Literal

from thongquan.rules.money import ZERO, exact
from thongquan.rules.parts import Frozen

Method = Literal["build_down", "build_up"]
_SHOWN = Decimal("0.01")
HUNDRED = Decimal(100)


class Material(Frozen, frozen=True, kw_only=True):
    """A material used: its code, its value in the product's currency, and whether it originates (cumulation counts)."""

    name: str
    hs: str
    value: Decimal
    originating: bool = False
    origin: str = ""


class Step(Frozen, frozen=True, kw_only=True):
    """One line of a derivation: what, its formula, its value."""

    name: str
    formula: str
    value: str


class Shift(Frozen, frozen=True, kw_only=True):
    """Whether every non-originating material changed its code; `unchanged` are those that did not."""

    met: bool
    digits: int
    unchanged: tuple[str, ...]
    tolerated: bool = False
    steps: tuple[Step, ...] = ()


class Content(Frozen, frozen=True, kw_only=True):
    """The regional value: `percent` cut (never rounded up) to two decimals; `met` is exact."""

    met: bool
    method: Method
    percent: Decimal
    threshold: Decimal
    steps: tuple[Step, ...] = ()


def tariff_shift(
    hs: str, materials: tuple[Material, ...], digits: int, *, fob: Decimal = ZERO, tolerance: Decimal = ZERO
) -> Shift:
    """Hold each non-originating material's code against the product's at 2, 4 or 6 digits.

    `tolerance` is the share of FOB (`0.1`) that unchanged materials may make up; zero where the law gives none.
    """
    foreign = [one for one in materials if not one.originating]
    same = [one for one in foreign if one.hs[:digits] == hs[:digits]]
    steps = [
        Step(
            name=one.name,
            formula=f"{one.hs[:digits]} → {hs[:digits]}",
            value="unchanged" if one in same else "changed",
        )
        for one in foreign
    ]
    with exact():
        left = sum((one.value for one in same), ZERO)
        tolerated = bool(same) and tolerance > 0 and left <= tolerance * fob
    if same and tolerance > 0:
        steps.append(Step(name="tolerance", formula=f"{left} ≤ {tolerance} × {fob}", value=str(tolerated)))
    return Shift(
        met=not same or tolerated,
        digits=digits,
        unchanged=tuple(one.name for one in same),
        tolerated=tolerated,
        steps=tuple(steps),
    )


def regional_value(
    fob: Decimal,
    materials: tuple[Material, ...],
    threshold: Decimal,
    *,
    method: Method,
    other_originating: Decimal = ZERO,
) -> Content:
    """The share of the region in a product of this FOB value, in percent.

    `other_originating` is what build-up counts beside materials (labor, overheads, profit). Raises `ValueError` when
    FOB is not above zero: a product without a price has no share.
    """
    if not fob.is_finite() or fob <= 0:
        raise ValueError("fob")
    foreign = [one for one in materials if not one.originating]
    own = [one for one in materials if one.originating]
    with exact():
        if method == "build_down":
            counted = fob - sum((one.value for one in foreign), ZERO)
            formula = f"({fob} − {sum((one.value for one in foreign), ZERO)}) / {fob}"
        else:
            counted = sum((one.value for one in own), other_originating)
            formula = f"{counted} / {fob}"
        met = counted * HUNDRED >= threshold * fob
        percent = (counted * HUNDRED / fob).quantize(_SHOWN, ROUND_DOWN)
    steps = [
        Step(name=one.name, formula="originating" if one.originating else "non-originating", value=str(one.value))
        for one in materials
    ]
    steps.append(Step(name="RVC", formula=formula, value=f"{percent} %"))
    steps.append(Step(name="threshold", formula=f"{percent} % ≥ {threshold} %", value=str(met)))
    return Content(met=met, method=method, percent=percent, threshold=threshold, steps=tuple(steps))
