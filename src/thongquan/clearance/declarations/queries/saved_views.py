"""Saved filters of a person and those shared with an office, and the columns a person chose."""

from __future__ import annotations

import msgspec
from django.db.models import Q

from thongquan.base.accounts.permissions import readable_offices
from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.errors import NotFound
from thongquan.clearance.declarations.models import ListColumns, SavedView

SHOWN = 40


class SavedFilter(msgspec.Struct, frozen=True, kw_only=True):
    """A saved filter: `query` is that of the address of the list, `office` the one it is shared with or empty."""

    id: int
    name: str
    query: str
    office: str
    owner: str
    is_mine: bool


def saved_filters_of(actor: Actor) -> list[SavedFilter]:
    """The actor's own by name, then those that others share with an office the actor works for."""
    if actor.user_id is None:
        return []
    shared = Q(office__in=readable_offices(actor)) & ~Q(office="")
    rows = list(SavedView.objects.filter(Q(owner_id=actor.user_id) | shared).order_by("name", "id")[:SHOWN])
    names = names_of({f"user:{row.owner_id}" for row in rows})
    found = [_filter(row, actor, names.get(f"user:{row.owner_id}", "")) for row in rows]
    return sorted(found, key=lambda one: not one.is_mine)


def _filter(row: SavedView, actor: Actor, owner: str) -> SavedFilter:
    is_mine = row.owner_id == actor.user_id
    return SavedFilter(id=row.pk, name=row.name, query=row.query, office=row.office, owner=owner, is_mine=is_mine)


def own_view(*, actor: Actor, view_id: int) -> SavedView:
    """A saved filter of this very person. Raises `NotFound` for those of others, shared ones too."""
    found = SavedView.objects.filter(id=view_id, owner_id=actor.user_id).first()
    if found is None:
        raise NotFound("view")
    return found


def columns_of(actor: Actor) -> list[str]:
    """The columns the actor chose, in order; empty for those who have not chosen."""
    row = ListColumns.objects.filter(owner_id=actor.user_id).values_list("names", flat=True).first()
    return [str(name) for name in row or ()]
