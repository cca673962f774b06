"""Audits as those in them may read them: officers all of it, traders what was asked of them and what was concluded."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Model, Q, QuerySet

from thongquan.base.accounts.permissions import readable_enterprises
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.postaudit.models import Audit, Finding
from thongquan.clearance.postaudit.permissions import may, offices_for
from thongquan.clearance.postaudit.states import OPEN, State


class AuditRow(msgspec.Struct, frozen=True, kw_only=True):
    """An audit of a list. `due_on` is its deadline with the extension, if there was one."""

    id: int
    number: str
    subject: str
    office: str
    tax_code: str
    trader_name: str
    registered_at: datetime
    place: str
    state: str
    opened_at: datetime
    opened_by: str
    due_on: date
    signed_at: datetime | None
    signed_by: str
    object_by: date | None
    reply_by: date | None


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the case."""

    step: str
    at: datetime
    actor: str
    words: str
    data: dict[str, Any]


class Requested(msgspec.Struct, frozen=True, kw_only=True):
    """A request to the declarant and its answer."""

    id: int
    text: str
    asked_at: datetime
    asked_by: str
    due_on: date
    answer: str
    answered_at: datetime | None
    answered_by: str


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A value found to differ; `act` is the violation it is, '' for none."""

    id: int
    line: int
    field: str
    declared: str
    found: str
    ground: str
    act: str
    at: datetime
    by: str
    withdrawn_at: datetime | None
    case: int | None
    violation: int | None


class Differed(msgspec.Struct, frozen=True, kw_only=True):
    """One tax of one line, declared and found, in dong."""

    line: int
    tax: str
    declared_vnd: Decimal
    found_vnd: Decimal
    short_vnd: Decimal


class Objected(msgspec.Struct, frozen=True, kw_only=True):
    """An objection or appeal and its answer. `outcome`: upheld, partly, rejected, or '' while it waits."""

    id: int
    kind: str
    text: str
    filed_at: datetime
    filed_by: str
    reply_by: date
    outcome: str
    answer: str
    answered_at: datetime | None
    answered_by: str


class AuditFile(msgspec.Struct, frozen=True, kw_only=True):
    """An audit as one person may read it; `works` tells an officer from the trader.

    A trader never reads plan, notes or why it was chosen, and findings only once the conclusion is signed.
    `recalculated` tells whether the duties stand for the findings as they are now.
    """

    row: AuditRow
    works: bool
    plan: str
    conclusion: str
    proposed_by: str
    extended_until: date | None
    requests: tuple[Requested, ...]
    findings: tuple[Found, ...]
    differences: tuple[Differed, ...]
    short_vnd: Decimal
    recalculated: bool
    objections: tuple[Objected, ...]
    events: tuple[Happened, ...]

    @property
    def standing(self) -> tuple[Found, ...]:
        """Findings that were not withdrawn."""
        return tuple(found for found in self.findings if found.withdrawn_at is None)


_TOLD_TO_TRADERS = ("open", "ask", "answer", "extend", "sign", "object", "decide_objection", "appeal", "decide_appeal")


def audits_in_scope(actor: Actor) -> QuerySet[Audit]:
    """Audits of the actor's offices, and those of the enterprises the actor acts for."""
    offices = offices_for(actor, "postaudit.see")
    return Audit.objects.filter(Q(office__in=offices) | Q(tax_code__in=readable_enterprises(actor)))


def worklist(*, actor: Actor, state: str = "", offset: int = 0, limit: int = 50) -> tuple[list[AuditRow], bool]:
    """A page of audits, newest first, and whether more follow."""
    rows = audits_in_scope(actor).order_by("-opened_at", "-id")
    if state:
        rows = rows.filter(state=state)
    found = [_row(row) for row in rows[offset : offset + limit + 1]]
    return found[:limit], len(found) > limit


def count_open(actor: Actor) -> int:
    """Audits that wait for someone of the actor's offices, or for an answer of the actor's enterprises."""
    waiting = (State.OPENED, State.PROPOSED, State.OBJECTED, State.APPEALED)
    if offices_for(actor, "postaudit.see"):
        return audits_in_scope(actor).filter(state__in=waiting).count()
    return audits_in_scope(actor).filter(requests__answered_at=None, requests__isnull=False, state=State.OPENED).count()


def audits_of_declaration(actor: Actor, subject: str) -> list[AuditRow]:
    """The audits of a declaration that the actor may read, oldest first."""
    return [_row(row) for row in audits_in_scope(actor).filter(subject=subject).order_by("id")]


def audit_file(*, actor: Actor, audit: int) -> AuditFile:
    """An audit. Raises `NotFound` also for those who may not see it."""
    row = audits_in_scope(actor).filter(id=audit).first()
    if row is None:
        raise NotFound(str(audit))
    works = may(actor, "postaudit.see", office=row.office)
    shows = works or State(row.state) not in OPEN
    latest = row.recalculations.order_by("-id").first() if shows else None
    events = row.events.order_by("id") if works else row.events.filter(step__in=_TOLD_TO_TRADERS).order_by("id")
    findings = list(row.findings.order_by("id")) if shows else []
    return AuditFile(
        row=_row(row),
        works=works,
        plan=row.plan if works else "",
        conclusion=row.conclusion if shows else "",
        proposed_by=row.proposed_by if works else "",
        extended_until=row.extended_until,
        requests=tuple(_read(Requested, one) for one in row.requests.order_by("id")),
        findings=tuple(_read(Found, one) for one in findings),
        differences=tuple(msgspec.convert(latest.rows, list[Differed], strict=False)) if latest else (),
        short_vnd=latest.short_vnd if latest else Decimal(0),
        recalculated=latest is not None and latest.findings == standing_findings(findings),
        objections=tuple(_read(Objected, one) for one in row.objections.order_by("id")),
        events=tuple(_read(Happened, one) for one in events),
    )


def standing_findings(findings: list[Finding]) -> list[int]:
    """Identities of findings that were not withdrawn: what a recalculation rests on."""
    return [finding.id for finding in findings if finding.withdrawn_at is None]


def may_see_subject(actor: Actor, subject: str) -> bool:
    """Whether this person may see the audit that a typed reference (`audit:12`) names."""
    number = subject.partition(":")[2]
    return number.isdecimal() and audits_in_scope(actor).filter(id=int(number)).exists()


def _row(row: Audit) -> AuditRow:
    names = [field.name for field in msgspec.structs.fields(AuditRow)]
    return AuditRow(**{name: getattr(row, name) for name in names} | {"due_on": row.extended_until or row.due_on})


def _read(kind: type[Any], row: Model) -> Any:
    return kind(**{field.name: getattr(row, field.name) for field in msgspec.structs.fields(kind)})
