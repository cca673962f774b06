"""What residents add to the page of a declaration: the collection list it was lodged from."""

from __future__ import annotations

from typing import Any

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.actions import Panel
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.residents.labels import LISTS
from thongquan.clearance.residents.queries.gathering import collection_of_subject


def collection_panel(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """The list behind an import of gathered goods, where the reader may see it."""
    found = collection_of_subject(actor, stand.subject)
    return {"list": found, "state": LISTS[found.state]} if found else None


PANELS = [Panel("residents/_panel.html", collection_panel, place="aside")]
