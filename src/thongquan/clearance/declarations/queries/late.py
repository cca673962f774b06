"""Proofs of origin that are awaited after lodging, with their clocks derived from when the wait began.

Legal basis: Circular 33/2023/TT-BTC Art. 12 (a year from registration; two under EVFTA and UKVFTA), 13 (5 working days
after a new code), 16 (10 days for the proof of a criterion); Law 107/2016/QH13 Art. 9 (a guarantee ends with its day).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Literal, get_args

import msgspec
from django.db.models import Q, QuerySet

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.models import LateProof
from thongquan.clearance.declarations.models.late import ANNOUNCED, DIFFERING, FILED, LAPSED, REDETERMINED, WAITING
from thongquan.clearance.declarations.numbers import key_of_number, subject_of
from thongquan.clearance.declarations.queries.clocks import Due
from thongquan.clearance.declarations.queries.files import declarations_in_scope
from thongquan.clearance.revenue.queries.guarantees import guarantees_end
from thongquan.clearance.tariff.queries import calendar_of, current_law
from thongquan.clearance.tariff.queries.origins import agreements_on, origin_law_on
from thongquan.rules.clocks import DECLARANT, Clock
from thongquan.rules.law import Parameter
from thongquan.rules.terms import Term, Terms, left_of
from thongquan.rules.worktime import HANOI, end_of_day

TERMS = {ANNOUNCED: "late_filing_days", REDETERMINED: "redetermined_code_days", DIFFERING: "proof_days"}
"""The term of the law of origin under which each kind of proof is awaited; a doubted one is there already."""
SOON = timedelta(days=30)
GUARANTEE_LAW = "Law 107/2016/QH13 Art. 9"
OPEN = (WAITING, FILED)
Which = Literal["", "soon", "overdue", "filed", "ended"]


class Awaited(msgspec.Struct, frozen=True, kw_only=True):
    """A proof awaited for one line of a declaration; `due` is its clock, None where the law in hand has no term.

    `schedule` is '' for a proof under any preference. `outcome` is empty while nothing came, then `filed` (an officer
    is to accept the certificate), and in the end `granted`, `lapsed` or `dropped`.
    """

    id: int
    number: str
    subject: str
    office: str
    tax_code: str
    trader_name: str
    line: int
    kind: str
    schedule: str
    guaranteed: bool
    outcome: str
    certificate: int | None
    certificate_number: str
    filed_at: datetime | None
    ended_at: datetime | None
    due: Due | None


def late_term(*, office: str, schedule: str, kind: str, at: datetime) -> Term | None:
    """The term of a proof whose wait begins at a moment; None when the law in hand has none."""
    day = at.astimezone(HANOI).date()
    name = TERMS.get(kind, "")
    found = origin_law_on(agreement_of(schedule, day), "", day).terms.get(name)
    if found is None:
        return None
    length = Parameter(
        value=f"{found.value.normalize():f}",
        unit=found.unit,
        valid_from=day,
        source=found.source,
        verified=found.verified,
    )
    last = day + timedelta(days=int(found.value)) if kind == ANNOUNCED else day
    law = current_law()

    def parameter(wanted: str, on: date) -> Parameter | None:
        return length if wanted == name else law.parameter(wanted, on)

    return Terms(calendar_of(office, around=last), parameter).begin(name, at)


def agreement_of(schedule: str, on: date) -> str:
    """The agreement whose preference a tariff schedule is on a day; '' when the law in hand names none."""
    return next((one.code for one in agreements_on(on) if one.schedule == schedule), "")


def awaited_of(*, number: str, at: datetime) -> list[Awaited]:
    """Every proof that is or was awaited for a declaration. The caller has checked that the reader may see it."""
    rows = LateProof.objects.filter(declaration_id=key_of_number(number)).select_related("declaration").order_by("id")
    return awaited_from(list(rows), at)


def late_in_scope(
    *, actor: Actor, at: datetime, which: Which = "", offset: int = 0, limit: int = 50
) -> tuple[list[Awaited], bool]:
    """A page of proofs awaited in the actor's scope, what is due first on top, and whether more follow.

    `soon`: within 30 days; `overdue`: the last day is over or the proof did not come; `ended`: granted or dropped.
    """
    rows = _narrowed(_in_scope(actor), which, at).select_related("declaration").order_by("due_at", "id")
    found = list(rows[offset : offset + limit + 1])
    return awaited_from(found[:limit], at), len(found) > limit


def late_counts(actor: Actor, at: datetime) -> dict[str, int]:
    """How many proofs in scope stand under each of `Which`."""
    names: tuple[Which, ...] = ("", "soon", "overdue", "filed", "ended")
    return {name: _narrowed(_in_scope(actor), name, at).count() for name in names}


def which_of(name: str) -> Which:
    """The part of the list that is asked for; all that is awaited for any other word."""
    return next((one for one in get_args(Which) if one == name), "")


def _in_scope(actor: Actor) -> QuerySet[LateProof]:
    return LateProof.objects.filter(declaration__in=declarations_in_scope(actor))


def _narrowed(rows: QuerySet[LateProof], which: Which, at: datetime) -> QuerySet[LateProof]:
    if which == "soon":
        return rows.filter(outcome=WAITING, due_at__gte=at, due_at__lt=at + SOON)
    if which == "overdue":
        return rows.filter(Q(outcome=LAPSED) | Q(outcome=WAITING, due_at__lt=at))
    if which == "filed":
        return rows.filter(outcome=FILED)
    if which == "ended":
        return rows.exclude(outcome__in=(*OPEN, LAPSED))
    return rows.filter(outcome__in=OPEN)


def awaited_from(rows: Iterable[LateProof], at: datetime) -> list[Awaited]:
    """The values of rows; one read of guarantees for all of them."""
    rows = list(rows)
    ends = guarantees_end({subject_of(row.declaration_id) for row in rows if row.guaranteed and row.outcome in OPEN})
    return [_awaited(row, ends, at) for row in rows]


def _awaited(row: LateProof, ends: Mapping[str, date], at: datetime) -> Awaited:
    one, subject = row.declaration, subject_of(row.declaration_id)
    return Awaited(
        id=row.pk,
        number=one.number,
        subject=subject,
        office=one.office,
        tax_code=one.tax_code,
        trader_name=one.trader_name,
        line=row.line,
        kind=row.kind,
        schedule=row.schedule,
        guaranteed=row.guaranteed,
        outcome=row.outcome,
        certificate=row.certificate,
        certificate_number=row.number,
        filed_at=row.filed_at,
        ended_at=row.ended_at,
        due=_due(row, ends.get(subject), at),
    )


def _due(row: LateProof, guaranteed_until: date | None, at: datetime) -> Due | None:
    clock = clock_of(row, guaranteed_until)
    if clock is None:
        return None
    calendar = (
        calendar_of(row.declaration.office, around=clock.due_at.astimezone(HANOI).date()) if clock.working else None
    )
    return Due(clock=clock, left=left_of(clock.due_at, clock.stopped_at or at, calendar), mine=True)


def clock_of(row: LateProof, guaranteed_until: date | None) -> Clock | None:
    """The clock of an awaited proof: the term of the law, or the end of the guarantee where that is sooner.

    Where MFN was paid, the term is a right that ends; under a guarantee, and where customs asked, it is a duty.
    """
    term = late_term(office=row.declaration.office, schedule=row.schedule, kind=row.kind, at=row.starts_at)
    if term is None:
        return None
    due_at, source = term.due_at, term.source
    if guaranteed_until is not None and end_of_day(guaranteed_until) < due_at:
        due_at, source = end_of_day(guaranteed_until), GUARANTEE_LAW
    return Clock(
        name=f"proof_{row.kind}",
        starts_at=row.starts_at,
        due_at=due_at,
        stopped_at=row.filed_at or row.ended_at,
        for_whom=DECLARANT,
        source=source,
        verified=term.verified,
        working=term.working,
        obliges=row.guaranteed or row.kind == DIFFERING,
    )
