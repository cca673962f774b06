"""This room's own buttons and panels of the declaration page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from thongquan.base.accounts.permissions import can_lodge
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.clearance.declarations import handling, late, preference
from thongquan.clearance.declarations.actions import Action, Panel
from thongquan.clearance.declarations.fieldpaths import field_name
from thongquan.clearance.declarations.operations.expiring import lapsed_clock
from thongquan.clearance.declarations.permissions import may
from thongquan.clearance.declarations.queries import (
    Stand,
    branches_of,
    events_of,
    instructions_of,
    versions_of,
    waiting_on,
)
from thongquan.clearance.declarations.queries.incomplete import fields_left_out
from thongquan.clearance.declarations.states import STEPS, State, Step

GREEN, RED = 1, 3


def _is_gone(actor: Actor, stand: Stand) -> bool:
    return State(stand.state) in STEPS[Step.AMEND_AFTER].moves


def _has_lapsed(actor: Actor, stand: Stand) -> bool:
    return lapsed_clock(actor, stand, now()) is not None


def instructed(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """What customs asks to correct."""
    found = instructions_of(stand.number)
    if not found:
        return None
    fields = [(one, field_name(one.path)) for one in found]
    return {"fields": fields, "number": stand.number, "can_amend": can_lodge(actor, stand.tax_code)}


DECIDES = {
    "amendment": (Step.REFUSE_AMENDMENT, "declarations:amendment_decision"),
    "correction": (Step.CONFIRM_CORRECTION, "declarations:correction_decision"),
    "cancellation": (Step.CANCEL, "declarations:cancel"),
}
"""Who decides on what waits, and where."""


def waiting(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """Proposals that wait; a correction by customs is not told to the declarant before it is one."""
    rows = []
    for kind, one in waiting_on(stand.number).items():
        step, address = DECIDES[kind]
        decides = may(actor, STEPS[step].who, office=stand.office, tax_code=stand.tax_code)
        if kind != "correction" or not can_lodge(actor, stand.tax_code):
            rows.append({"kind": kind, "one": one, "decides": decides and one.by != actor.reference, "url": address})
    return {"rows": rows, "number": stand.number} if rows else None


def branches(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """The declarations it was split with."""
    found = branches_of(stand.number)
    return {"rows": found, "number": stand.number} if found else None


def versions(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """Its versions, once there are two."""
    if not stand.version:
        return None
    return {"rows": versions_of(actor=actor, number=stand.number)[::-1], "number": stand.number}


def _documents_wait(actor: Actor, stand: Stand) -> bool:
    return stand.channel > GREEN and not _happened(stand, Step.FILE_DOCUMENTS)


def _goods_wait(actor: Actor, stand: Stand) -> bool:
    return stand.channel == RED and not _happened(stand, Step.PRESENT_GOODS)


def _happened(stand: Stand, step: Step) -> bool:
    return any(one.kind == step for one in events_of(stand.number))


def _is_incomplete(actor: Actor, stand: Stand) -> bool:
    return bool(fields_left_out(stand.number))


ACTIONS = [
    Action(
        Step.COMPLETE,
        _("Complete the declaration"),
        "declarations:complete",
        icon="pencil",
        primary=True,
        when=_is_incomplete,
    ),
    Action(
        Step.FILE_DOCUMENTS, _("The documents are filed"), "declarations:documents", posts=True, when=_documents_wait
    ),
    Action(Step.PRESENT_GOODS, _("The goods stand ready"), "declarations:present", posts=True, when=_goods_wait),
    Action(Step.FILE_LATE, _("File the proof of origin"), "declarations:late", when=late.awaits_proof),
    Action(Step.AMEND, _("Amend"), "declarations:amend", icon="pencil"),
    Action(Step.REQUEST_AMENDMENT, _("Ask to amend"), "declarations:request_amendment", icon="pencil", when=_is_gone),
    Action(Step.INSTRUCT, _("Ask the declarant to correct"), "declarations:instruct"),
    Action(Step.PROPOSE_CORRECTION, _("Propose a correction"), "declarations:correct"),
    Action(Step.REQUEST_CANCEL, _("Ask to cancel"), "declarations:ask_cancel"),
    Action(Step.EXPIRE, _("Write down that it has lapsed"), "declarations:expire", posts=True, when=_has_lapsed),
    Action(Step.CANCEL, _("Cancel the declaration"), "declarations:cancel", danger=True),
]
PANELS = [
    Panel("declarations/_instructed.html", instructed, place="before"),
    Panel("declarations/_waiting.html", waiting, place="before"),
    handling.PANEL,
    preference.PANEL,
    Panel("declarations/_late.html", late.panel, place="aside"),
    Panel("declarations/_branches.html", branches, place="aside"),
    Panel("declarations/_versions.html", versions, place="aside"),
]
