"""A part of a chart as what it means: which declarations a bar, a point or a region stands for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlencode

import msgspec
from django.db.models import Q, QuerySet
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.models import Lodged
from thongquan.clearance.risk.permissions import check_may, offices_for
from thongquan.rules.text import storable

PERIODS = (7, 30, 180, 365)
_NUMBERS = frozenset({"days", "profile"})
_LONGEST = 120


class Picked(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Filters that must all hold; what is left out holds of everything. `until` is a day as ISO text, '' is today.

    `tie` is `kind:key` of something that declarations name; `heading` are leading digits of the code of a line;
    `outcome` is `found` or `checked`.
    """

    days: int = 7
    until: str = ""
    office: str = ""
    gate: str = ""
    origin: str = ""
    flow: str = ""
    heading: str = ""
    trader: str = ""
    tie: str = ""
    profile: int = 0
    outcome: str = ""

    def query(self) -> str:
        """These filters as the query of an address."""
        return urlencode(msgspec.to_builtins(self))

    def only(self, **changes: str | int) -> Picked:
        """The same with some filters set."""
        return msgspec.structs.replace(self, **changes)


def picked_of(given: Mapping[str, str]) -> Picked:
    """Filters from the query of an address; what cannot be read is left out."""
    known: dict[str, str | int] = {}
    for name in Picked.__struct_fields__:
        text = storable(given.get(name, ""))[:_LONGEST]
        if name not in _NUMBERS:
            known[name] = text
        elif text.isascii() and text.isdigit() and len(text) < 10:
            known[name] = int(text)
    if known.get("days", 7) not in PERIODS:
        known.pop("days", None)
    if not _is_day(str(known.get("until", ""))):
        known["until"] = ""
    return Picked(**known)  # type: ignore[arg-type]  # numbers are numbers, texts are texts, as sorted out above


def _is_day(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007  (a day, of which no moment is asked)
    except ValueError:
        return False
    return True


def bounds(picked: Picked, at: datetime) -> tuple[datetime, datetime]:
    """From when to when: the days up to the end of `until`, or up to now."""
    end = at
    if picked.until:
        day = datetime.strptime(picked.until, "%Y-%m-%d") + timedelta(days=1)  # noqa: DTZ007  (made aware below)
        end = min(timezone.make_aware(day), at)
    return end - timedelta(days=picked.days), end


def copies(*, actor: Actor, picked: Picked, at: datetime) -> QuerySet[Lodged]:
    """The declarations a picked part stands for, of the offices the actor analyses. Raises `NotAllowed`."""
    check_may(actor, "risk.see")
    since, until = bounds(picked, at)
    rows = in_scope(actor).filter(registered_at__gte=since, registered_at__lte=until)
    return rows.filter(pk__in=rows.filter(_filters(picked)).values("pk"))


def in_scope(actor: Actor) -> QuerySet[Lodged]:
    """Copies of the offices the actor analyses."""
    return Lodged.objects.filter(office__in=offices_for(actor, "risk.see"))


def _filters(picked: Picked) -> Q:
    plain = {"office": picked.office, "origin": picked.origin, "flow": picked.flow, "tax_code": picked.trader}
    found = Q(**{name: value for name, value in plain.items() if value})
    if picked.gate:
        found &= Q(gate=picked.gate)
    if picked.heading:
        found &= Q(lines__hs__startswith=picked.heading)
    if picked.profile:
        found &= Q(profiles__contains=[picked.profile])
    if picked.tie:
        kind, _, key = picked.tie.partition(":")
        found &= Q(ties__kind=kind, ties__key=key)
    if picked.outcome:
        found &= Q(found=True) if picked.outcome == "found" else Q(found__isnull=False)
    return found
