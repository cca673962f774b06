"""The live count beside the desk of checks."""

from __future__ import annotations

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.control.permissions import inspector_offices
from thongquan.clearance.control.queries.lists import count_waiting


def count_checks(actor: object) -> int | None:
    """Document checks of the actor's offices and inspections of the actor's own that wait."""
    if not isinstance(actor, Actor) or not inspector_offices(actor):
        return None
    return count_waiting(actor) or None
