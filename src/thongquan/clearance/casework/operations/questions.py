"""Questions of traders to the office: asking, answering, asking again, closing, opening again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.notices.operations import notify
from thongquan.clearance.casework import permissions
from thongquan.clearance.casework.models import Message, Thread
from thongquan.clearance.casework.operations.common import given_words, kept_words, refusal, salted, words_faults
from thongquan.clearance.casework.queries.answering import answer_due_at, who_answers
from thongquan.clearance.casework.states import STEPS, Side, State, Step
from thongquan.clearance.casework.words import ANSWERED, ASKED, CLOSED
from thongquan.clearance.control.operations.common import tell
from thongquan.clearance.declarations.operations.steps import locked_declaration
from thongquan.clearance.declarations.queries import Stand, stand_of
from thongquan.rules.codes import Code

MOST_TOPIC = 120
MOST_OPEN = 10
"""Questions that may wait on one declaration at once."""
NOTICES = {Step.ANSWER: ANSWERED, Step.CLOSE: CLOSED}


def ask_question(*, actor: Actor, number: str, topic: str, text: str, at: datetime) -> int:
    """Ask the office something about a declaration; gives the id of the thread, and the answer clock starts.

    Raises `NotFound` outside the scope, `NotAllowed` for anyone who does not lodge for its trader, `Refused` with all
    of TQ-CSW-001, -002, and TQ-CSW-005 when too many questions wait on it.
    """
    stand = stand_of(actor=actor, number=number)
    if not permissions.can_ask(actor, stand.tax_code):
        raise NotAllowed("casework.ask")
    title, words = " ".join(kept_words(topic).split()), kept_words(text)
    if faults := [*words_faults(title, path="topic", most=MOST_TOPIC), *words_faults(words, path="text")]:
        raise Refused(faults)
    with transaction.atomic():
        locked_declaration(number)
        _check_room(stand)
        thread = Thread.objects.create(
            declaration_id=stand.key,
            number=stand.number,
            office=stand.office,
            tax_code=stand.tax_code,
            trader_name=stand.trader_name,
            topic=title,
            state=State.OPEN,
            asked_by=actor.reference,
            asked_at=at,
            moved_at=at,
            due_at=answer_due_at(stand.office, at),
        )
        _say(thread, Step.ASK, Side.TRADER, actor, words, at)
    return thread.pk


def _check_room(stand: Stand) -> None:
    waiting = Thread.objects.filter(declaration_id=stand.key, state=State.OPEN).count()
    if waiting >= MOST_OPEN:
        raise refusal(Code.TQ_CSW_005, "topic", stand.number, {"limit": str(MOST_OPEN)})


def follow_up(*, actor: Actor, thread_id: int, text: str, at: datetime) -> None:
    """Say more in a thread: a trader waits for the office again, an officer answers.

    Raises `NotFound`, `NotAllowed` for those who only read, `Refused`: TQ-CSW-001, -002, -004.
    """
    with transaction.atomic():
        thread, side = _locked(actor, thread_id)
        _move(thread, Step.ANSWER if side is Side.CUSTOMS else Step.FOLLOW, side, actor, text, at)


def answer_and_close(*, actor: Actor, thread_id: int, text: str, at: datetime) -> None:
    """Answer and close in one. Raises as `follow_up`, and `NotAllowed` for anyone but the office."""
    with transaction.atomic():
        thread, side = _locked(actor, thread_id)
        if side is not Side.CUSTOMS:
            raise NotAllowed("casework.answer")
        _move(thread, Step.ANSWER, side, actor, text, at)
        _move(thread, Step.CLOSE, side, actor, "", at, silent=True)


def close_question(*, actor: Actor, thread_id: int, at: datetime) -> None:
    """Close an answered question: the office, or the side that asked when it is content.

    Raises `NotFound`, `NotAllowed`, `Refused` (TQ-CSW-004) before it is answered.
    """
    with transaction.atomic():
        thread, side = _locked(actor, thread_id)
        _move(thread, Step.CLOSE, side, actor, "", at)


def reopen_question(*, actor: Actor, thread_id: int, text: str, at: datetime) -> None:
    """Open a closed question again, with what is still open; the answer clock starts anew.

    Raises `NotFound`, `NotAllowed` for anyone but the side that asked, `Refused`: TQ-CSW-001, -002, -004.
    """
    with transaction.atomic():
        thread, side = _locked(actor, thread_id)
        _move(thread, Step.REOPEN, side, actor, text, at)


def _locked(actor: Actor, thread_id: int) -> tuple[Thread, Side]:
    """The thread, locked, and the side for which this person speaks."""
    rows = Thread.objects.select_for_update()
    thread = rows.filter(pk=thread_id).first() if 0 < thread_id < 2**63 else None
    if thread is None or not permissions.sees_threads(actor, office=thread.office, tax_code=thread.tax_code):
        raise NotFound("question")
    side = permissions.side_of(actor, office=thread.office, tax_code=thread.tax_code)
    if side is None:
        raise NotAllowed("casework.answer")
    return thread, side


def _move(
    thread: Thread, step: Step, side: Side, actor: Actor, text: str, at: datetime, *, silent: bool = False
) -> None:
    rule, before = STEPS[step], State(thread.state)
    if side not in rule.sides:
        raise NotAllowed("casework.question")
    if before not in rule.moves:
        raise refusal(Code.TQ_CSW_004, "state", str(thread.pk), {"state": before.value, "step": step.value})
    words = given_words(text, path="text") if step is not Step.CLOSE else ""
    thread.state, thread.moved_at = rule.moves[before], at
    if thread.state != State.OPEN:
        thread.due_at = None
    elif before is not State.OPEN:
        thread.due_at = answer_due_at(thread.office, at)
    thread.save(update_fields=["state", "moved_at", "due_at"])
    _say(thread, step, side, actor, words, at, silent=silent)


def _say(
    thread: Thread, step: Step, side: Side, actor: Actor, words: str, at: datetime, *, silent: bool = False
) -> None:
    """Keep what was said, leave the trace without words, and tell the other side."""
    salt, digest = salted(words)
    Message.objects.create(thread=thread, step=step, side=side, text=words, salt=salt, by=actor.reference, at=at)
    details = {"on": f"declaration:{thread.declaration_id}0", "office": thread.office, "side": side, "sha256": digest}
    tell(f"question.{step}", f"question:{thread.pk}", actor, at, details)
    others = set(_others(thread, side, at)) - {actor.reference}
    if others and not silent:
        values = {"number": thread.number}
        notify(to=sorted(others), kind=NOTICES.get(step, ASKED), subject=f"question:{thread.pk}", values=values, at=at)


def _others(thread: Thread, side: Side, at: datetime) -> Iterable[str]:
    """Who is told: everyone of the other side who spoke, and for a new question those who should answer."""
    other = Side.CUSTOMS if side is Side.TRADER else Side.TRADER
    spoke = set(thread.messages.filter(side=other).values_list("by", flat=True))
    return spoke or (who_answers(thread.number, thread.office, at) if other is Side.CUSTOMS else ())
