"""The columns a person chose for the list of declarations."""

from __future__ import annotations

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.models import ListColumns


def columns_of(actor: Actor) -> list[str]:
    """The columns the actor chose, in order; empty for those who have not chosen."""
    row = ListColumns.objects.filter(owner_id=actor.user_id).values_list("names", flat=True).first()
    return [str(name) for name in row or ()]
