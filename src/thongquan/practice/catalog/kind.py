"""One kind of goods as a plain value, read from a row that somebody else opened."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from thongquan.practice.catalog.models import concrete

MONTHS = 12
TRAITS = frozenset({"perishable", "luxury", "controlled"})


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of goods of the practice world. All figures are invented for practice.

    `hs` is the national code (8 digits, in the shipped tariff); `cheaper_hs` are codes of the same unit that a cheat or
    an honest mistake would write instead, the lowest duty first. `unit` is the unit of the quantity and `unit2` the
    second unit that the tariff line asks for ('' when it asks for none), both UN/ECE Recommendation 20 codes.

    `price_usd` is the median price per `unit` and `price_sigma` the standard deviation of its natural logarithm:
    parameters of a distribution, so floats; money drawn from them belongs in Decimal. `lot` is the median quantity of a
    line, in `unit`. `season` holds twelve monthly weights, January first, of mean 1. `package` is a package kind of the
    code list and `package_units` how much of `unit` one holds. `weight_kg` is the net weight of one `unit`.

    `flow` is import, export or both. `origins` are countries with shares that sum to 1; they hold for imports, what is
    exported is of Vietnam. `gates` are the gates it mostly passes, the usual one first. `share` is how often a line is
    of this kind, relative to the others (mean near 1).
    """

    key: str
    hs: str
    cheaper_hs: tuple[str, ...] = ()
    group: str = ""
    flow: str = "import"
    name_vi: str
    short_vi: str = ""
    name_en: str = ""
    zh: str = ""
    details: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    packings: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    unit: str
    unit2: str = ""
    price_usd: float
    price_sigma: float
    lot: float = 1.0
    season: tuple[float, ...] = (1.0,) * MONTHS
    package: str = "CT"
    package_units: float = 1.0
    weight_kg: float
    origins: tuple[tuple[str, float], ...] = (("CN", 1.0),)
    gates: tuple[str, ...] = ()
    share: float = 1.0
    perishable: bool = False
    luxury: bool = False
    controlled: bool = False


def kind_of(row: Mapping[str, str]) -> Kind:
    """Read one row of the catalog. Raises KeyError or ValueError when the row is not one."""
    traits = frozenset(row["traits"].split())
    if not traits <= TRAITS:
        msg = f"{row['key']}: unknown traits {sorted(traits - TRAITS)}"
        raise ValueError(msg)
    return Kind(
        key=row["key"],
        hs=row["hs8"],
        cheaper_hs=tuple(row["cheaper_hs8"].split()),
        group=row["group"],
        flow=row["flow"],
        name_vi=row["name_vi"],
        short_vi=row["short_vi"],
        name_en=row["name_en"],
        zh=row["chinese"],
        details=_listed(row["details"]),
        sizes=_listed(row["sizes"]),
        packings=_listed(row["packings"]),
        brands=_listed(row["brands"]),
        models=concrete(row["key"], _listed(row["models"])),
        unit=row["unit"],
        unit2=row["unit2"],
        price_usd=float(row["invented_price_usd"]),
        price_sigma=float(row["invented_price_sigma"]),
        lot=float(row["lot"]),
        season=_season(row["season"]),
        package=row["package"],
        package_units=float(row["package_units"]),
        weight_kg=float(row["net_kg_per_unit"]),
        origins=_origins(row["origins"]),
        gates=tuple(row["gates"].split()),
        share=float(row["share"]),
        perishable="perishable" in traits,
        luxury="luxury" in traits,
        controlled="controlled" in traits,
    )


def _listed(text: str) -> tuple[str, ...]:
    """`a | b | c`."""
    return tuple(part for part in (piece.strip() for piece in text.split("|")) if part)


def _season(text: str) -> tuple[float, ...]:
    """Twelve weights, brought to mean 1."""
    weights = [float(word) for word in text.split()]
    total = sum(weights)
    if len(weights) != MONTHS or min(weights) < 0 or total <= 0:
        msg = f"not a season: {text}"
        raise ValueError(msg)
    return tuple(weight * MONTHS / total for weight in weights)


def _origins(text: str) -> tuple[tuple[str, float], ...]:
    """`CN:90 KR:10`, brought to a sum of 1."""
    pairs = [word.split(":") for word in text.split()]
    total = sum(float(weight) for _, weight in pairs)
    return tuple((country, float(weight) / total) for country, weight in pairs)
