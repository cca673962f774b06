"""Cases as the workbench lists and shows them, within an officer's scope."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Count, Max, Q, QuerySet, Sum

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.classification.models import Case
from thongquan.clearance.classification.permissions import offices_for
from thongquan.clearance.classification.queries.findings import PAGE

_OPEN = Q(findings__closed=False, findings__outcome="")


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A case in a list. `stake_vnd` sums the differences of duty of its findings, whichever way they go."""

    id: int
    office: str
    codes: tuple[str, ...]
    state: str
    became: str
    opened_at: datetime
    findings: int
    open: int
    importers: int
    stake_vnd: Decimal


class CaseDone(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the story of a case."""

    step: str
    words: str
    at: datetime
    by: str


class CaseFile(msgspec.Struct, frozen=True, kw_only=True):
    """A case with its story; its findings are listed by `findings`."""

    row: CaseRow
    steps: tuple[CaseDone, ...]


def subject_of_case(case: int) -> str:
    """The typed reference of a case."""
    return f"codecase:{case}"


def may_see_case(actor: Actor, subject: str) -> bool:
    """Whether the actor may read the case of this typed reference."""
    key = subject.partition(":")[2]
    return key.isascii() and key.isdigit() and len(key) < 19 and in_scope(actor).filter(pk=int(key)).exists()


def in_scope(actor: Actor) -> QuerySet[Case]:
    """Cases with a finding on lines of the actor's offices, on either side."""
    offices = offices_for(actor, "classification.see")
    mine = Q(findings__office__in=offices) | Q(findings__partner__office__in=offices)
    return Case.objects.filter(pk__in=Case.objects.filter(mine).values("pk")).exclude(state="merged")


def cases(*, actor: Actor, state: str = "open", offset: int = 0, limit: int = PAGE) -> tuple[list[CaseRow], bool]:
    """Cases of a state (`any` for all), those with most at stake first; and whether there are more."""
    rows = _counted(in_scope(actor) if state == "any" else in_scope(actor).filter(state=state))
    found = list(rows.order_by("-rank", "-pk")[offset : offset + limit + 1])
    return [_row(one) for one in found[:limit]], len(found) > limit


def case_file(*, actor: Actor, case: int) -> CaseFile:
    """A case. Raises `NotFound` also outside the actor's scope; a merged case is told as the one that stays."""
    row = _counted(in_scope(actor)).filter(pk=_standing(case)).first()
    if row is None:
        raise NotFound(str(case))
    steps = row.steps.order_by("-pk").values("step", "words", "at", "by")
    return CaseFile(row=_row(row), steps=tuple(CaseDone(**one) for one in steps))


def _standing(case: int) -> int:
    """The case that stays of those merged into one another."""
    while (into := Case.objects.filter(pk=case).values_list("merged_into", flat=True).first()) is not None:
        case = into
    return case


def _counted(rows: QuerySet[Case]) -> QuerySet[Any]:
    return rows.annotate(
        found=Count("findings", filter=Q(findings__closed=False)),
        waiting=Count("findings", filter=_OPEN),
        importers=Count("findings__importer", distinct=True),
        stake=Sum("findings__stake_vnd", filter=Q(findings__closed=False)),
        rank=Max("findings__rank"),
    )


def _row(one: Any) -> CaseRow:
    return CaseRow(
        id=one.pk,
        office=one.office,
        codes=tuple(one.codes),
        state=one.state,
        became=one.became,
        opened_at=one.opened_at,
        findings=one.found,
        open=one.waiting,
        importers=one.importers,
        stake_vnd=abs(one.stake or Decimal(0)),
    )
