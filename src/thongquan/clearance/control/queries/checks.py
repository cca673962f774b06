"""Document checks: the one that is open, what each point came to, the outcome for the version in force."""

from __future__ import annotations

from datetime import datetime

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.control.declared import Told, declared_values
from thongquan.clearance.control.models import CheckPoint, DocumentCheck
from thongquan.clearance.control.permissions import check_may_read
from thongquan.clearance.control.queries.due import due_of, law_day
from thongquan.clearance.declarations.queries import Stand, document_in_force, stand_of
from thongquan.clearance.tariff.queries.controls import ChecklistPoint, checklist_on
from thongquan.rules.controls import Checks

__all__ = ["CheckFile", "Point", "check_file", "documents_outcome", "due_of", "points_of"]
OUTCOMES = ("agrees", "differs", "missing")
STALE = "stale"
"""Outcome of a check that an amendment overtook."""


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A point of the checklist with the declared values beside it and what it came to so far."""

    law: ChecklistPoint
    values: list[Told]
    outcome: str = ""
    line: int | None = None
    declared: str = ""
    found: str = ""
    note: str = ""
    saved_at: datetime | None = None
    saved_by: str = ""


class CheckFile(msgspec.Struct, frozen=True, kw_only=True):
    """The document check of a declaration as its officers see it. `is_stale`: amended after it was begun."""

    stand: Stand
    due: Checks
    id: int | None = None
    version: int = 0
    opened_at: datetime | None = None
    opened_by: str = ""
    outcome: str = ""
    note: str = ""
    concluded_at: datetime | None = None
    concluded_by: str = ""
    points: list[Point] = []

    @property
    def is_open(self) -> bool:
        """Whether points can be saved."""
        return self.id is not None and self.concluded_at is None

    @property
    def is_stale(self) -> bool:
        """Whether the declaration was amended after the check was begun."""
        return self.id is not None and self.version != self.stand.version

    @property
    def left(self) -> int:
        """How many points have no outcome yet."""
        return sum(not point.outcome for point in self.points)


def check_file(*, actor: Actor, number: str) -> CheckFile:
    """The latest document check of a declaration. Raises `NotFound` out of scope, `NotAllowed` for traders."""
    stand = stand_of(actor=actor, number=number)
    check_may_read(actor, stand)
    latest = DocumentCheck.objects.filter(declaration_id=stand.key).order_by("-id").first()
    due = due_of(stand)
    if latest is None:
        return CheckFile(stand=stand, due=due, points=points_of(stand, ()))
    return CheckFile(
        stand=stand,
        due=due,
        id=latest.id,
        version=latest.version,
        opened_at=latest.opened_at,
        opened_by=latest.opened_by,
        outcome=latest.outcome,
        note=latest.note,
        concluded_at=latest.concluded_at,
        concluded_by=latest.concluded_by,
        points=points_of(stand, tuple(latest.points.all())),
    )


def points_of(stand: Stand, saved: tuple[CheckPoint, ...]) -> list[Point]:
    """Every point of the law's checklist with what was saved for it."""
    document = document_in_force(stand.number)
    known = {point.code: point for point in saved}
    law = checklist_on(law_day(stand), regime=stand.regime, flow=stand.flow)
    return [_point(one, known.get(one.code), declared_values(document, one.shows)) for one in law]


def _point(law: ChecklistPoint, saved: CheckPoint | None, values: list[Told]) -> Point:
    if saved is None:
        return Point(law=law, values=values)
    return Point(
        law=law,
        values=values,
        outcome=saved.outcome,
        line=saved.line,
        declared=saved.declared,
        found=saved.found,
        note=saved.note,
        saved_at=saved.saved_at,
        saved_by=saved.saved_by,
    )


def documents_outcome(key: int, version: int) -> str:
    """Outcome of the last document check of a version, `agrees` or `differs`; empty when none was concluded."""
    rows = DocumentCheck.objects.filter(declaration_id=key, version=version, concluded_at__isnull=False)
    found = rows.exclude(outcome=STALE).order_by("-id").values_list("outcome", flat=True).first()
    return found or ""


def checked_by(key: int) -> set[str]:
    """Who concluded document checks of a declaration: they are avoided when its inspectors are drawn."""
    rows = DocumentCheck.objects.filter(declaration_id=key, concluded_at__isnull=False).exclude(outcome=STALE)
    return set(rows.values_list("concluded_by", flat=True))
