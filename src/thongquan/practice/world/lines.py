"""Lines of a month before anybody cheats or errs: goods, expected price, value wanted, origin, claims."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from thongquan.practice.world.firms import Firms
from thongquan.practice.world.fraud import Case
from thongquan.practice.world.fraud.marks import (
    LOT_MEAN,
    LOT_SPREAD,
    QUOTA_LOW,
    QUOTA_USD,
    THRESHOLD_USD,
)
from thongquan.practice.world.heads import Heads
from thongquan.practice.world.levels import IMPORT
from thongquan.practice.world.numbers import Flags, Floats, Ints, exp, normal, pick_in_rows
from thongquan.practice.world.posts import Pairs, together
from thongquan.practice.world.wares import Wares

_LEVELS = np.array([0.0, 0.80, 0.90, 1.0, 1.12, 1.28])
_MONTHLY_PRICE = 0.0025
_MOST_RESIDENT_PRICE, _MOST_LOT_PRICE, _MOST_PERISHABLE_LINES = 4.0, 20.0, 2
_SPLIT_SPREAD, _MACHINES = 0.7, (84, 90)
_FOOD, _WARE = 24, (39, 97)


class Lines(NamedTuple):
    """One row per line; `head` is the place of its declaration, `event` groups the lots of one sale."""

    head: Ints
    number: Ints
    event: Ints
    firm: Ints
    kind: Ints
    imports: Flags
    resident: Flags
    temporary: Flags
    lot: Flags
    value: Floats
    level: Floats
    expected_price: Floats
    origin: Ints
    claims: Flags
    pair: Flags


def lines_of(
    rng: np.random.Generator,
    month: int,
    of_year: int,
    heads: Heads,
    wanted: Floats,
    firms: Firms,
    wares: Wares,
    pairs: Pairs,
    claim_share: float,
) -> Lines:
    """Draw the lines of a month. `wanted` is the value of each declaration in US dollars."""
    count, first_kind = _how_many(rng, heads, firms, wares, of_year)
    head = np.repeat(np.arange(len(count)), count)
    start = np.cumsum(count) - count
    row = np.arange(len(head))
    kind = np.where(row == start[head], first_kind[head], _kinds(rng, firms, wares, heads, head, of_year))
    kind = kind[np.where(heads.lot[head], start[heads.leader[head]], row)]
    price = wares.price[kind]
    imports = heads.flow[head] == IMPORT
    resident = heads.resident[head] & (price < _MOST_RESIDENT_PRICE) & (count[head] == 1)
    lot = heads.lot[head] & (price < _MOST_LOT_PRICE)
    temporary = heads.temporary[head] & ~wares.perishable[first_kind[head]]
    firm = heads.firm[head]
    value, level = _values(rng, wanted, head, resident, lot)
    origin = np.where(imports, wares.origin[kind, pick_in_rows(rng.random(len(head)), wares.origin_weight[kind])], -1)
    code = wares.code[kind]
    claims = imports & ~resident & ~temporary & wares.grants[code, origin] & (wares.preference[code] < wares.mfn[code])
    return Lines(
        head=head,
        number=row - start[head] + 1,
        event=np.where(lot, start[heads.leader[head]], row),
        firm=firm,
        kind=kind,
        imports=imports,
        resident=resident,
        temporary=temporary,
        lot=lot,
        value=value,
        level=level,
        expected_price=price * _LEVELS[firms.market_level[firm]] * (1.0 + _MONTHLY_PRICE * month),
        origin=np.where(origin >= 0, origin, int(np.flatnonzero(wares.countries == "VN")[0])),
        claims=claims & (rng.random(len(head)) < claim_share),
        pair=together(pairs, month, heads.broker, heads.gate, heads.crew)[head],
    )


def case_of(lines: Lines, heads: Heads, month: int, firms: Firms, wares: Wares) -> Case:
    """What decides how likely each mechanism is: all of it stands on the declared side or in its history."""
    kind, firm = lines.kind, lines.firm
    chapter, code = wares.chapter[kind], wares.code[kind]
    return Case(
        month=month,
        imports=lines.imports,
        hour=heads.hour[lines.head],
        size_class=firms.size_class[firm],
        age_months=month - firms.born[firm],
        phoenix=firms.phoenix[firm],
        mfn=wares.mfn[code],
        gap=wares.cheats[kind],
        claims=lines.claims,
        perishable=wares.perishable[kind],
        luxury=wares.luxury[kind],
        controlled=wares.controlled[kind],
        resident=lines.resident,
        temporary=lines.temporary,
        consumer=(chapter <= _FOOD) | ((chapter >= _WARE[0]) & ~_between(chapter, _MACHINES)),
        lot=lines.lot,
        pair=lines.pair,
    )


def _between(chapter: Ints, limits: tuple[int, int]) -> Flags:
    return (chapter >= limits[0]) & (chapter <= limits[1])


def _how_many(rng: np.random.Generator, heads: Heads, firms: Firms, wares: Wares, of_year: int) -> tuple[Ints, Ints]:
    """Lines of each declaration, and the first kind: a truck of perishables carries one kind or two."""
    every = np.arange(len(heads.firm))
    first = _kinds(rng, firms, wares, heads, every, of_year)
    most = np.where(wares.perishable[first], _MOST_PERISHABLE_LINES, len(every) + 50)
    cheap = wares.price[first] < _MOST_RESIDENT_PRICE
    count = np.where(heads.resident & cheap, 1, np.minimum(heads.wanted_lines, most))
    return count, first


def _kinds(rng: np.random.Generator, firms: Firms, wares: Wares, heads: Heads, head: Ints, of_year: int) -> Ints:
    firm, flow = heads.firm[head], heads.flow[head]
    listed = firms.kinds[firm, flow]
    weights = firms.kind_weight[firm, flow] * (wares.season[listed, of_year] + 1e-6)
    return np.asarray(listed[np.arange(len(head)), pick_in_rows(rng.random(len(head)), weights)])


def _values(rng: np.random.Generator, wanted: Floats, head: Ints, resident: Flags, lot: Flags) -> tuple[Floats, Floats]:
    """Value of each line, and its level: what share of the quota or of the threshold it is (of residents and lots)."""
    part = exp(_SPLIT_SPREAD * normal(rng, len(head)))
    value = wanted[head] * part / np.bincount(head, part, minlength=len(wanted))[head]
    of_quota = QUOTA_LOW + (1.0 - QUOTA_LOW) * rng.random(len(head))
    of_threshold = exp(LOT_MEAN + LOT_SPREAD * normal(rng, len(head)))
    level = np.where(resident, of_quota, np.where(lot, of_threshold, 0.0))
    return np.where(resident, level * QUOTA_USD, np.where(lot, level * THRESHOLD_USD, value)), level
