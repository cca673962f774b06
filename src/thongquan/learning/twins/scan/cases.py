"""Edges to cases: what hangs together is one case, with what is at stake in it, the weightiest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from thongquan.learning.postings import Ints
from thongquan.learning.twins.scan.tables import EDGES, GROUPS, column

MOST_GROUPS = 200
_STEP = 0.02
_SURE = 0.999
_TWO = 2  # a difference of rates needs so many


class Members(NamedTuple):
    """Which case each group belongs to; groups are sorted."""

    groups: Ints
    cases: Ints


class HasMembers:
    """What a step may read of the members."""

    value: Members


class Code(NamedTuple):
    """What stands under one code of a case: `rate` is duty by value where it is known, as a share."""

    code: str
    groups: int
    lines: int
    importers: int
    value_vnd: int
    rate: float | None
    first: date | None
    last: date | None
    description: str
    id: str


class Case(NamedTuple):
    """Goods that hang together and stand under several codes.

    `stake_vnd` is what would be due in addition if the dearest code were right for all of them; None where no two rates
    are known. `worth` ranks: likeness times difference in duty times value. `best` is its closest pair.
    """

    likeness: float
    worth: float
    stake_vnd: int | None
    value_vnd: int
    lines: int
    groups: int
    importers: int
    shared_importers: int
    offices: tuple[str, ...]
    codes: tuple[Code, ...]
    best: tuple[int, int]
    members: tuple[int, ...]


def components(edges: pa.Table, *, most: int = MOST_GROUPS) -> Members:
    """What hangs together by edges. A part of more than `most` groups is parted again by its closer edges alone."""
    rows = edges.sort_by([("one", "ascending"), ("other", "ascending")])
    one, other, score = (column(rows, name) for name in ("one", "other", "score"))
    groups, places = np.unique(np.concatenate([one, other]), return_inverse=True)
    first, second = places[: len(one)], places[len(one) :]
    case = _connected(len(groups), first, second)
    least = float(score.min(initial=_SURE))
    while least < _SURE:
        sizes = np.bincount(case, minlength=1)
        large = sizes[case[first]] > most if len(first) else np.zeros(0, bool)
        if not large.any():
            break
        least += _STEP
        kept = ~large | (score >= least)
        case = _connected(len(groups), first[kept], second[kept])
    return Members(groups, case)


def _connected(count: int, first: Ints, second: Ints) -> Ints:
    """The number of the smallest that each hangs together with."""
    parent = list(range(count))
    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        low, high = sorted((_root(parent, one), _root(parent, other)))
        parent[high] = low
    return np.array([_root(parent, place) for place in range(count)], dtype=np.int64)


def _root(parent: list[int], place: int) -> int:
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place


class Chosen:
    """Groups to those that belong to a case."""

    def __init__(self, members: HasMembers) -> None:
        self.members = members

    def __call__(self, groups: pa.Table) -> pa.Table:
        wanted = np.isin(column(groups, "group"), self.members.value.groups)
        return groups.filter(pa.array(wanted)).select(GROUPS.names)


def cases_of(groups: pa.Table, edges: pa.Table, members: Members) -> list[Case]:
    """The cases, the weightiest first; a part that holds one code alone is none."""
    rows = {row["group"]: row for row in groups.drop_columns(["features", "numbers", "parties"]).to_pylist()}
    of = dict(zip(members.groups.tolist(), members.cases.tolist(), strict=True))
    inside: dict[int, list[int]] = defaultdict(list)
    for group, case in of.items():
        inside[case].append(group)
    best: dict[int, tuple[float, float, int, int]] = {}
    for edge in edges.select([name for name in EDGES.names if name != "bucket"]).to_pylist():
        case = of[edge["one"]]
        if case == of[edge["other"]]:
            found = (-edge["score"], -edge["likeness"], edge["one"], edge["other"])
            best[case] = min(found, best.get(case, found))
    told = [_case([rows[group] for group in sorted(inside[case])], best[case]) for case in sorted(best)]
    return sorted(told, key=lambda case: (-case.worth, -case.likeness * case.value_vnd, case.members))


def _case(rows: Sequence[dict[str, Any]], best: tuple[float, float, int, int]) -> Case:
    codes = tuple(_code(code, some) for code, some in _by(rows, lambda row: row["code"]))
    value = sum(row["value_vnd"] for row in rows)
    stake = _stake(codes)
    several = [set(row["importers"]) for row in rows]
    per_code = [set().union(*(row["importers"] for row in some)) for _, some in _by(rows, lambda row: row["code"])]
    everyone = set().union(*several)
    return Case(
        likeness=-best[1],
        worth=-best[1] * float(stake or 0),
        stake_vnd=stake,
        value_vnd=value,
        lines=sum(row["lines"] for row in rows),
        groups=len(rows),
        importers=len(everyone),
        shared_importers=sum(sum(one in some for some in per_code) > 1 for one in everyone),
        offices=tuple(sorted(set().union(*(row["offices"] for row in rows)))),
        codes=codes,
        best=best[2:],
        members=tuple(row["group"] for row in rows),
    )


def _by(
    rows: Iterable[dict[str, Any]], name: Callable[[dict[str, Any]], str]
) -> list[tuple[str, list[dict[str, Any]]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[name(row)].append(row)
    return sorted(found.items())


def _code(code: str, rows: Sequence[dict[str, Any]]) -> Code:
    dutiable = sum(row["dutiable_vnd"] for row in rows)
    days = [row[name] for row in rows for name in ("first", "last") if row[name]]
    shown = max(rows, key=lambda row: (row["lines"], row["id"]))
    return Code(
        code=code,
        groups=len(rows),
        lines=sum(row["lines"] for row in rows),
        importers=len(set().union(*(row["importers"] for row in rows))),
        value_vnd=sum(row["value_vnd"] for row in rows),
        rate=sum(row["duty_vnd"] for row in rows) / dutiable if dutiable else None,
        first=min(days, default=None),
        last=max(days, default=None),
        description=shown["description"],
        id=shown["id"],
    )


def _stake(codes: Sequence[Code]) -> int | None:
    rates = [one.rate for one in codes if one.rate is not None]
    if len(rates) < _TWO:
        return None
    dearest = max(rates)
    return sum(round((dearest - one.rate) * one.value_vnd) for one in codes if one.rate is not None)
