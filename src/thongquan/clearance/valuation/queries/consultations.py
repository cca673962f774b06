"""Consultations as those in them may read them: officers all of it, traders what was asked of them and decided."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Model, Q, QuerySet

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.states import State as DeclarationState
from thongquan.clearance.valuation.models import Consultation, Determination
from thongquan.clearance.valuation.permissions import may, offices_for, own_enterprises
from thongquan.clearance.valuation.states import OPEN, State
from thongquan.rules.valuing import Valued

_BEFORE_CLEARANCE = frozenset(
    {
        DeclarationState.CHANNELED,
        DeclarationState.INSTRUCTED,
        DeclarationState.SETTLED,
        DeclarationState.RELEASED,
        DeclarationState.PRESERVED,
    }
)
_TOLD_TO_TRADERS = ("open", "ask", "answer", "decide")


class ConsultationRow(msgspec.Struct, frozen=True, kw_only=True):
    """A consultation of a list."""

    id: int
    number: str
    office: str
    tax_code: str
    trader_name: str
    registered_at: datetime
    state: str
    lines: list[int]
    opened_at: datetime
    opened_by: str
    due_on: date
    outcome: str
    decided_at: datetime | None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question and its answer."""

    id: int
    text: str
    asked_at: datetime
    due_on: date
    answer: str
    answered_at: datetime | None


class Determined(msgspec.Struct, frozen=True, kw_only=True):
    """The value found of a line beside the declared one, in dong, with its derivation."""

    id: int
    line: int
    method: str
    declared_vnd: Decimal
    unit_vnd: Decimal
    value_vnd: Decimal
    tree: Valued
    at: datetime
    by: str
    withdrawn_at: datetime | None


class Differed(msgspec.Struct, frozen=True, kw_only=True):
    """One tax of one line, declared and found, in dong."""

    line: int
    tax: str
    declared_vnd: Decimal
    found_vnd: Decimal
    short_vnd: Decimal


class ConsultationStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the story."""

    step: str
    at: datetime
    actor: str
    words: str


class ConsultationFile(msgspec.Struct, frozen=True, kw_only=True):
    """A consultation as one person may read it; `works` tells an officer from the trader.

    A trader reads the ground, the questions, and once it is decided the outcome with every value found and its
    derivation without the sources, which may be declarations of others.
    """

    row: ConsultationRow
    subject: str
    works: bool
    ground: str
    by_band: bool
    outcome: str
    reasoning: str
    proposed_by: str
    decided_by: str
    questions: tuple[Asked, ...]
    determinations: tuple[Determined, ...]
    differences: tuple[Differed, ...]
    short_vnd: Decimal
    events: tuple[ConsultationStep, ...]

    @property
    def standing(self) -> tuple[Determined, ...]:
        """The values found that were not withdrawn."""
        return tuple(one for one in self.determinations if one.withdrawn_at is None)


def is_open_to_consultation(stand: Stand) -> bool:
    """Whether the value of this declaration may still be consulted on: an import that is not cleared."""
    return stand.flow == "import" and DeclarationState(stand.state) in _BEFORE_CLEARANCE


def consultations_in_scope(actor: Actor) -> QuerySet[Consultation]:
    """Consultations of the actor's offices, and those of the enterprises the actor acts for."""
    offices = offices_for(actor, "valuation.see")
    return Consultation.objects.filter(Q(office__in=offices) | Q(tax_code__in=own_enterprises(actor)))


def worklist(*, actor: Actor, state: str = "", offset: int = 0, limit: int = 50) -> tuple[list[ConsultationRow], bool]:
    """A page of consultations, undecided ones first by their last day, then the newest; and whether more follow."""
    rows = consultations_in_scope(actor).filter(**({"state": state} if state else {}))
    works = bool(offices_for(actor, "valuation.see"))
    found = [
        _row(row, shows=works or State(row.state) not in OPEN)
        for row in rows.order_by("-decided_at", "due_on", "-pk")[offset : offset + limit + 1]
    ]
    return found[:limit], len(found) > limit


