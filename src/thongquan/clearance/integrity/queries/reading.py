"""Signals and cases for internal control; for an officer, the questions asked of them and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.integrity.models import Case, Signal
from thongquan.clearance.integrity.permissions import check_controls, controlled_offices, may_answer
from thongquan.clearance.integrity.states import State
from thongquan.rules.origin.shares import Share, share


class SignalRow(msgspec.Struct, frozen=True, kw_only=True):
    """A signal with its own share and that of the others, each with its interval; `case` is an open one, if any."""

    id: int
    kind: str
    office: str
    officer: str
    lodger: str
    on: date
    since: date
    figures: dict[str, Any]
    own: Share
    others: Share
    chance: Decimal
    corrected: Decimal
    looked_at: int
    examples: list[int]
    case: int | None


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A case of a list."""

    id: int
    kind: str
    office: str
    officer: str
    lodger: str
    state: str
    asked_at: datetime
    due_on: date
    end: str
    ended_at: datetime | None


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """A step of a case."""

    step: str
    at: datetime
    actor: str
    words: str


class CaseFile(msgspec.Struct, frozen=True, kw_only=True):
    """A case. The officer reads the question, the own figures and the answer, and the end once it is signed."""

    row: CaseRow
    figures: dict[str, Any]
    question: str
    answer: str
    answered_at: datetime | None
    ground: str
    proposed_by: str
    events: tuple[Happened, ...]


def signals(actor: Actor) -> list[SignalRow]:
    """The newest signals of the actor's offices, the least likely first, none about the actor. Raises `NotAllowed`."""
    offices = check_controls(actor)
    newest = Signal.objects.filter(office__in=offices).order_by("-on").values_list("on", flat=True).first()
    if newest is None:
        return []
    rows = Signal.objects.filter(office__in=offices, on=newest).exclude(officer=actor.reference)
    open_cases = _open_cases(offices)
    return [_signal(row, open_cases) for row in rows.order_by("corrected", "chance", "pk")[:200]]


def signal_file(*, actor: Actor, signal: int) -> SignalRow:
    """A signal. Raises `NotAllowed`, `NotFound` (also one about the actor)."""
    offices = check_controls(actor)
    row = Signal.objects.filter(pk=signal, office__in=offices).exclude(officer=actor.reference).first()
    if row is None:
        raise NotFound(str(signal))
    return _signal(row, _open_cases(offices))


def cases(actor: Actor) -> list[CaseRow]:
    """Cases of the actor's offices, open ones first, none about the actor. Raises `NotAllowed`."""
    offices = check_controls(actor)
    rows = Case.objects.filter(office__in=offices).exclude(officer=actor.reference)
    return [_case(row) for row in rows.order_by("-ended_at", "due_on", "-pk")[:200]]


def case_file(*, actor: Actor, case: int) -> CaseFile:
    """A case with its story. Raises `NotAllowed`, `NotFound` (also one about the actor)."""
    offices = check_controls(actor)
    row = Case.objects.filter(pk=case, office__in=offices).exclude(officer=actor.reference).first()
    if row is None:
        raise NotFound(str(case))
    events = tuple(Happened(step=e.step, at=e.at, actor=e.actor, words=e.words) for e in row.events.order_by("pk"))
    return _file(row, events=events, shows=True)


def count_open(actor: Actor) -> int:
    """Open cases of the actor's offices, none about the actor."""
    rows = Case.objects.filter(office__in=controlled_offices(actor)).exclude(state=State.ENDED)
    return rows.exclude(officer=actor.reference).count()


def own_questions(actor: Actor) -> list[CaseRow]:
    """The questions asked of the actor, newest first."""
    rows = Case.objects.filter(officer=actor.reference).order_by("-pk") if may_answer(actor, actor.reference) else ()
    return [_own(row) for row in rows]


def own_question(*, actor: Actor, case: int) -> CaseFile:
    """A question asked of the actor. Raises `NotFound` for everybody else."""
    row = Case.objects.filter(pk=case).first()
    if row is None or not may_answer(actor, row.officer):
        raise NotFound(str(case))
    return _file(row, events=(), shows=row.state == State.ENDED)


def may_see_case(actor: Actor, subject: str) -> bool:
    """Whether this person may have the proof of entries on `integrity_case:12`: internal control of its office."""
    key = subject.partition(":")[2]
    if not (key.isdecimal() and len(key) < 19):
        return False
    rows = Case.objects.filter(pk=int(key), office__in=controlled_offices(actor))
    return rows.exclude(officer=actor.reference).exists()


def _open_cases(offices: frozenset[str]) -> dict[tuple[str, str, str, str], int]:
    rows = Case.objects.filter(office__in=offices).exclude(state=State.ENDED)
    return {(row.kind, row.office, row.officer, row.lodger): row.pk for row in rows}


def _signal(row: Signal, open_cases: dict[tuple[str, str, str, str], int]) -> SignalRow:
    rest_part, rest_of = row.part_all - row.part, row.of_all - row.of
    names = ("kind", "office", "officer", "lodger", "on", "since", "chance", "corrected", "looked_at", "examples")
    return SignalRow(
        id=row.pk,
        figures={name: getattr(row, name) for name in ("part", "of", "part_all", "of_all")},
        own=share(row.part, row.of),
        others=share(rest_part, rest_of),
        case=open_cases.get((row.kind, row.office, row.officer, row.lodger)),
        **{name: getattr(row, name) for name in names},
    )


def _case(row: Case) -> CaseRow:
    return CaseRow(**{field.name: getattr(row, field.name) for field in msgspec.structs.fields(CaseRow)})


def _own(row: Case) -> CaseRow:
    """A row as the officer reads it: a proposed end is not an end."""
    told = _case(row)
    return told if row.state == State.ENDED else msgspec.structs.replace(told, end="", state=_simple(row))


def _simple(row: Case) -> str:
    return State.ANSWERED if row.answered_at else State.ASKED


def _file(row: Case, *, events: tuple[Happened, ...], shows: bool) -> CaseFile:
    return CaseFile(
        row=_case(row) if events else _own(row),
        figures=row.figures,
        question=row.question,
        answer=row.answer,
        answered_at=row.answered_at,
        ground=row.ground if shows else "",
        proposed_by=row.proposed_by if events else "",
        events=events,
    )
