"""Whose a declaration is, and who did its last steps: for handlers that tell people, many at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from thongquan.clearance.declarations.models import Declaration, Event
from thongquan.clearance.declarations.numbers import key_of_number, subject_of


class Parties(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration's sides: `lodged_by` and `assigned_to` are references of people, the latter '' for nobody."""

    key: int
    subject: str
    number: str
    office: str
    tax_code: str
    state: str
    registered_at: datetime
    lodged_by: str
    assigned_to: str


class Did(msgspec.Struct, frozen=True, kw_only=True):
    """Who took a step, and the plain data of its event."""

    actor: str
    data: dict[str, Any]


def parties_of(subjects: Iterable[str]) -> dict[str, Parties]:
    """The sides of declarations by subject, in one read; what is none is left out."""
    keys = {key_of_number(subject.partition(":")[2]) for subject in subjects if subject.startswith("declaration:")}
    rows = Declaration.objects.filter(id__in=keys)
    return {subject_of(row.id): _parties(row) for row in rows}


def steps_done(subjects: Iterable[str]) -> dict[tuple[str, str, datetime], Did]:
    """Who took which step when, by subject, kind of the message and moment, in one read."""
    keys = {key_of_number(subject.partition(":")[2]) for subject in subjects if subject.startswith("declaration:")}
    rows = Event.objects.filter(declaration_id__in=keys)
    return {
        (subject_of(row.declaration_id), f"declaration.{row.kind}", row.at): Did(actor=row.actor, data=row.data)
        for row in rows
    }


def _parties(row: Declaration) -> Parties:
    return Parties(
        key=row.id,
        subject=subject_of(row.id),
        number=row.number,
        office=row.office,
        tax_code=row.tax_code,
        state=row.state,
        registered_at=row.registered_at,
        lodged_by=row.lodged_by,
        assigned_to=row.assigned_to,
    )
