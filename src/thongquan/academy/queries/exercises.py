"""Exercises and cases of an officer as typed values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import msgspec

from thongquan.academy.models import Case, Exercise, Specimen, Truth
from thongquan.academy.permissions import check_may_train, training_offices
from thongquan.academy.queries.scores import Answer, Crossing, Score, score_of
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.declarations.queries import document_in_force
from thongquan.rules.document import Document

SHOWN = 50


class Crossed(msgspec.Struct, frozen=True, kw_only=True):
    """What crossed under a line, and how it came to differ."""

    hs: str
    origin: str
    quantity: Decimal
    value_usd: Decimal
    net_weight_kg: Decimal
    regime: str
    hidden_kg: Decimal
    fraud: bool
    mechanism: str
    error: str
    evaded_vnd: Decimal


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a case: declared, and what crossed once that may be told. Dollars, kilograms."""

    number: int
    description: str
    hs: str
    origin: str
    quantity: Decimal
    unit: str
    value_usd: Decimal
    net_weight_kg: Decimal
    doubted: bool = False
    crossed: Crossed | None = None


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A case on the page of its declaration: place and number of cases, decision, lines, and when the time began."""

    exercise: int
    place: int
    cases: int
    number: str
    opened_at: datetime
    decided_at: datetime | None
    decision: str
    lines: tuple[Line, ...]
    moved_days: int


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A case in the list of an exercise; `answer` is None before it is decided."""

    place: int
    number: str
    decision: str
    answer: Answer | None


class ExerciseRow(msgspec.Struct, frozen=True, kw_only=True):
    """An exercise with the score so far."""

    id: int
    office: str
    started_at: datetime
    ended_at: datetime | None
    cases: int
    score: Score


class ExerciseFile(msgspec.Struct, frozen=True, kw_only=True):
    """An exercise whole."""

    row: ExerciseRow
    cases: tuple[Judged, ...]


def specimens_at(actor: Actor) -> int:
    """How many cases the actor's offices have; zero for who does not train."""
    return Specimen.objects.filter(office__in=training_offices(actor)).count()


def open_exercise_of(actor: Actor) -> ExerciseRow | None:
    """The exercise the actor is in."""
    found = Exercise.objects.filter(officer=actor.reference, ended_at__isnull=True).first()
    return _row(found, _answers([found])) if found else None


def exercises_of(actor: Actor) -> list[ExerciseRow]:
    """The actor's exercises, latest first. Raises `NotFound`, `NotAllowed`."""
    check_may_train(actor)
    several = list(Exercise.objects.filter(officer=actor.reference).order_by("-started_at")[:SHOWN])
    cases = _answers(several)
    return [_row(one, cases) for one in several]


def exercise_file(*, actor: Actor, exercise: int) -> ExerciseFile:
    """One of the actor's own exercises. Raises `NotFound`, also for another's; `NotAllowed`."""
    check_may_train(actor)
    found = Exercise.objects.filter(pk=exercise, officer=actor.reference).first()
    if found is None:
        raise NotFound("exercise")
    cases = _answers([found])
    return ExerciseFile(row=_row(found, cases), cases=tuple(cases[found.pk]))


def turn_on(actor: Actor, number: str) -> Turn | None:
    """The actor's case about a declaration, once it was opened; what crossed only once it was decided."""
    if not training_offices(actor):
        return None
    cases = Case.objects.filter(exercise__officer=actor.reference, specimen__number=number, opened_at__isnull=False)
    case = cases.select_related("specimen", "exercise").order_by("-opened_at").first()
    if case is None or case.opened_at is None:
        return None
    truths = case.specimen.truths.all() if case.decided_at else []
    return Turn(
        exercise=case.exercise_id,
        place=case.place,
        cases=case.exercise.cases.count(),
        number=number,
        opened_at=case.opened_at,
        decided_at=case.decided_at,
        decision=case.decision,
        lines=tuple(_lines(document_in_force(number), case, truths)),
        moved_days=case.specimen.moved_days,
    )


def _lines(document: Document, case: Case, truths: Iterable[Truth]) -> list[Line]:
    known = {one.line: one for one in truths}
    return [
        Line(
            number=line.number,
            description=line.description or "",
            hs=line.hs or "",
            origin=line.origin or "",
            quantity=line.quantity or Decimal(0),
            unit=line.unit or "",
            value_usd=line.value or Decimal(0),
            net_weight_kg=line.net_weight_kg or Decimal(0),
            doubted=line.number in case.lines,
            crossed=_crossed(known[line.number]) if line.number in known else None,
        )
        for line in document.lines
    ]


def _crossed(truth: Truth) -> Crossed:
    return Crossed(**{name: getattr(truth, name) for name in Crossed.__struct_fields__})


def _answers(exercises: Iterable[Exercise]) -> dict[int, list[Judged]]:
    """The cases of exercises in order, scored where they are decided."""
    found: dict[int, list[Judged]] = {one.pk: [] for one in exercises}
    cases = (
        Case.objects.filter(exercise__in=list(found)).select_related("specimen").prefetch_related("specimen__truths")
    )
    for case in cases.order_by("exercise_id", "place"):
        number = case.specimen.number if case.opened_at else ""
        judged = Judged(place=case.place, number=number, decision=case.decision, answer=_answer(case))
        found[case.exercise_id].append(judged)
    return found


def _answer(case: Case) -> Answer | None:
    if case.decided_at is None or case.opened_at is None:
        return None
    return Answer(
        decision=case.decision,
        doubted=frozenset(case.lines),
        crossed=tuple(
            Crossing(line=one.line, fraud=one.fraud, error=one.error, evaded_vnd=one.evaded_vnd)
            for one in case.specimen.truths.all()
        ),
        seconds=(case.decided_at - case.opened_at).total_seconds(),
    )


def _row(one: Exercise, cases: dict[int, list[Judged]]) -> ExerciseRow:
    mine = cases[one.pk]
    return ExerciseRow(
        id=one.pk,
        office=one.office,
        started_at=one.started_at,
        ended_at=one.ended_at,
        cases=len(mine),
        score=score_of([case.answer for case in mine if case.answer]),
    )
