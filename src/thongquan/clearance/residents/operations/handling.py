"""What happens to a registered form: inspected, paid, released, let out; or refused, or cancelled.

Legal basis: Circular 80/2019/TT-BTC Art. 6-7. Goods over the quota are inspected without exception; whether exports are
is the decision of the head of the gate.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.residents.models import ShortForm
from thongquan.clearance.residents.operations.forms import ASSESSOR
from thongquan.clearance.residents.operations.steps import check_opens, locked_for, move, name_of, needed_words
from thongquan.clearance.residents.queries.forms import FormSeen, collection_of, seen, subject_of
from thongquan.clearance.residents.states import State, Step
from thongquan.clearance.revenue.operations import void_liability
from thongquan.clearance.revenue.operations.cash import Received, receive_cash
from thongquan.clearance.revenue.queries import balance_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.residents import RESALE
from thongquan.rules.text import storable


def order_inspection(*, actor: Actor, number: str, words: str, at: datetime) -> FormSeen:
    """The head of the gate has the goods inspected although nothing is over the quota, and says why."""
    with transaction.atomic():
        row = locked_for(actor, number, Step.ORDER_INSPECTION)
        told = needed_words(words)
        row.must_inspect = True
        move(row, Step.ORDER_INSPECTION, actor, at, words=told, changed=["must_inspect"])
        return seen(row)


def inspect_goods(*, actor: Actor, number: str, agrees: bool, words: str = "", at: datetime) -> FormSeen:
    """Record what the goods were found to be. Goods that differ are held; then words are needed (TQ-RES-008).

    When the money came through the bank before, the form is paid with this.
    """
    step = Step.INSPECT if agrees else Step.HOLD
    with transaction.atomic():
        row = locked_for(actor, number, step)
        told = storable(words) if agrees else needed_words(words)
        if agrees:
            row.inspected_at, row.inspected_by = at, actor.reference
        move(row, step, actor, at, words=told, changed=["inspected_at", "inspected_by"])
        if agrees and row.due_vnd and balance_of(subject_of(row)).settled:
            mark_paid(row, actor, at)
        return seen(row)


def take_cash(*, actor: Actor, number: str, at: datetime) -> Received:
    """Take what is owed at the gate in cash; returns the entry of the books that the receipt shows.

    Raises `Refused`: TQ-RES-003, -004 (not inspected), TQ-REV-014 when nothing is owed.
    """
    with transaction.atomic():
        row = locked_for(actor, number, Step.PAY)
        _check_inspected(row)
        received = receive_cash(actor=actor, subject=subject_of(row), at=at)
        mark_paid(row, actor, at, entry=received.entry)
        return received


def mark_paid(row: ShortForm, actor: Actor, at: datetime, *, entry: int = 0) -> None:
    """The books say that nothing is owed; the row is locked by the caller."""
    check_opens(row, Step.PAY)
    row.paid_at = at
    move(row, Step.PAY, actor, at, details={"entry": entry} if entry else {}, changed=["paid_at"])


def release_form(*, actor: Actor, number: str, at: datetime) -> FormSeen:
    """Release the goods inland; goods for a merchant are only admitted to the market (`admit_form`).

    Raises `Refused` with all of TQ-RES-003, -004, -005.
    """
    with transaction.atomic():
        row = locked_for(actor, number, Step.RELEASE)
        _check_ready(row)
        if row.flow == "import" and row.purpose == RESALE:
            raise _wrong_step(row, Step.RELEASE)
        move(row, Step.RELEASE, actor, at)
        return seen(row)


def admit_form(*, actor: Actor, number: str, at: datetime) -> FormSeen:
    """Let goods that are to be resold stay at the market, where a merchant may gather them; not inland."""
    with transaction.atomic():
        row = locked_for(actor, number, Step.ADMIT)
        _check_ready(row)
        if row.flow != "import" or row.purpose != RESALE:
            raise _wrong_step(row, Step.ADMIT)
        move(row, Step.ADMIT, actor, at)
        return seen(row)


def let_form_out(*, actor: Actor, number: str, at: datetime) -> FormSeen:
    """Confirm on the form that the goods left the border area.

    Raises `Refused`: TQ-RES-012 while the merchant's declaration is not cleared, else TQ-RES-003.
    """
    with transaction.atomic():
        row = _held_for_merchant(locked_for_exit(actor, number))
        move(row, Step.EXIT, actor, at)
        return seen(row)


def locked_for_exit(actor: Actor, number: str) -> ShortForm:
    """The form at the gate; goods that a merchant gathered have a refusal of their own (TQ-RES-012)."""
    try:
        return locked_for(actor, number, Step.EXIT)
    except Refused:
        row = ShortForm.objects.get(number=number)
        _held_for_merchant(row)
        raise


def refuse_form(*, actor: Actor, number: str, words: str, at: datetime) -> FormSeen:
    """Refuse the goods, with the reason; the person has the quota again and what was paid can be refunded."""
    return _ended(actor, number, Step.REFUSE, words, at)


def cancel_form(*, actor: Actor, number: str, words: str, at: datetime) -> FormSeen:
    """Cancel a form before release, with the reason; quota and money as in `refuse_form`."""
    return _ended(actor, number, Step.CANCEL, words, at)


def _ended(actor: Actor, number: str, step: Step, words: str, at: datetime) -> FormSeen:
    with transaction.atomic():
        row = locked_for(actor, number, step)
        move(row, step, actor, at, words=needed_words(words))
        if row.due_vnd:
            void_liability(subject=subject_of(row), reason=step.value, actor=ASSESSOR, at=at)
        return seen(row)


def _check_ready(row: ShortForm) -> None:
    """Everything between a form and its release, at once."""
    faults = _inspection_faults(row)
    left = balance_of(subject_of(row)).open_vnd if row.due_vnd else 0
    if left:
        values = {"open": f"{left:,.0f}".replace(",", ".")}
        faults.append(Fault(code=Code.TQ_RES_005, path="due_vnd", value=name_of(row), values=values))
    if faults:
        raise Refused(faults)


def _check_inspected(row: ShortForm) -> None:
    faults = _inspection_faults(row)
    if faults:
        raise Refused(faults)


def _inspection_faults(row: ShortForm) -> list[Fault]:
    if not row.must_inspect or row.inspected_at is not None:
        return []
    return [Fault(code=Code.TQ_RES_004, path="inspection", value=name_of(row))]


def _held_for_merchant(row: ShortForm) -> ShortForm:
    """Raise `Refused` with TQ-RES-012 for goods of a collection list that is not cleared."""
    if row.state == State.COLLECTED.value:
        values = {"list": collection_of(row)}
        raise Refused([Fault(code=Code.TQ_RES_012, path="collection", value=name_of(row), values=values)])
    return row


def _wrong_step(row: ShortForm, step: Step) -> Refused:
    values = {"step": step.value, "state": row.state}
    return Refused([Fault(code=Code.TQ_RES_003, path="purpose", value=name_of(row), values=values)])
