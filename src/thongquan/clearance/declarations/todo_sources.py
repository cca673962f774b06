"""What waits for a declarant in this room: declarations, duties to pay, pre-registered data, drafts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.clocking import clock_html
from thongquan.clearance.declarations.labels import PURPOSES
from thongquan.clearance.declarations.models import Draft
from thongquan.clearance.declarations.queries import Filters, Stand, Summary, drafts_of, preregistered_in_scope
from thongquan.clearance.declarations.queries.clocks import Due, duties_of
from thongquan.clearance.declarations.queries.late import Awaited, late_in_scope
from thongquan.clearance.declarations.queries.queueing import Queue, queue_page
from thongquan.clearance.declarations.states import STEPS, State, Step
from thongquan.clearance.declarations.todo import Source, Todo
from thongquan.clearance.revenue.queries.payable import Payable, payable_in_scope

FILE, AMEND, COMPLETE = "declarations:file", "declarations:amend", "declarations:complete"
DOCUMENTS, GOODS = "expiry_documents", "expiry_not_presented"
Act = tuple[Promise, Promise, str]
ACTS: dict[str, Act] = {
    "amendment_on_request": (_("Correct what customs asked for"), _("Correct"), AMEND),
    "incomplete_declaration": (_("Complete the declaration that was lodged incomplete"), _("Complete"), COMPLETE),
    "release_final": (_("Settle the final duties of the released goods"), _("Look at it"), FILE),
    "preservation_result": (_("Bring the result for the preserved goods"), _("Look at it"), FILE),
    DOCUMENTS: (_("Attach and file the documents"), _("File them"), FILE),
    GOODS: (_("Present the goods for inspection"), _("Present"), FILE),
    "expiry_not_arrived": (_("Bring the goods to the border gate"), _("Look at it"), FILE),
    "expiry_not_in_area": (_("Bring the goods into the supervision area"), _("Look at it"), FILE),
}
"""What is done before a clock ends, the word on its button, and where. The end of a guarantee is told with its duty."""
PROOFS: dict[str, Promise] = {
    "announced": _("File the proof of origin that was announced"),
    "redetermined": _("File the proof of origin for the new code, if you have one"),
    "differing": _("File the proof that the goods meet the criterion of the other code"),
}
_COMING = frozenset({"expiry_not_arrived", "expiry_not_in_area"})
YELLOW, RED = 2, 3


def declarations_waiting(actor: Actor, at: datetime, most: int) -> list[Todo]:
    """What the clocks of declarations ask of the declarant; a declaration may ask for several things."""
    rows = queue_page(actor=actor, queue=Queue.DECLARANT, filters=Filters(), at=at, limit=most).rows
    return [todo for row, dues, kinds in duties_of(rows, at) for todo in _of_declaration(row, dues, kinds)]


def _of_declaration(row: Summary | Stand, dues: list[Due], kinds: frozenset[str]) -> Iterator[Todo]:
    by_name = {due.clock.name: due for due in dues if due.clock.name in ACTS}
    if GOODS in by_name:
        by_name = {name: due for name, due in by_name.items() if name not in _COMING}
    for name in [*by_name, *_without_clock(row, kinds, by_name)]:
        what, button, address = ACTS[name]
        due = by_name.get(name)
        yield Todo(
            what=what,
            button=button,
            url=reverse(address, args=[row.number]),
            name=row.number,
            tax_code=row.tax_code,
            trader=row.trader_name,
            due_at=due.clock.due_at if due else None,
            clock=clock_html(due) if due else None,
            is_late=bool(due and due.left.overdue),
        )


def _without_clock(row: Summary | Stand, kinds: frozenset[str], clocked: Collection[str]) -> Iterator[str]:
    """What is to be done although the law in hand gives it no time."""
    asked = {
        "amendment_on_request": row.state == State.INSTRUCTED,
        DOCUMENTS: row.channel >= YELLOW and Step.FILE_DOCUMENTS not in kinds,
        GOODS: row.channel >= RED and Step.PRESENT_GOODS not in kinds,
    }
    return (name for name, is_asked in asked.items() if is_asked and name not in clocked and _is_open(row))


def _is_open(row: Summary | Stand) -> bool:
    """Whether documents and goods are still looked at."""
    return State(row.state) in STEPS[Step.FILE_DOCUMENTS].moves


def duties_to_pay(actor: Actor, at: datetime, most: int) -> list[Todo]:
    """What is owed: before release without a day, afterwards by the day of the law or the end of the guarantee."""
    return [_of_money(one, at) for one in payable_in_scope(actor, limit=most)]


def _of_money(one: Payable, at: datetime) -> Todo:
    if one.is_guaranteed:
        what = _("Pay before the guarantee ends")
    elif one.due_on is None:
        what = _("Pay or secure the duties, so that the goods are released")
    else:
        what = _("Pay what is owed")
    return Todo(
        what=what,
        button=_("Pay"),
        url=reverse("revenue:money", args=[one.subject]),
        name=one.name,
        tax_code=one.tax_code,
        due_at=timezone.make_aware(datetime.combine(one.due_on, time(23, 59))) if one.due_on else None,
        is_late=one.due_on is not None and one.due_on < timezone.localdate(at),
        amount_vnd=one.open_vnd,
    )


def preregistered_waiting(actor: Actor, at: datetime, most: int) -> list[Todo]:
    """Data that lapse unless they are registered."""
    return [
        Todo(
            what=_("Register the pre-registered data before they lapse"),
            button=_("Register"),
            url=reverse("declarations:preregistered", args=[one.number]),
            name=one.number,
            tax_code=one.tax_code,
            trader=one.trader_name,
            due_at=one.until,
        )
        for one in preregistered_in_scope(actor, at, limit=most)
    ]


def drafts_waiting(actor: Actor, at: datetime, most: int) -> list[Todo]:
    """What this person began to write, the latest first; of another enterprise nothing."""
    rows = ((row, row.content.get("fields", {})) for row in drafts_of(actor.user_id or 0)[:most])
    return [
        _of_draft(row, fields)
        for row, fields in rows
        if fields.get("trader.tax_code", "") in actor.enterprises or not fields.get("trader.tax_code")
    ]


def _of_draft(row: Draft, fields: dict[str, str]) -> Todo:
    return Todo(
        what=PURPOSES.get(row.purpose, _("Finish the draft and lodge it")),
        button=_("Go on"),
        url=reverse("declarations:draft", args=[row.pk]),
        name=row.amends or row.title,
        tax_code=fields.get("trader.tax_code", ""),
        trader=fields.get("trader.name", ""),
    )


def proofs_waiting(actor: Actor, at: datetime, most: int) -> list[Todo]:
    """Proofs of origin that are awaited, one for each declaration and clock, what is due first at the head."""
    rows, _more = late_in_scope(actor=actor, at=at, limit=most)
    first = {(row.number, row.kind): row for row in reversed(rows) if not row.outcome}
    return [_of_proof(row) for row in reversed(first.values())]


def _of_proof(row: Awaited) -> Todo:
    return Todo(
        what=PROOFS[row.kind],
        button=_("File it"),
        url=reverse("declarations:late", args=[row.number]),
        name=row.number,
        tax_code=row.tax_code,
        trader=row.trader_name,
        due_at=row.due.clock.due_at if row.due else None,
        clock=clock_html(row.due) if row.due else None,
        is_late=bool(row.due and row.due.left.overdue),
    )


TODO_SOURCES = [
    Source(_("Proofs of origin to come"), "late_proofs", proofs_waiting),
    Source(_("Declarations waiting for you"), "declarations:list", declarations_waiting, "queue=declarant"),
    Source(_("Duties to pay"), "revenue:owing", duties_to_pay),
    Source(_("Pre-registered data"), "declarations:preregistrations", preregistered_waiting),
    Source(_("Drafts"), "declarations:drafts", drafts_waiting),
]
