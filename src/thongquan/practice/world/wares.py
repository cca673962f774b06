"""The catalog as arrays: one place per kind of goods, one place per code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from thongquan.practice.catalog import Kind
from thongquan.practice.world.numbers import Array, Flags, Floats, Ints
from thongquan.practice.world.rates import rates_of

MONTHS = 12
_CHOICES, _ORIGINS = 4, 6
_FRUIT, _FRUIT_MONTHS, _FRUIT_PEAK = "08", (3, 4, 5), 2.2
_LOOSE_UNITS = frozenset({"KGM", "TNE", "LTR", "MTR", "MTK", "MTQ", "GRM"})


class Wares(NamedTuple):
    """Kinds by place; `code`, `cheaper` and `slip` are places in `codes`, `origin` places in `countries`.

    `grants` tells codes by countries whether a preference can be claimed.
    """

    kinds: tuple[Kind, ...]
    price: Floats
    sigma: Floats
    weight_kg: Floats
    package_units: Floats
    share: Floats
    season: Floats
    loose: Flags
    imported: Flags
    exported: Flags
    perishable: Flags
    luxury: Flags
    controlled: Flags
    chapter: Ints
    group: Ints
    code: Ints
    cheaper: Ints
    cheats: Flags
    codes: Array
    mfn: Floats
    preference: Floats
    vat: Floats
    grants: Flags
    origin: Ints
    origin_weight: Floats
    countries: Array


def wares_of(kinds: Sequence[Kind]) -> Wares:
    """Lay the catalog out. Raises ValueError when a flow has no kind."""
    codes = sorted({code for kind in kinds for code in (kind.hs, *_others(kind))})
    place = {code: number for number, code in enumerate(codes)}
    countries = sorted({"VN", "CN", *(country for kind in kinds for country, _ in kind.origins)})
    rates = [rates_of(code) for code in codes]
    wares = Wares(
        kinds=tuple(kinds),
        price=np.array([float(kind.price_usd) for kind in kinds]),
        sigma=np.array([min(max(float(kind.price_sigma), 0.06), 0.6) for kind in kinds]),
        weight_kg=np.array([float(kind.weight_kg) for kind in kinds]),
        package_units=np.array([max(float(kind.package_units), 0.01) for kind in kinds]),
        share=np.array([float(kind.share) for kind in kinds]),
        season=np.array([_season(kind) for kind in kinds]),
        loose=np.array([kind.unit in _LOOSE_UNITS for kind in kinds]),
        imported=np.array([kind.flow != "export" for kind in kinds]),
        exported=np.array([kind.flow != "import" for kind in kinds]),
        perishable=np.array([kind.perishable for kind in kinds]),
        luxury=np.array([kind.luxury for kind in kinds]),
        controlled=np.array([kind.controlled for kind in kinds]),
        chapter=np.array([int(kind.hs[:2]) for kind in kinds], dtype=np.int64),
        group=_groups(kinds),
        code=np.array([place[kind.hs] for kind in kinds], dtype=np.int64),
        cheaper=np.array([[place[one] for one in _choices(kind)] for kind in kinds], dtype=np.int64),
        cheats=np.array([bool(kind.cheaper_hs) for kind in kinds]),
        codes=np.array(codes, dtype=object),
        mfn=np.array([one.mfn for one in rates]),
        preference=np.array([one.preference for one in rates]),
        vat=np.array([one.vat for one in rates]),
        grants=np.array([[one.grants(country) for country in countries] for one in rates]),
        origin=np.array([[countries.index(one) for one, _ in _origins(kind)] for kind in kinds], dtype=np.int64),
        origin_weight=np.array([[weight for _, weight in _origins(kind)] for kind in kinds]),
        countries=np.array(countries, dtype=object),
    )
    if not wares.imported.any() or not wares.exported.any():
        raise ValueError("a world needs goods of both flows")
    return wares


def _season(kind: Kind) -> list[float]:
    """Monthly weights of a kind; fresh fruit is led to its published peak, whatever the catalog says of the kind."""
    peak = [_FRUIT_PEAK if kind.hs[:2] == _FRUIT and place in _FRUIT_MONTHS else 1.0 for place in range(MONTHS)]
    return [float(weight) * factor for weight, factor in zip(kind.season, peak, strict=True)]


def _others(kind: Kind) -> tuple[str, ...]:
    """Codes that a cheat or a mistake writes; the residual code of the subheading when the catalog names none."""
    return kind.cheaper_hs or (f"{kind.hs[:6]}{'90' if kind.hs[6:] != '90' else '10'}",)


def _choices(kind: Kind) -> list[str]:
    others = _others(kind)
    return [others[place % len(others)] for place in range(_CHOICES)]


def _origins(kind: Kind) -> list[tuple[str, float]]:
    given = [(country, float(weight)) for country, weight in kind.origins][:_ORIGINS] or [("CN", 1.0)]
    return given + [(given[0][0], 0.0)] * (_ORIGINS - len(given))


def _groups(kinds: Sequence[Kind]) -> Ints:
    names = sorted({kind.group or kind.hs[:2] for kind in kinds})
    return np.array([names.index(kind.group or kind.hs[:2]) for kind in kinds], dtype=np.int64)
