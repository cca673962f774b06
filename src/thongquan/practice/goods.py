"""Goods of the border as plain values, read from rows that somebody else opened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

FARM, MATERIAL, WARE, MACHINE = "farm", "material", "ware", "machine"
_WARE = frozenset({"39", "42", *map(str, range(57, 68)), *map(str, range(91, 97))})
_MACHINE = frozenset(map(str, range(84, 91)))


class Goods(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of goods: prices per unit in `currency`, quantities of a whole load, months in which it is traded.

    `certificate_share` is the fraction of loads that come with proof of origin (`certificate_form`) for `schedule`;
    `units` are the units of the nomenclature, which whoever knows the law fills in.
    """

    hs: str
    flow: str
    description: str
    unit: str
    currency: str
    price_low: Decimal
    price_high: Decimal
    net_kg_per_unit: Decimal
    quantity_low: int
    quantity_high: int
    package_kind: str
    units_per_package: Decimal
    origin: str
    months: frozenset[int]
    schedule: str
    certificate_form: str
    certificate_share: Decimal
    vat_choice: str
    vat_reason: str
    regimes: tuple[str, ...]
    gates: tuple[str, ...]
    weight: int
    units: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """Which trade it belongs to: enterprises keep to their trade."""
        chapter = self.hs[:2]
        if int(chapter) <= 24:
            return FARM
        if chapter in _MACHINE:
            return MACHINE
        return WARE if chapter in _WARE else MATERIAL

    def is_traded(self, on: date) -> bool:
        """Whether it is in season."""
        return on.month in self.months


def goods_of(row: Mapping[str, str]) -> Goods:
    """Read one row of the sample goods. Raises KeyError, ValueError or ArithmeticError when the row is not one."""
    return Goods(
        hs=row["hs8"],
        flow=row["flow"],
        description=row["name_vi"],
        unit=row["unit"],
        currency=row["currency"],
        price_low=Decimal(row["price_low"]),
        price_high=Decimal(row["price_high"]),
        net_kg_per_unit=Decimal(row["net_kg_per_unit"]),
        quantity_low=int(row["quantity_low"]),
        quantity_high=int(row["quantity_high"]),
        package_kind=row["package_kind"],
        units_per_package=Decimal(row["units_per_package"]),
        origin=row["origin"],
        months=_months(row["months"]),
        schedule=row["schedule"],
        certificate_form=row["certificate_form"],
        certificate_share=Decimal(row["certificate_share"]),
        vat_choice=row["vat_choice"],
        vat_reason=row["vat_reason"],
        regimes=tuple(row["regimes"].split()),
        gates=tuple(row["gates"].split()),
        weight=int(row["weight"]),
    )


def _months(text: str) -> frozenset[int]:
    """`9-4` is September to April."""
    first, last = map(int, text.split("-"))
    length = (last - first) % 12 + 1
    return frozenset((first - 1 + step) % 12 + 1 for step in range(length))
