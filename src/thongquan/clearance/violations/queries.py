"""What other rooms and the pages may know of violations, as typed frozen values.

`violations_of` and `counts_for_guarantee` read decided cases only; a decision that was annulled never counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

import msgspec
from django.db.models import Q, QuerySet

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.violations.models import Act, Case, Finding, Move
from thongquan.clearance.violations.permissions import own_enterprises, sees_work, working_offices
from thongquan.clearance.violations.states import SERVED, State, Step
from thongquan.rules.penalties import GRAVE, ActLaw, Kind

GUARANTEE_WINDOW = timedelta(days=365)
"""Used when the caller gives no window of its own; revenue passes the dated parameter `guarantee_activity_days`."""


class Violation(msgspec.Struct, frozen=True, kw_only=True):
    """One act of a decided case. `kind` is one of `rules.penalties.Kind`; `fine_vnd` is the fine for this act, dong.

    `annex_group` is the group of Annex VI of Circular 81/2019 that compliance levels read, '' for none.
    """

    case: int
    subject: str
    tax_code: str
    office: str
    act: str
    kind: Kind
    annex_group: str
    on: date
    decided_at: datetime
    difference_vnd: Decimal
    fine_vnd: Decimal


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What the conditions of a general guarantee ask (Circular 38/2015/TT-BTC Art. 43): decided acts in a window."""

    since: datetime
    smuggling_or_evasion: int
    other: int


class ActName(msgspec.Struct, frozen=True, kw_only=True):
    """An act with its law and its names."""

    law: ActLaw
    name_vi: str
    name_en: str
    name_zh: str
    name_fr: str

    def name(self, language: str) -> str:
        """The name in a language of the pages (`vi`, `en`, `zh-hans`, `fr`)."""
        return str(getattr(self, f"name_{language[:2]}", self.name_en))


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A finding of a case."""

    id: int
    act: str
    on: date
    line: int | None
    declared: str
    found: str
    difference_vnd: Decimal
    found_at: datetime
    found_by: str
    withdrawn_at: datetime | None


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A step of a case; `fines` are rows of `rules.penalties.Fine` with amounts as text."""

    step: str
    at: datetime
    actor: str
    words: str
    fine_vnd: Decimal | None
    fines: list[dict[str, object]]


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a list of cases."""

    id: int
    subject: str
    tax_code: str
    trader_name: str
    office: str
    state: str
    opened_at: datetime
    opened_by: str
    decided_at: datetime | None
    fine_vnd: Decimal | None


class CaseFile(msgspec.Struct, frozen=True, kw_only=True):
    """A case as one person may read it; `works` tells an officer of its office from its trader."""

    row: CaseRow
    findings: tuple[Found, ...]
    moves: tuple[Moved, ...]
    works: bool


def violations_of(tax_code: str, since: datetime) -> list[Violation]:
    """Acts of this trader in cases decided since a moment, oldest first."""
    cases = Case.objects.filter(tax_code=tax_code, state=State.DECIDED, decided_at__gte=since)
    return [told for case in cases.order_by("decided_at", "id").prefetch_related("findings") for told in _acts_of(case)]


def _acts_of(case: Case) -> list[Violation]:
    fines = _fines_of(case)
    standing = [finding for finding in case.findings.all() if finding.withdrawn_at is None]
    return [_violation(case, finding, fines.get(finding.id, Decimal(0))) for finding in standing]


def _violation(case: Case, finding: Finding, fine: Decimal) -> Violation:
    law = act_on(finding.act, finding.on)
    return Violation(
        case=case.id,
        subject=case.subject,
        tax_code=case.tax_code,
        office=case.office,
        act=finding.act,
        kind=law.law.kind if law else "procedure",
        annex_group=law.law.annex_group if law else "",
        on=finding.on,
        decided_at=case.decided_at or case.opened_at,
        difference_vnd=finding.difference_vnd,
        fine_vnd=fine,
    )


def _fines_of(case: Case) -> dict[int, Decimal]:
    """Fine by finding, as the decision has it."""
    move = case.moves.filter(step="decide").order_by("-id").first()
    return {int(row["finding"]): Decimal(row["amount_vnd"]) for row in move.fines} if move else {}


def counts_for_guarantee(tax_code: str, at: datetime, *, window: timedelta = GUARANTEE_WINDOW) -> Counts:
    """How many acts of smuggling or evasion, and how many others, were decided against this trader in the window."""
    since = at - window
    acts = [told for told in violations_of(tax_code, since) if told.decided_at <= at]
    grave = sum(told.kind in GRAVE for told in acts)
    return Counts(since=since, smuggling_or_evasion=grave, other=len(acts) - grave)


def acts_on(day: date) -> list[ActName]:
    """The acts that the law of a day knows, in the order of the reference file."""
    rows = Act.objects.filter(withdrawn_at=None, valid_from__lte=day).order_by("code", "-valid_from").distinct("code")
    return sorted(map(_named, rows), key=lambda act: (act.law.kind, act.law.code))


def act_on(code: str, day: date) -> ActName | None:
    """One act as the law of a day knows it, or None."""
    rows = Act.objects.filter(withdrawn_at=None, code=code, valid_from__lte=day)
    row = rows.order_by("-valid_from").first()
    return _named(row) if row else None


def _named(row: Act) -> ActName:
    law = ActLaw(
        code=row.code,
        kind=row.kind,  # type: ignore[arg-type]  # one of `Kind`: the loader refuses others
        fine_rule=row.fine_rule,  # type: ignore[arg-type]  # one of `FineRule`: the loader refuses others
        share=row.fine_share.normalize() if row.fine_share is not None else None,
        article=row.article,
        annex_group=row.annex_group,
        annex_verified=row.annex_verified,
        valid_from=row.valid_from,
        source=row.source,
        verified=row.verified,
    )
    return ActName(law=law, name_vi=row.name_vi, name_en=row.name_en, name_zh=row.name_zh, name_fr=row.name_fr)


def cases_in_scope(actor: Actor) -> QuerySet[Case]:
    """Every case the actor may list: those of the actor's offices, and decided ones of the actor's enterprises."""
    own = Q(tax_code__in=own_enterprises(actor), state__in=SERVED)
    return Case.objects.filter(Q(office__in=working_offices(actor)) | own)


def worklist(*, actor: Actor, state: str = "", offset: int = 0, limit: int = 50) -> tuple[list[CaseRow], bool]:
    """A page of cases, newest first, and whether more follow."""
    rows = cases_in_scope(actor).order_by("-opened_at", "-id")
    if state:
        rows = rows.filter(state=state)
    found = [_row(row) for row in rows[offset : offset + limit + 1]]
    return found[:limit], len(found) > limit


def count_waiting(actor: Actor) -> int:
    """Cases of the actor's offices that wait for a proposal or a decision."""
    states = (State.OPEN, State.PROPOSED)
    return Case.objects.filter(office__in=working_offices(actor), state__in=states).count()


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """A case whose proposal waits for a decision: its latest words, by whom and when."""

    case: int
    subject: str
    by: str
    at: datetime
    words: str


