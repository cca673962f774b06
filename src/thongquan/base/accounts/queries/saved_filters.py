"""Filters of lists that people keep under names: their own, and those shared with an office."""

from __future__ import annotations

import msgspec
from django.db.models import Q

from thongquan.base.accounts.models import SavedFilter as Row
from thongquan.base.accounts.permissions import readable_offices
from thongquan.base.accounts.queries.actors import Actor
from thongquan.base.accounts.queries.people import names_of
from thongquan.base.core.errors import NotFound

SHOWN = 40


class SavedFilter(msgspec.Struct, frozen=True, kw_only=True):
    """A saved filter: `query` is that of the address of its list, `office` the one it is shared with or empty."""

    id: int
    place: str
    name: str
    query: str
    office: str
    owner: str
    is_mine: bool


def saved_filters_of(actor: Actor, *places: str) -> list[SavedFilter]:
    """The actor's own of these lists by name, then those that others share with an office the actor works for."""
    if actor.user_id is None:
        return []
    shared = Q(office__in=readable_offices(actor)) & ~Q(office="")
    found = Row.objects.filter(Q(owner_id=actor.user_id) | shared, place__in=places)
    rows = list(found.order_by("name", "id")[:SHOWN])
    names = names_of({f"user:{row.owner_id}" for row in rows})
    told = [_filter(row, actor, names.get(f"user:{row.owner_id}", "")) for row in rows]
    return sorted(told, key=lambda one: not one.is_mine)


def _filter(row: Row, actor: Actor, owner: str) -> SavedFilter:
    return SavedFilter(
        id=row.pk,
        place=row.place,
        name=row.name,
        query=row.query,
        office=row.office,
        owner=owner,
        is_mine=row.owner_id == actor.user_id,
    )


def own_filter(*, actor: Actor, filter_id: int, places: tuple[str, ...]) -> Row:
    """A saved filter of this very person, of one of these lists. Raises `NotFound` for all others, shared ones too."""
    found = Row.objects.filter(id=filter_id, owner_id=actor.user_id, place__in=places).first()
    if found is None:
        raise NotFound("view")
    return found
