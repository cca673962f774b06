"""With what a price is compared on a day: a confirmed reference price, else the band of such goods."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import msgspec
from django.db.models import Q

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.valuation.models import PriceBand, ReferencePrice
from thongquan.clearance.valuation.permissions import check_may_anywhere
from thongquan.clearance.valuation.states import CONFIRMED

Figures = tuple[Decimal, Decimal, Decimal, int, int]
"""Low, median and high in dong a unit; lines and traders."""


class Goods(NamedTuple):
    """What prices are compared within: code, class of words ('' for all), origin and unit."""

    hs: str
    text_class: str
    origin: str
    unit: str


class Usual(NamedTuple):
    """What is usual: `basis` is `reference`, `text` or `code`; `on` the day it holds from."""

    basis: str
    low_vnd: Decimal
    median_vnd: Decimal
    high_vnd: Decimal
    lines: int
    traders: int
    on: date


@dataclass(frozen=True)
class Bands:
    """What is known of some goods on a day."""

    bands: dict[Goods, tuple[Figures, date]]
    references: tuple[ReferencePrice, ...]

    def usual(self, goods: Goods) -> Usual | None:
        """The narrowest comparison there is: a reference price, goods of the same words, all of the code."""
        for one in self.references:
            if _speaks_of(one, goods):
                middle = (one.low_vnd + one.high_vnd) / 2
                return Usual("reference", one.low_vnd, middle, one.high_vnd, 0, 0, one.valid_from)
        for basis, key in (("text", goods), ("code", goods._replace(text_class=""))):
            if (basis == "code" or goods.text_class) and key in self.bands:
                figures, on = self.bands[key]
                return Usual(basis, *figures, on)
        return None


def _speaks_of(one: ReferencePrice, goods: Goods) -> bool:
    return (
        (one.hs, one.unit) == (goods.hs, goods.unit)
        and one.origin in ("", goods.origin)
        and one.words in ("", goods.text_class)
    )


def bands_of(goods: Collection[Goods], *, on: date) -> Bands:
    """What these goods are compared with on a day, in two questions."""
    codes = {one.hs for one in goods}
    rows = PriceBand.objects.filter(hs__in=codes, on__lte=on).order_by("on")
    bands: dict[Goods, tuple[Figures, date] | None] = {}
    for row in rows:
        figures = _figures(row)
        bands[Goods(row.hs, row.text_class, row.origin, row.unit)] = (figures, row.on) if figures else None
    valid = Q(valid_to=None) | Q(valid_to__gt=on)
    references = ReferencePrice.objects.filter(valid, hs__in=codes, state=CONFIRMED, valid_from__lte=on)
    narrow_first = sorted(references, key=lambda one: (not one.words, not one.origin, -one.valid_from.toordinal()))
    return Bands({key: held for key, held in bands.items() if held}, tuple(narrow_first))


def latest_bands(*, on: date) -> dict[Goods, Figures | None]:
    """The figures in force before a day, of all goods; None where a band ended."""
    rows = PriceBand.objects.filter(on__lt=on).order_by("hs", "text_class", "origin", "unit", "-on")
    return {
        Goods(row.hs, row.text_class, row.origin, row.unit): _figures(row)
        for row in rows.distinct("hs", "text_class", "origin", "unit")
    }


def _figures(row: PriceBand) -> Figures | None:
    if row.low_vnd is None or row.median_vnd is None or row.high_vnd is None:
        return None
    return row.low_vnd, row.median_vnd, row.high_vnd, row.lines, row.traders


class BandRow(msgspec.Struct, frozen=True, kw_only=True):
    """A band as officers read it, in dong a unit."""

    hs: str
    text_class: str
    origin: str
    unit: str
    on: date
    low_vnd: Decimal
    median_vnd: Decimal
    high_vnd: Decimal
    lines: int
    traders: int


def bands_told(*, actor: Actor, hs: str, on: date, limit: int = 200) -> list[BandRow]:
    """The bands in force of codes that begin so, for officers; the broadest first. Raises `NotAllowed`."""
    check_may_anywhere(actor, "valuation.see")
    rows = PriceBand.objects.filter(hs__startswith=hs, on__lte=on)
    newest = rows.order_by("hs", "text_class", "origin", "unit", "-on").distinct("hs", "text_class", "origin", "unit")
    names = [field.name for field in msgspec.structs.fields(BandRow)]
    return [BandRow(**{name: getattr(row, name) for name in names}) for row in newest[:limit] if _figures(row)]
