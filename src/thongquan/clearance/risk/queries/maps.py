"""Where risk is: gates, routes and goods of a period beside the period before, out of the room's own copy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Left
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.models import Lodged
from thongquan.clearance.risk.permissions import offices_for
from thongquan.clearance.risk.queries.picking import Picked, bounds, copies
from thongquan.clearance.tariff.queries.releases import GateFact, gates_on
from thongquan.rules.origin.shares import Share, share

MOST_ROUTES, MOST_GOODS = 12, 12
HEADING = 4
_COUNTS: dict[str, Any] = {
    "lodged": Count("pk", distinct=True),
    "opened": Count("pk", filter=Q(channel__gte=2), distinct=True),
    "concluded": Count("pk", filter=Q(found__isnull=False), distinct=True),
    "hits": Count("pk", filter=Q(found=True), distinct=True),
    "drawn_checked": Count("pk", filter=Q(drawn=True, found__isnull=False), distinct=True),
    "drawn_found": Count("pk", filter=Q(drawn=True, found=True), distinct=True),
}


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A gate, a route or goods in a period: `before` counts the same in the period before it."""

    picked: Picked
    key: tuple[str, ...]
    lodged: int
    opened: Share
    found: Share
    random: Share
    recovered_vnd: Decimal
    before_lodged: int
    before_found: int

    @property
    def more_found(self) -> int:
        """Findings more than in the period before."""
        return self.found.part - self.before_found


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the map shows. `gates` also holds those where nothing was declared; a key of '' is no gate told."""

    since: datetime
    until: datetime
    gates: tuple[Spot, ...]
    routes: tuple[Spot, ...]
    goods: tuple[Spot, ...]


def where(*, actor: Actor, picked: Picked, at: datetime) -> Where:
    """Where risk is, of what was picked and of the offices the actor analyses. Raises `NotAllowed`."""
    since, until = bounds(picked, at)
    now = copies(actor=actor, picked=picked, at=at)
    earlier = copies(actor=actor, picked=picked.only(until=""), at=since)
    known = gates_on(timezone.localdate(at))
    mine = offices_for(actor, "risk.see") | actor.regions
    gates = _by_gate(now, earlier, picked, {code: one for code, one in known.items() if one.office in mine})
    return Where(
        since=since,
        until=until,
        gates=gates,
        routes=_routes(now, earlier, picked),
        goods=_goods(now, earlier, picked),
    )


def _by_gate(
    now: QuerySet[Lodged], earlier: QuerySet[Lodged], picked: Picked, known: dict[str, GateFact]
) -> tuple[Spot, ...]:
    """By gate; a declaration that names none stands with its office's own gate where the office has one alone."""
    rows, before = _counted(now, "gate", "office"), _counted(earlier, "gate", "office")
    alone = _only_gates(known)
    keys = {(code, fact.office) for code, fact in known.items()} | rows.keys()
    merged: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for gate, office in sorted(keys):
        merged.setdefault((gate or alone.get(office, ""), office), []).append((gate, office))
    spots = [
        _spot(key, _picked(picked, key, alone), _sum(rows, parts), _sum(before, parts)) for key, parts in merged.items()
    ]
    return tuple(sorted(spots, key=lambda one: (-one.found.part, -one.lodged, one.key)))


def _picked(picked: Picked, key: tuple[str, ...], alone: dict[str, str]) -> Picked:
    """An office with one gate stands for it, so that declarations which name no gate are picked too."""
    gate, office = key
    return picked.only(office=office, gate="" if alone.get(office) == gate else gate)


def _only_gates(known: dict[str, GateFact]) -> dict[str, str]:
    offices: dict[str, list[str]] = {}
    for code, fact in known.items():
        offices.setdefault(fact.office, []).append(code)
    return {office: codes[0] for office, codes in offices.items() if len(codes) == 1}


def _routes(now: QuerySet[Lodged], earlier: QuerySet[Lodged], picked: Picked) -> tuple[Spot, ...]:
    """From which country through which office, by flow; those with most found and most declared first."""
    rows, before = _counted(now, "origin", "office", "flow"), _counted(earlier, "origin", "office", "flow")
    spots = (
        _spot(key, picked.only(origin=key[0], office=key[1], flow=key[2]), row, before.get(key, {}))
        for key, row in rows.items()
    )
    return _first(spots, MOST_ROUTES)


def _goods(now: QuerySet[Lodged], earlier: QuerySet[Lodged], picked: Picked) -> tuple[Spot, ...]:
    """By heading of the goods: a declaration stands with each heading that its lines have."""
    of = {"heading": Left("lines__hs", HEADING)}
    rows, before = _counted(now.annotate(**of), "heading"), _counted(earlier.annotate(**of), "heading")
    spots = (_spot(key, picked.only(heading=key[0]), row, before.get(key, {})) for key, row in rows.items() if key[0])
    return _first(spots, MOST_GOODS)


def _first(spots: Iterable[Spot], most: int) -> tuple[Spot, ...]:
    return tuple(sorted(spots, key=lambda one: (-one.found.part, -one.lodged, one.key))[:most])


def _counted(rows: QuerySet[Lodged], *columns: str) -> dict[tuple[str, ...], dict[str, Any]]:
    told = rows.values(*columns).annotate(**_COUNTS).order_by()
    found = {tuple(str(row[name] or "") for name in columns): dict(row) for row in told}
    if columns == ("heading",):
        return found
    for row in rows.values(*columns).annotate(recovered=Sum("recovered_vnd")).order_by():
        found[tuple(str(row[name] or "") for name in columns)]["recovered"] = row["recovered"]
    return found


def _sum(rows: dict[tuple[str, ...], dict[str, Any]], keys: Iterable[tuple[str, ...]]) -> dict[str, Any]:
    several = [rows[key] for key in keys if key in rows]
    return {name: sum(row.get(name) or 0 for row in several) for name in (*_COUNTS, "recovered")}


def _spot(key: tuple[str, ...], picked: Picked, row: dict[str, Any], before: dict[str, Any]) -> Spot:
    return Spot(
        picked=picked,
        key=key,
        lodged=row["lodged"],
        opened=share(row["opened"], row["lodged"]),
        found=share(row["hits"], row["concluded"]),
        random=share(row["drawn_found"], row["drawn_checked"]),
        recovered_vnd=Decimal(row.get("recovered") or 0),
        before_lodged=before.get("lodged", 0),
        before_found=before.get("hits", 0),
    )