def proposed_cases(office: str, *, most: int) -> list[Proposed]:
    """Cases of an office that wait for a decision, oldest first. The caller has checked that the reader leads it."""
    rows = Case.objects.filter(office=office, state=State.PROPOSED).order_by("pk")[:most]
    moves = Move.objects.filter(case__in=[row.pk for row in rows], step=Step.PROPOSE).order_by("pk")
    latest = {move.case_id: move for move in moves}
    found = [(row, latest[row.pk]) for row in rows if row.pk in latest]
    return [
        Proposed(case=row.pk, subject=row.subject, by=move.actor, at=move.at, words=move.words) for row, move in found
    ]


def count_proposed(offices: Iterable[str]) -> int:
    """How many cases of these offices wait for a decision."""
    return Case.objects.filter(office__in=offices, state=State.PROPOSED).count()


def case_file(*, actor: Actor, case: int) -> CaseFile:
    """A case with its findings and steps. Raises `NotFound` also for those who may not see it."""
    row = cases_in_scope(actor).filter(id=case).first()
    if row is None:
        raise NotFound(str(case))
    works = sees_work(actor, row.office)
    moves = row.moves.order_by("id")
    served = moves if works else moves.filter(step__in=("decide", "annul", "withdraw"))
    return CaseFile(
        row=_row(row),
        findings=tuple(_found(row.findings.order_by("id"))),
        moves=tuple(map(_moved, served)),
        works=works,
    )


def cases_of_subject(subject: str) -> list[CaseRow]:
    """The cases of a subject, oldest first. The caller has checked that the reader may see them."""
    return [_row(row) for row in Case.objects.filter(subject=subject).order_by("id")]


def may_see_subject(actor: Actor, subject: str) -> bool:
    """Whether this person may see the case that a typed reference (`violation:12`) names."""
    number = subject.partition(":")[2]
    return number.isdecimal() and cases_in_scope(actor).filter(id=int(number)).exists()


def _row(row: Case) -> CaseRow:
    return CaseRow(**{name: getattr(row, name) for name in _ROW})


def _found(rows: Iterable[Finding]) -> list[Found]:
    return [Found(**{name: getattr(row, name) for name in _FOUND}) for row in rows]


def _moved(row: Move) -> Moved:
    return Moved(**{name: getattr(row, name) for name in _MOVED})


_ROW = [field.name for field in msgspec.structs.fields(CaseRow)]
_FOUND = [field.name for field in msgspec.structs.fields(Found)]
_MOVED = [field.name for field in msgspec.structs.fields(Moved)]
