"""Cases as the workbench lists and shows them, within an officer's scope."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Count, Max, Q, QuerySet, Sum

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.classification.models import Case, CaseRequest, CaseStep, DeclaredLine
from thongquan.clearance.classification.permissions import offices_for
from thongquan.clearance.classification.queries.findings import PAGE
from thongquan.clearance.classification.subjects import number_of, subject_of

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
    """A step of the story of a case; `data` names what was made of it in another room."""

    step: str
    words: str
    at: datetime
    by: str
    data: dict[str, Any] = {}


class CodeAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A code that a case asks for. `state`: waiting, given, declined or withdrawn; `number` and `hs` once given."""

    id: int
    kind: str
    state: str
    description: str
    words: str
    asked_at: datetime
    asked_by: str
    decided_at: datetime | None
    decided_by: str
    answer: str
    number: str = ""
    hs: str = ""
    precedent: int | None = None


class Doubtful(msgspec.Struct, frozen=True, kw_only=True):
    """A declared line whose code is in doubt by what officers said, or by an open finding; `right` where one said it.

    `declaration` is its typed reference, `number` its twelve digits when it was found.
    """

    declaration: str
    number: str
    office: str
    line: int
    declared: str
    right: str = ""


class CaseFile(msgspec.Struct, frozen=True, kw_only=True):
    """A case with its story; its findings are listed by `findings`."""

    row: CaseRow
    steps: tuple[CaseDone, ...]
    requests: tuple[CodeAsked, ...] = ()


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
    """Cases of a state (`any` for all, `waiting` for a code asked for), those with most at stake first; and whether
    there are more."""
    rows = in_scope(actor)
    if state == "waiting":
        rows = rows.filter(pk__in=CaseRequest.objects.filter(state="waiting").values("case"))
    elif state != "any":
        rows = rows.filter(state=state)
    found = list(_counted(rows).order_by("-rank", "-pk")[offset : offset + limit + 1])
    return [_row(one) for one in found[:limit]], len(found) > limit


def case_file(*, actor: Actor, case: int) -> CaseFile:
    """A case. Raises `NotFound` also outside the actor's scope; a merged case is told as the one that stays."""
    row = _counted(in_scope(actor)).filter(pk=_standing(case)).first()
    if row is None:
        raise NotFound(str(case))
    steps = row.steps.order_by("-pk").values("step", "words", "at", "by", "data")
    asked = row.requests.order_by("-pk").select_related("precedent")
    return CaseFile(row=_row(row), steps=tuple(CaseDone(**one) for one in steps), requests=tuple(map(_asked, asked)))


def case_standing(case: int) -> Case | None:
    """The case that stays of those merged into one another, for who works on it."""
    return Case.objects.filter(pk=_standing(case)).first()


def is_noted(*, case: int, once: str) -> bool:
    """Whether what came of a message for a declaration is written on the case already."""
    return CaseStep.objects.filter(case=_standing(case), data__once=once).exists()


def lines_in_doubt(case: Case, most: int = 200) -> list[Doubtful]:
    """Lines of a case whose codes customs goes on with: of open findings the line itself, else what officers said."""
    found: dict[tuple[int, int], Doubtful] = {}
    rows = case.findings.filter(closed=False).select_related("line", "partner").order_by("pk")
    for one in rows.exclude(outcome__in=["different", "analysis"]):
        if one.outcome != "first":
            _doubt(found, one.line, one.other_code if one.outcome == "second" else "")
        if one.outcome in ("first", "neither"):
            _doubt(found, one.partner, one.code if one.outcome == "first" else "")
    return list(found.values())[:most]


def _doubt(found: dict[tuple[int, int], Doubtful], line: DeclaredLine, right: str) -> None:
    key = (line.declaration, line.number)
    known = found.get(key)
    if known is None or (right and not known.right):
        found[key] = Doubtful(
            declaration=subject_of(line.declaration),
            number=number_of(line.declaration, line.version),
            office=line.office,
            line=line.number,
            declared=line.code,
            right=right,
        )


def count_requests(actor: Actor) -> int:
    """Codes asked for by others at the actor's offices, for those who rule on them."""
    rows = CaseRequest.objects.filter(office__in=offices_for(actor, "classification.rule"), state="waiting")
    return rows.exclude(asked_by=actor.reference).count()


def _asked(row: CaseRequest) -> CodeAsked:
    plain = [one for one in CodeAsked.__struct_fields__ if one not in ("number", "hs", "precedent")]
    kept = row.precedent
    return CodeAsked(
        **{name: getattr(row, name) for name in plain},
        number=kept.number if kept else "",
        hs=kept.hs if kept else "",
        precedent=kept.pk if kept else None,
    )


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
