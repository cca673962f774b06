"""Questions as each side may read them: the queue of an office, the list of a trader, one thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db.models import Count, F, Q, QuerySet

from thongquan.base.accounts.permissions import readable_enterprises
from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.errors import NotFound
from thongquan.clearance.casework import permissions
from thongquan.clearance.casework.models import Message, Thread
from thongquan.clearance.casework.queries.answering import TimeLeft, time_left
from thongquan.clearance.casework.states import STEPS, Side, State
from thongquan.clearance.declarations.queries import Stand, stand_of

PAGE = 50
MOST = 200
SHOWN = 20


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A message. `by` is a name: officers read all names, traders only those of their own side."""

    step: str
    side: str
    text: str
    by: str
    at: datetime
    is_mine: bool


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A thread as a row of a list; `due_at` and `left` while it waits for the office."""

    id: int
    number: str
    office: str
    trader_name: str
    topic: str
    state: str
    asked_at: datetime
    moved_at: datetime
    due_at: datetime | None
    left: TimeLeft | None


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A thread whole: `side` is the reader's, None for those who only read; `steps` what the reader may do now."""

    question: Question
    said: list[Said]
    side: str | None
    steps: list[str]


def conversation(*, actor: Actor, thread_id: int, at: datetime) -> Conversation:
    """A thread for somebody of either side. Raises `NotFound` for everyone else."""
    row = Thread.objects.filter(pk=thread_id).first() if 0 < thread_id < 2**63 else None
    if row is None or not permissions.sees_threads(actor, office=row.office, tax_code=row.tax_code):
        raise NotFound("question")
    side = permissions.side_of(actor, office=row.office, tax_code=row.tax_code)
    said = list(row.messages.order_by("id")[:MOST])
    return Conversation(
        question=_row(row, at),
        said=_told(said, actor, permissions.is_colleague(actor, row.office)),
        side=side,
        steps=[step.value for step, rule in STEPS.items() if side in rule.sides and State(row.state) in rule.moves],
    )


def _told(said: Sequence[Message], actor: Actor, is_colleague: bool) -> list[Said]:
    names = names_of({one.by for one in said if is_colleague or one.side == Side.TRADER})
    return [
        Said(
            step=one.step,
            side=one.side,
            text=one.text,
            by=names.get(one.by, ""),
            at=one.at,
            is_mine=one.by == actor.reference,
        )
        for one in said
    ]


def questions_in_scope(
    *, actor: Actor, at: datetime, state: str = "", mine: bool = False, offset: int = 0, limit: int = PAGE
) -> tuple[list[Question], bool]:
    """A page of the questions this person may read, and whether more follow.

    What waits for the office stands first, by its clock; then what moved last. `mine`: only those the person spoke in.
    """
    rows = _scope(actor)
    rows = rows.filter(state=state) if state in set(State) else rows
    if mine:
        rows = rows.filter(pk__in=Message.objects.filter(by=actor.reference).values("thread_id"))
    ordered = rows.order_by(F("due_at").asc(nulls_last=True), "-moved_at", "id")
    found = [_row(row, at) for row in ordered[offset : offset + limit + 1]]
    return found[:limit], len(found) > limit


def questions_of(*, actor: Actor, number: str, at: datetime) -> tuple[Stand, list[Question]]:
    """Questions on a declaration, what waits first. Raises `NotFound` outside the actor's scope."""
    stand = stand_of(actor=actor, number=number)
    if not permissions.sees_threads(actor, office=stand.office, tax_code=stand.tax_code):
        raise NotFound("questions")
    rows = Thread.objects.filter(declaration_id=stand.key)
    return stand, [_row(row, at) for row in rows.order_by(F("due_at").asc(nulls_last=True), "-moved_at")[:SHOWN]]


def count_by_state(actor: Actor) -> dict[str, int]:
    """How many questions stand in each state, within what the actor may read."""
    return dict(_scope(actor).order_by().values_list("state").annotate(Count("id")))


def count_to_answer(actor: Actor) -> int:
    """Questions that wait for an answer of the actor's offices."""
    return Thread.objects.filter(office__in=permissions.answered_offices(actor), state=State.OPEN).count()


def count_late(actor: Actor, at: datetime) -> int:
    """Those of them whose time is over."""
    waiting = Thread.objects.filter(office__in=permissions.answered_offices(actor), state=State.OPEN)
    return waiting.filter(due_at__lt=at).count()


def count_own_waiting(actor: Actor) -> int:
    """Open questions in which this officer spoke before."""
    spoke = Message.objects.filter(by=actor.reference).values("thread_id")
    return Thread.objects.filter(office__in=permissions.answered_offices(actor), state=State.OPEN, pk__in=spoke).count()


def count_answered(actor: Actor) -> int:
    """Answers that wait to be read by the trader's side."""
    return Thread.objects.filter(tax_code__in=readable_enterprises(actor), state=State.ANSWERED).count()


def has_any(actor: Actor) -> bool:
    """Whether anything was asked within what the actor may read."""
    return _scope(actor).exists()


def _scope(actor: Actor) -> QuerySet[Thread]:
    mine = Q(tax_code__in=readable_enterprises(actor)) | Q(office__in=permissions.colleague_offices(actor))
    return Thread.objects.filter(mine)


def _row(row: Thread, at: datetime) -> Question:
    return Question(
        id=row.pk,
        number=row.number,
        office=row.office,
        trader_name=row.trader_name,
        topic=row.topic,
        state=row.state,
        asked_at=row.asked_at,
        moved_at=row.moved_at,
        due_at=row.due_at,
        left=time_left(row.office, row.due_at, at),
    )
