"""Cases as analysts list and read them, and what officers are asked to look at on a declaration."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Count, QuerySet

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.risk.case_states import CaseState
from thongquan.clearance.risk.models import CaseItem, Lodged, RiskCase
from thongquan.clearance.risk.permissions import check_may, may, offices_for
from thongquan.clearance.risk.queries.picking import Picked
from thongquan.rules.origin.shares import Share, share

PAGE = 50
CHECKERS = frozenset({"clearance_officer", "team_leader"})


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A case in a list."""

    id: int
    title: str
    state: str
    owner: str
    opened_at: datetime
    handed: str
    outcome: str
    declarations: int


class ItemRow(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration of a case, and what its checks found; `found` None: not checked yet."""

    number: str
    office: str
    tax_code: str
    trader_name: str
    origin: str
    registered_at: datetime
    channel: int
    found: bool | None
    recovered_vnd: Decimal
    value_vnd: Decimal


class CaseStory(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the story."""

    step: str
    at: datetime
    actor: str
    words: str
    data: dict[str, Any]


class CaseFile(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a page shows of a case. `found` counts over its declarations that were checked."""

    row: CaseRow
    question: str
    picked: Picked
    offices: tuple[str, ...]
    look_at: str
    conclusion: str
    closed_at: datetime | None
    items: tuple[ItemRow, ...]
    events: tuple[CaseStory, ...]
    found: Share
    recovered_vnd: Decimal

    @property
    def state(self) -> CaseState:
        """Where it stands."""
        return CaseState(self.row.state)


class Asked(msgspec.Struct, frozen=True):
    """What a case asks the officers of a declaration to look at."""

    case: int
    look_at: str
    at: datetime


def cases(*, actor: Actor, state: str = "", offset: int = 0, limit: int = PAGE) -> tuple[list[CaseRow], bool]:
    """Cases whose offices the actor all analyses, newest first; and whether there are more. Raises `NotAllowed`."""
    check_may(actor, "risk.see")
    rows = cases_in_scope(actor).annotate(declarations=Count("items")).order_by("-pk")
    found = list((rows.filter(state=state) if state else rows)[offset : offset + limit + 1])
    return [_row(one, one.declarations) for one in found[:limit]], len(found) > limit


def cases_in_scope(actor: Actor) -> QuerySet[RiskCase]:
    """Cases all of whose offices the actor analyses."""
    return RiskCase.objects.filter(offices__contained_by=sorted(offices_for(actor, "risk.see")))


def case_file(*, actor: Actor, case: int) -> CaseFile:
    """One case. Raises `NotAllowed`; `NotFound` also outside the actor's offices."""
    check_may(actor, "risk.see")
    row = cases_in_scope(actor).filter(pk=case).first()
    if row is None:
        raise NotFound(str(case))
    items = _items(row)
    checked = [one for one in items if one.found is not None]
    return CaseFile(
        row=_row(row, len(items)),
        question=row.question,
        picked=msgspec.convert(row.picked, Picked),
        offices=tuple(row.offices),
        look_at=row.look_at,
        conclusion=row.conclusion,
        closed_at=row.closed_at,
        items=items,
        events=tuple(
            CaseStory(step=one.step, at=one.at, actor=one.actor, words=one.words, data=one.data)
            for one in row.events.order_by("-pk")
        ),
        found=share(sum(bool(one.found) for one in checked), len(checked)),
        recovered_vnd=sum((one.recovered_vnd for one in items), Decimal(0)),
    )


def may_see_case(actor: Actor, subject: str) -> bool:
    """Whether this person may read the case that a typed reference (`riskcase:3`) names."""
    number = subject.partition(":")[2]
    known = may(actor, "risk.see") and number.isascii() and number.isdecimal() and len(number) < 19
    return known and cases_in_scope(actor).filter(pk=int(number)).exists()


def count_open(actor: Actor) -> int | None:
    """Own cases that are not closed; None for those who build none."""
    if not may(actor, "risk.case"):
        return None
    return cases_in_scope(actor).filter(owner=actor.reference).exclude(state=CaseState.CLOSED).count()


def asked_of(*, actor: Actor, number: str, office: str) -> list[Asked]:
    """What officers of the office are asked to look at on a declaration; nothing for anybody else."""
    if not (actor.mfa and any(actor.holds(role, office) for role in CHECKERS)):
        return []
    rows = CaseItem.objects.filter(number=number, case__handed="officers", case__state=CaseState.HANDED)
    told = rows.order_by("pk").values_list("case", "case__look_at", "case__handed_at")
    return [Asked(case, look_at, at) for case, look_at, at in told if at is not None]


def _items(row: RiskCase) -> tuple[ItemRow, ...]:
    names = ItemRow.__struct_fields__
    copies = Lodged.objects.filter(number__in=row.items.values("number")).order_by("-registered_at", "number")
    return tuple(ItemRow(**one) for one in copies.values(*names))


def _row(row: RiskCase, declarations: int) -> CaseRow:
    return CaseRow(
        id=row.pk,
        title=row.title,
        state=row.state,
        owner=row.owner,
        opened_at=row.opened_at,
        handed=row.handed,
        outcome=row.outcome,
        declarations=declarations,
    )
