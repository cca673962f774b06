"""Enterprises that name the same things: foreign parties, trucks, addresses, agents and people of their declarations.

What very many enterprises share ties nobody to anybody (a large agent, a forwarder's truck): it is told as common and
leads nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Count, Max, Q, QuerySet

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.risk.models import Lodged, Tie
from thongquan.clearance.risk.permissions import check_may
from thongquan.clearance.risk.queries.picking import Picked, copies
from thongquan.rules.origin.shares import Share, share

COMMON = 12
"""What more enterprises than this name is common."""
MOST_TIES, MOST_FIRMS = 40, 40


class Firm(msgspec.Struct, frozen=True, kw_only=True):
    """An enterprise: its declarations in the period and what checks found; `is_asked` is the one asked about."""

    tax_code: str
    name: str
    lodged: int
    found: Share
    is_asked: bool


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """Something that several enterprises name: how many declarations of each do, by tax code."""

    kind: str
    key: str
    name: str
    enterprises: int
    is_common: bool
    named_by: dict[str, int]


class Relations(msgspec.Struct, frozen=True, kw_only=True):
    """The enterprise asked about, first of the firms, and what ties it to the others; `is_cut`: there are more."""

    firms: tuple[Firm, ...]
    shared: tuple[Shared, ...]
    is_cut: bool

    @property
    def asked(self) -> Firm:
        """The enterprise asked about."""
        return self.firms[0]


def relations(*, actor: Actor, enterprise: str, picked: Picked, at: datetime) -> Relations:
    """Who names the same as an enterprise, of the actor's offices. Raises `NotAllowed`; `NotFound` when none is its."""
    check_may(actor, "risk.see")
    rows = copies(actor=actor, picked=picked.only(trader=""), at=at).exclude(tax_code="")
    if not rows.filter(tax_code=enterprise).exists():
        raise NotFound(enterprise)
    named, is_cut = _named_by(rows, enterprise)
    linked = {code for one in named if not one.is_common for code in one.named_by}
    firms = _firms(rows, enterprise, _closest(named, linked - {enterprise}))
    known = {one.tax_code for one in firms}
    kept = tuple(_narrowed(one, known) for one in named)
    return Relations(firms=firms, shared=kept, is_cut=is_cut or len(linked) > len(known))


def related_pairs(*, actor: Actor, picked: Picked, at: datetime, most: int = 20) -> list[tuple[Firm, int]]:
    """Enterprises that share something uncommon with others, those with most found and most ties first."""
    rows = copies(actor=actor, picked=picked, at=at).exclude(tax_code="")
    keys = _keys(rows).filter(enterprises__gt=1, enterprises__lte=COMMON)
    ties: dict[str, int] = defaultdict(int)
    wanted = Q(pk__in=[])
    for kind, key in keys.order_by("-enterprises").values_list("kind", "key")[: 4 * MOST_TIES]:
        wanted |= Q(kind=kind, key=key)
    for code in Tie.objects.filter(wanted, lodged__in=rows).values_list("lodged__tax_code", "kind", "key").distinct():
        ties[code[0]] += 1
    firms = _firms(rows, "", ties)
    ordered = sorted(firms, key=lambda one: (-one.found.part, -ties[one.tax_code], one.tax_code))
    return [(one, ties[one.tax_code]) for one in ordered[:most]]


def _keys(rows: QuerySet[Lodged]) -> Any:
    ties = Tie.objects.filter(lodged__in=rows)
    return ties.values("kind", "key").annotate(enterprises=Count("lodged__tax_code", distinct=True), said=Max("name"))


def _named_by(rows: QuerySet[Lodged], enterprise: str) -> tuple[list[Shared], bool]:
    """What this enterprise names and others name too."""
    own = Tie.objects.filter(lodged__in=rows, lodged__tax_code=enterprise)
    wanted = Q(pk__in=[])
    for kind, key in own.values_list("kind", "key").distinct().order_by("kind", "key")[: 10 * MOST_TIES]:
        wanted |= Q(kind=kind, key=key)
    keys = list(_keys(rows).filter(wanted, enterprises__gt=1).order_by("enterprises", "kind", "key")[: MOST_TIES + 1])
    counts = _counts(rows, keys[:MOST_TIES])
    shared = [
        Shared(
            kind=str(one["kind"]),
            key=str(one["key"]),
            name=str(one["said"]),
            enterprises=int(str(one["enterprises"])),
            is_common=int(str(one["enterprises"])) > COMMON,
            named_by=counts[str(one["kind"]), str(one["key"])],
        )
        for one in keys[:MOST_TIES]
    ]
    return shared, len(keys) > MOST_TIES


def _counts(rows: QuerySet[Lodged], keys: Iterable[dict[str, object]]) -> dict[tuple[str, str], dict[str, int]]:
    wanted = Q(pk__in=[])
    for one in keys:
        if int(str(one["enterprises"])) <= COMMON:
            wanted |= Q(kind=one["kind"], key=one["key"])
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    told = Tie.objects.filter(wanted, lodged__in=rows).values_list("kind", "key", "lodged__tax_code")
    for kind, key, code, count in told.annotate(count=Count("lodged", distinct=True)).order_by():
        found[kind, key][code] = count
    return found


def _closest(named: Iterable[Shared], linked: Collection[str]) -> list[str]:
    """Those that share most with it."""
    weight: dict[str, int] = defaultdict(int)
    for one in named:
        for code in one.named_by:
            weight[code] += 1
    return sorted(linked, key=lambda code: (-weight[code], code))[: MOST_FIRMS - 1]


def _firms(rows: QuerySet[Lodged], asked: str, others: Iterable[str]) -> tuple[Firm, ...]:
    told = rows.filter(tax_code__in=[asked, *others]).values("tax_code")
    counted = told.annotate(
        lodged=Count("pk"),
        said=Max("trader_name"),
        concluded=Count("pk", filter=Q(found__isnull=False)),
        hits=Count("pk", filter=Q(found=True)),
    ).order_by()
    firms = [
        Firm(
            tax_code=row["tax_code"],
            name=row["said"],
            lodged=row["lodged"],
            found=share(row["hits"], row["concluded"]),
            is_asked=row["tax_code"] == asked,
        )
        for row in counted
    ]
    return tuple(sorted(firms, key=lambda one: (not one.is_asked, -one.found.part, -one.lodged, one.tax_code)))


def _narrowed(one: Shared, known: set[str]) -> Shared:
    return msgspec.structs.replace(one, named_by={code: n for code, n in one.named_by.items() if code in known})
