"""Exercises: a handful of cases for one officer, opened and decided one after the other."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from thongquan.academy.models import Case, Exercise, Specimen
from thongquan.academy.permissions import check_may_train
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.ledger.operations import record
from thongquan.clearance.declarations.queries import document_in_force
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

CASES = 10
WRONG_SHARE = 0.4
"""At most so many of the cases hide something, while clean ones are left: more than in trade, to learn from."""
PASS, DOCUMENTS, OPEN = "pass", "documents", "open"
DECISIONS = (PASS, DOCUMENTS, OPEN)


def start_exercise(*, actor: Actor, office: str, at: datetime) -> int:
    """Draw the cases of a new exercise at an own office; gives its id, that of the open one if there is one.

    Cases the officer had before are not drawn again. Raises `NotFound` outside a practice realm, `NotAllowed`,
    `Refused` with TQ-ACA-001 when too few cases are left.
    """
    if office not in check_may_train(actor):
        raise NotFound("academy")
    open_one = Exercise.objects.filter(officer=actor.reference, ended_at__isnull=True).first()
    if open_one is not None:
        return open_one.id
    drawn = _drawn(actor, office, at)
    if len(drawn) < CASES:
        raise Refused([Fault(code=Code.TQ_ACA_001, value=office, values={"n": str(len(drawn)), "needed": str(CASES)})])
    try:
        with transaction.atomic():
            return _started(actor, office, drawn, at)
    except IntegrityError:  # the same officer, twice at once
        return Exercise.objects.get(officer=actor.reference, ended_at__isnull=True).id


def _started(actor: Actor, office: str, drawn: list[int], at: datetime) -> int:
    exercise = Exercise.objects.create(officer=actor.reference, office=office, started_at=at)
    Case.objects.bulk_create(
        Case(exercise=exercise, place=place, specimen_id=key) for place, key in enumerate(drawn, 1)
    )
    details = {"office": office, "cases": len(drawn)}
    record(action="academy.started", subject=f"exercise:{exercise.id}", actor=actor.reference, at=at, details=details)
    return exercise.id


def _drawn(actor: Actor, office: str, at: datetime) -> list[int]:
    """Keys of specimens in an order that tells nothing: some that hide something, the rest clean."""
    chance = random.Random(f"{actor.reference} {at.isoformat()}")  # noqa: S311  (an exercise, not a secret)
    had = Case.objects.filter(exercise__officer=actor.reference).values("specimen")
    left = Specimen.objects.filter(office=office).exclude(pk__in=had)
    wrong = list(left.filter(is_clean=False).values_list("pk", flat=True))
    clean = list(left.filter(is_clean=True).values_list("pk", flat=True))
    wanted = max(chance.randint(1, int(CASES * WRONG_SHARE)), CASES - len(clean))
    hiding = chance.sample(wrong, min(len(wrong), wanted))
    plain = chance.sample(clean, min(len(clean), CASES - len(hiding)))
    drawn = [*hiding, *plain]
    chance.shuffle(drawn)
    return drawn


def open_case(*, actor: Actor, exercise: int, at: datetime) -> str:
    """Begin the next case of an own exercise, from when its time runs; gives the number of its declaration.

    Raises `NotFound` for another's exercise or when nothing is left.
    """
    check_may_train(actor)
    with transaction.atomic():
        waiting = _mine(actor).select_for_update().filter(exercise_id=exercise, decided_at__isnull=True)
        case = waiting.order_by("place").first()
        if case is None:
            raise NotFound("case")
        if case.opened_at is None:
            case.opened_at = at
            case.save(update_fields=["opened_at"])
        return case.specimen.number


def decide_case(*, actor: Actor, number: str, decision: str, lines: Iterable[int], at: datetime) -> int:
    """Decide the open case about a declaration: let it pass, check documents or open the goods, with the lines doubted.

    No line named with a check means all of them. Gives the exercise. Raises `NotFound` when it is no open case of the
    actor's; `Refused` with TQ-ACA-002 when it was decided, TQ-ACA-003 for a decision or line that is not there.
    """
    check_may_train(actor)
    with transaction.atomic():
        case = _mine(actor).select_for_update().filter(specimen__number=number, opened_at__isnull=False).first()
        if case is None:
            raise NotFound("case")
        if case.decided_at is not None:
            raise Refused([Fault(code=Code.TQ_ACA_002, value=number)])
        case.lines = _doubted(number, decision, lines)
        case.decision, case.decided_at = decision, at
        case.save(update_fields=["decision", "lines", "decided_at"])
        _end_if_over(case, actor, at)
        return case.exercise_id


def _mine(actor: Actor) -> QuerySet[Case]:
    return Case.objects.filter(exercise__officer=actor.reference)


def _doubted(number: str, decision: str, lines: Iterable[int]) -> list[int]:
    if decision not in DECISIONS:
        raise Refused([Fault(code=Code.TQ_ACA_003, path="decision", value=decision[:40])])
    known, named = [line.number for line in document_in_force(number).lines], sorted(set(lines))
    if wrong := [one for one in named if one not in known]:
        raise Refused([Fault(code=Code.TQ_ACA_003, path="lines", value=str(wrong[0]))])
    return [] if decision == PASS else named or known


def _end_if_over(case: Case, actor: Actor, at: datetime) -> None:
    if Case.objects.filter(exercise_id=case.exercise_id, decided_at__isnull=True).exists():
        return
    Exercise.objects.filter(pk=case.exercise_id).update(ended_at=at)
    subject = f"exercise:{case.exercise_id}"
    record(action="academy.ended", subject=subject, actor=actor.reference, at=at, details={})
