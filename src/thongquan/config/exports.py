"""Exports as applications for certificates begin from them: the room of certificates does not know declarations."""

from __future__ import annotations

from typing import Any

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.declarations.queries import Filters, Stand, document_in_force, stand_of, worklist
from thongquan.clearance.declarations.states import ENDED, State
from thongquan.clearance.origin.exports import Export, ExportRow
from thongquan.clearance.origin.permissions import may
from thongquan.clearance.origin.queries.outbound import application_for_export


def is_live(stand: Stand) -> bool:
    """Whether the declaration is an export that was neither cancelled nor lapsed."""
    return stand.flow == "export" and State(stand.state) not in ENDED


def read_export(actor: Actor, number: str) -> Export:
    """A live export in the actor's scope. Raises `NotFound`."""
    stand = stand_of(actor=actor, number=number)
    if not is_live(stand):
        raise NotFound(number)
    return Export(
        number=stand.number,
        tax_code=stand.tax_code,
        trader_name=stand.trader_name,
        office=stand.office,
        document=document_in_force(stand.number),
    )


def recent_exports(actor: Actor, limit: int) -> list[ExportRow]:
    """The newest live exports in the actor's scope."""
    rows, _more = worklist(actor=actor, filters=Filters(flow="export"), limit=limit)
    return [
        ExportRow(number=one.number, tax_code=one.tax_code, office=one.office, registered_at=one.registered_at)
        for one in rows
        if State(one.state) not in ENDED
    ]


def panel(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """The way from an export to the application for its certificate, for who may prepare one."""
    if not is_live(stand) or not may(actor, "origin.prepare", office="", tax_code=stand.tax_code):
        return None
    return {"number": stand.number, "known": application_for_export(stand.number)}
