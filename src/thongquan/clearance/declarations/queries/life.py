"""Where a declaration stands and what happened to it, for operations and for other rooms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.declarations.models import Declaration, Event, Version
from thongquan.clearance.declarations.numbers import key_of_number, subject_of
from thongquan.clearance.declarations.permissions import check_may_see
from thongquan.rules.decision import Decision
from thongquan.rules.document import Document
from thongquan.rules.encoding import decoded_decision, decoded_document, decoded_facts
from thongquan.rules.facts import Facts


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration as it stands now. `key` is its eleven digits, `subject` its typed reference; dong.

    `waiting_for` and `due_clock` are kept for queues and follow within a second of lodging.
    """

    key: int
    number: str
    subject: str
    flow: str
    regime: str
    office: str
    tax_code: str
    trader_name: str
    state: str
    channel: int
    version: int
    registered_at: datetime
    due_vnd: Decimal
    waiting_for: str = ""
    due_clock: str = ""


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the story: a step of `states.Step`, or `lodged`. `state` is the state after it."""

    kind: str
    state: str
    at: datetime
    actor: str
    reason: str = ""
    data: dict[str, Any] = {}


def stand_from(row: Declaration) -> Stand:
    """Give the values of a row."""
    return Stand(
        key=row.id,
        number=row.number,
        subject=subject_of(row.id),
        flow=row.flow,
        regime=row.regime,
        office=row.office,
        tax_code=row.tax_code,
        trader_name=row.trader_name,
        state=row.state,
        channel=row.channel,
        version=row.version,
        registered_at=row.registered_at,
        due_vnd=row.due_vnd,
        waiting_for=row.waiting_for,
        due_clock=row.due_clock,
    )


def stand_of(*, actor: Actor, number: str) -> Stand:
    """Where a declaration stands, by any of its numbers. Raises `NotFound` also outside the actor's scope."""
    row = Declaration.objects.filter(id=key_of_number(number)).first()
    if row is None:
        raise NotFound(number)
    check_may_see(actor, office=row.office, tax_code=row.tax_code)
    return stand_from(row)


def stand_by_subject(subject: str) -> Stand | None:
    """The same for handlers of messages, which act for nobody; None when the reference names no declaration."""
    return stands_by_subject([subject]).get(subject)


def stands_by_subject(subjects: Iterable[str]) -> dict[str, Stand]:
    """The same for several at once; a reference that names no declaration is left out."""
    keys = {subject: key_of_number(subject.partition(":")[2]) for subject in subjects}
    rows = Declaration.objects.in_bulk(set(keys.values()))
    return {subject: stand_from(rows[key]) for subject, key in keys.items() if key in rows}


def events_of(number: str) -> list[Happened]:
    """The story in order, opening with the lodging. The caller has checked that the reader may see it."""
    row = Declaration.objects.filter(id=key_of_number(number)).first()
    if row is None:
        raise NotFound(number)
    opening = Happened(kind="lodged", state="channeled", at=row.registered_at, actor=row.lodged_by)
    return [opening, *map(_happened, row.events.order_by("id"))]


def events_of_many(keys: list[int]) -> dict[int, list[Happened]]:
    """The steps of several declarations in one read, by key; without the lodging."""
    found: dict[int, list[Happened]] = {key: [] for key in keys}
    for event in Event.objects.filter(declaration_id__in=keys).order_by("id"):
        found[event.declaration_id].append(_happened(event))
    return found


def _happened(event: Event) -> Happened:
    return Happened(
        kind=event.kind, state=event.state, at=event.at, actor=event.actor, reason=event.reason, data=event.data
    )


def document_in_force(number: str) -> Document:
    """The document of the latest version. The caller has checked that the reader may see it. Raises `NotFound`."""
    return decoded_document(bytes(_version(number).document))


def decision_in_force(number: str) -> Decision:
    """The decision of the latest version, whole: redact it before it leaves. Raises `NotFound`."""
    return decoded_decision(bytes(_version(number).decision))


def facts_in_force(number: str) -> Facts:
    """The facts that the latest version was decided from: for customs only. Raises `NotFound`."""
    return decoded_facts(bytes(_version(number).facts))


def _version(number: str) -> Version:
    found = Version.objects.filter(declaration_id=key_of_number(number)).order_by("-version").first()
    if found is None:
        raise NotFound(number)
    return found
