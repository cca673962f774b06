"""The count of the residents' desk."""

from __future__ import annotations

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.residents.queries.forms import count_under_way


def count_residents(actor: object) -> int | None:
    """Forms that wait for something at the counters of the actor's offices."""
    return count_under_way(actor) if isinstance(actor, Actor) else None