def count_waiting(actor: Actor) -> int:
    """Consultations under way at the actor's offices, or with a question to the actor's enterprises."""
    rows = consultations_in_scope(actor)
    if offices_for(actor, "valuation.see"):
        return rows.filter(state__in=OPEN).count()
    return rows.filter(state=State.OPENED, questions__answered_at=None, questions__isnull=False).distinct().count()


def consultation_of(actor: Actor, subject: str) -> ConsultationRow | None:
    """The consultation on a declaration, when the actor may read it."""
    row = consultations_in_scope(actor).filter(subject=subject).first()
    return _row(row, shows=may(actor, "valuation.see", office=row.office)) if row else None


def consultation_file(*, actor: Actor, consultation: int) -> ConsultationFile:
    """A consultation. Raises `NotFound` also for those who may not see it."""
    row = consultations_in_scope(actor).filter(pk=consultation).first()
    if row is None:
        raise NotFound(str(consultation))
    works = may(actor, "valuation.see", office=row.office)
    shows = works or State(row.state) not in OPEN
    latest = row.reassessments.order_by("-pk").first() if shows and row.outcome == "rejected" else None
    events = row.events.order_by("pk") if works else row.events.filter(step__in=_TOLD_TO_TRADERS).order_by("pk")
    found = row.determinations.order_by("line", "pk") if works else row.determinations.filter(withdrawn_at=None)
    return ConsultationFile(
        row=_row(row, shows=shows),
        subject=row.subject,
        works=works,
        ground=row.ground,
        by_band=row.by_band and works,
        outcome=row.outcome if shows else "",
        reasoning=row.reasoning if shows else "",
        proposed_by=row.proposed_by if works else "",
        decided_by=row.decided_by if shows else "",
        questions=tuple(_read(Asked, one) for one in row.questions.order_by("pk")),
        determinations=tuple(_determined(one, works=works) for one in found) if shows else (),
        differences=tuple(msgspec.convert(latest.rows, list[Differed], strict=False)) if latest else (),
        short_vnd=latest.short_vnd if latest else Decimal(0),
        events=tuple(_told(one, works=works) for one in events),
    )


def may_see_consultation(actor: Actor, subject: str) -> bool:
    """Whether this person may see the consultation that a typed reference (`consultation:12`) names."""
    key = subject.partition(":")[2]
    return key.isdecimal() and len(key) < 19 and consultations_in_scope(actor).filter(pk=int(key)).exists()


def files_owner(actor: Actor, subject: str) -> str:
    """Whose a paper is that this person files with a consultation: the enterprise's or the office's; '' for nobody."""
    if not may_see_consultation(actor, subject):
        return ""
    row = Consultation.objects.get(pk=int(subject.partition(":")[2]))
    if State(row.state) not in OPEN:
        return ""
    if may(actor, "valuation.answer", office=row.office, tax_code=row.tax_code):
        return f"enterprise:{row.tax_code}"
    return f"office:{row.office}" if may(actor, "valuation.consult", office=row.office) else ""


def _row(row: Consultation, *, shows: bool = True) -> ConsultationRow:
    names = [field.name for field in msgspec.structs.fields(ConsultationRow)]
    found = {name: getattr(row, name) for name in names}
    if not shows:
        found["outcome"] = ""
    return ConsultationRow(**found)


def _determined(one: Determination, *, works: bool) -> Determined:
    tree = msgspec.convert(one.tree, Valued, strict=False)
    if not works:
        bare = tuple(msgspec.structs.replace(candidate, source="", on=None) for candidate in tree.candidates)
        tree = msgspec.structs.replace(tree, candidates=(bare[tree.chosen],), chosen=0)
    fields = {name: getattr(one, name) for name in ("line", "method", "declared_vnd", "unit_vnd", "value_vnd", "at")}
    return Determined(id=one.pk, tree=tree, by=one.by if works else "", withdrawn_at=one.withdrawn_at, **fields)


def _told(one: Any, *, works: bool) -> ConsultationStep:
    return ConsultationStep(
        step=one.step, at=one.at, actor=one.actor if works else "", words=one.words if works else ""
    )


def _read(kind: type[Any], row: Model) -> Any:
    return kind(**{field.name: getattr(row, field.name) for field in msgspec.structs.fields(kind)})
