"""Keeping filters of the list of declarations under names, and choosing its columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from thongquan.base.accounts.operations.saved_filters import save_filter
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed
from thongquan.clearance.declarations.models import ListColumns

PLACE = "declarations"


def save_view(*, actor: Actor, name: str, query: str, office: str, at: datetime) -> int:
    """Keep the query of the list under a name; `office` shares it at once. Gives its id. Raises as `save_filter`."""
    return save_filter(actor=actor, place=PLACE, name=name, query=query, office=office, at=at)


def choose_columns(*, actor: Actor, names: Sequence[str]) -> None:
    """Keep which columns the list shows to this person; none means those it shows by itself."""
    if actor.user_id is None:
        raise NotAllowed("declarations.view")
    ListColumns.objects.update_or_create(owner_id=actor.user_id, defaults={"names": list(names)})
