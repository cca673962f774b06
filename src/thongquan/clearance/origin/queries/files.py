"""Certificates as their officers and traders read them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.db.models import Q, QuerySet

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.origin.models import Certificate, Check, Use
from thongquan.clearance.origin.permissions import may, offices_for, own_enterprises
from thongquan.clearance.origin.states import State
from thongquan.rules.codes import Code
from thongquan.rules.origin import certificate as papers
from thongquan.rules.origin.findings import Grade, OriginFinding
from thongquan.rules.origin.numbers import folded_number
from thongquan.rules.origin.outcome import LineOutcome

OFFICERS_ONLY = frozenset({Code.TQ_ORI_051.value, Code.TQ_ORI_052.value, Code.TQ_ORI_059.value})
"""Findings that name a certificate of somebody else."""


class CertificateRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the worklist; `grade` is the gravest of the last check, '' when never checked."""

    id: int
    agreement: str
    form: str
    number: str
    country: str
    issued_on: date | None
    exporter: str
    tax_code: str
    trader_name: str
    office: str
    state: str
    grade: str
    registered_at: datetime


class ItemBalance(msgspec.Struct, frozen=True, kw_only=True):
    """A line with what was certified, what is used and what is left, in its unit."""

    number: int
    hs: str
    description: str
    criterion: str
    unit: str
    quantity: Decimal
    used: Decimal
    left: Decimal


class Used(msgspec.Struct, frozen=True, kw_only=True):
    """One use of a line by a line of a declaration; `given_back_at` when it was amended or cancelled."""

    item: int
    subject: str
    line: int
    quantity: Decimal
    at: datetime
    given_back_at: datetime | None


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A check with its findings and, against a declaration, the outcome of each declared line."""

    at: datetime
    actor: str
    subject: str
    grade: Grade
    findings: tuple[OriginFinding, ...]
    outcomes: tuple[LineOutcome, ...]


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the story."""

    step: str
    at: datetime
    actor: str
    words: str


class CertificateFile(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate with everything in it, as one reader may see it; `works` tells an officer of its office."""

    row: CertificateRow
    paper: papers.Paper
    balance: tuple[ItemBalance, ...]
    uses: tuple[Used, ...]
    check: Checked | None
    events: tuple[Happened, ...]
    works: bool


def subject_of(row: Certificate) -> str:
    """The typed reference of a certificate."""
    return f"origin:{row.pk}"


def paper_of(row: Certificate) -> papers.Paper:
    """The paper as registered."""
    return msgspec.convert(row.content, papers.Paper)


def certificates_in_scope(actor: Actor) -> QuerySet[Certificate]:
    """Certificates of the actor's offices and enterprises."""
    own = Q(tax_code__in=own_enterprises(actor))
    return Certificate.objects.filter(own | Q(office__in=offices_for(actor, "origin.see")))


def certificate_file(*, actor: Actor, certificate: int) -> CertificateFile:
    """A certificate with its balance, uses, last check and story. Raises `NotFound` outside the actor's scope.

    Traders do not read findings that name a certificate of another, nor who checked.
    """
    row = certificates_in_scope(actor).filter(id=certificate).first()
    if row is None:
        raise NotFound(str(certificate))
    works = may(actor, "origin.see", office=row.office, tax_code=row.tax_code)
    last = row.checks.order_by("-id").first()
    return CertificateFile(
        row=_row(row),
        paper=paper_of(row),
        balance=_balance(row),
        uses=_uses(row),
        check=_checked(last, works=works) if last is not None else None,
        events=tuple(
            Happened(step=one.step, at=one.at, actor=one.actor if works else "", words=one.words if works else "")
            for one in row.events.order_by("-id")
            if works or one.step != "again"
        ),
        works=works,
    )


def worklist(
    *, actor: Actor, state: str = "", number: str = "", offset: int = 0, limit: int = 50
) -> tuple[list[CertificateRow], bool]:
    """Certificates in the actor's scope, newest first, and whether there are more."""
    rows = certificates_in_scope(actor).order_by("-id")
    if state:
        rows = rows.filter(state=state)
    if folded_number(number):
        rows = rows.filter(folded=folded_number(number))
    found = list(rows[offset : offset + limit + 1])
    return [_row(row) for row in found[:limit]], len(found) > limit


def count_waiting(actor: Actor) -> int:
    """Certificates of the actor's offices that are neither accepted nor doubted yet."""
    offices = offices_for(actor, "origin.work")
    return Certificate.objects.filter(office__in=offices, state=State.REGISTERED).count() if offices else 0


def may_see_subject(actor: Actor, subject: str) -> bool:
    """Whether the actor may read this certificate, and so have the proof of its events."""
    key = subject.partition(":")[2]
    known = key.isascii() and key.isdecimal() and len(key) < 19
    return known and certificates_in_scope(actor).filter(id=int(key)).exists()


def _row(row: Certificate) -> CertificateRow:
    return CertificateRow(**{name: getattr(row, name) for name in CertificateRow.__struct_fields__})


def _balance(row: Certificate) -> tuple[ItemBalance, ...]:
    return tuple(
        ItemBalance(
            number=one.number,
            hs=one.hs,
            description=one.description,
            criterion=one.criterion,
            unit=one.unit,
            quantity=one.quantity,
            used=one.used,
            left=one.quantity - one.used,
        )
        for one in row.items.order_by("number")
    )


def _uses(row: Certificate) -> tuple[Used, ...]:
    found = Use.objects.filter(item__certificate=row).select_related("item").order_by("-id")[:200]
    return tuple(
        Used(
            item=one.item.number,
            subject=one.subject,
            line=one.line,
            quantity=one.quantity,
            at=one.at,
            given_back_at=one.given_back_at,
        )
        for one in found
    )


def _checked(check: Check, *, works: bool) -> Checked:
    findings = msgspec.convert(check.findings, tuple[OriginFinding, ...])
    return Checked(
        at=check.at,
        actor=check.actor if works else "",
        subject=check.subject,
        grade=msgspec.convert(check.grade, Grade),
        findings=tuple(one for one in findings if works or one.code not in OFFICERS_ONLY),
        outcomes=msgspec.convert(check.outcomes, tuple[LineOutcome, ...]),
    )
