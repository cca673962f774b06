"""Findings as the workbench lists them and as the evidence card shows them, within an officer's scope."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.db.models import Count, Max, Min, Q, QuerySet

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.classification.models import DeclaredLine, Finding, Searched
from thongquan.clearance.classification.permissions import offices_for
from thongquan.clearance.classification.queries.certified import CertificateSays, certificate_says
from thongquan.clearance.classification.queries.duties import Owed, owed_under
from thongquan.clearance.classification.queries.judging import Measured, precision_of
from thongquan.clearance.classification.subjects import number_of

PAGE = 50


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two lines."""

    declaration: str
    line: int
    office: str
    importer: str
    importer_name: str
    supplier: str
    maker: str
    origin: str
    code: str
    description: str
    price_usd: float
    value_vnd: Decimal
    on: date


class FindingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as the workbench lists it."""

    id: int
    case: int | None
    office: str
    line: Side
    other: Side
    score: float
    likeness: float
    stake_vnd: Decimal | None
    value_vnd: Decimal
    found_at: datetime
    outcome: str
    closed: bool


class CodeHistory(msgspec.Struct, frozen=True, kw_only=True):
    """How often goods like these were declared under a code: here, by this importer, by others; first and last day."""

    code: str
    here: int
    importer: int
    others: int
    first: date | None
    last: date | None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A label of the story of a finding."""

    outcome: str
    words: str
    at: datetime
    by: str
    taken_back_at: datetime | None
    taken_back_by: str


class FindingFile(msgspec.Struct, frozen=True, kw_only=True):
    """All that the card shows of a finding, but texts of the nomenclature and precedents, which the page adds."""

    row: FindingRow
    flow: str
    numbers: float
    parties: int
    price: float | None
    measured: Measured
    owed: tuple[Owed, Owed]
    history: tuple[CodeHistory, CodeHistory]
    said: tuple[Said, ...]
    certificate: CertificateSays | None = None


def subject_of_finding(finding: int) -> str:
    """The typed reference of a finding."""
    return f"twocodes:{finding}"


def may_see_finding(actor: Actor, subject: str) -> bool:
    """Whether the actor may read the finding of this typed reference."""
    key = subject.partition(":")[2]
    return key.isascii() and key.isdigit() and len(key) < 19 and findings_in_scope(actor).filter(pk=int(key)).exists()


def findings_in_scope(actor: Actor) -> QuerySet[Finding]:
    """Findings on lines of the actor's offices, on either side; none for anybody who is no officer."""
    offices = offices_for(actor, "classification.see")
    return Finding.objects.filter(Q(office__in=offices) | Q(partner__office__in=offices))


def findings(
    *, actor: Actor, outcome: str = "", text: str = "", case: int | None = None, offset: int = 0, limit: int = PAGE
) -> tuple[list[FindingRow], bool]:
    """Findings by rank, open ones unless an outcome (`any` for all) is asked for; and whether there are more."""
    rows = findings_in_scope(actor).select_related("line", "partner")
    if case is not None:
        rows = rows.filter(case=case)
    elif outcome != "any":
        rows = rows.filter(outcome=outcome) if outcome else rows.filter(outcome="", closed=False)
    if text:
        rows = rows.filter(
            Q(line__description__icontains=text)
            | Q(line__importer_name__icontains=text)
            | Q(code__startswith=text)
            | Q(other_code__startswith=text)
        )
    found = list(rows.order_by("-rank", "-score", "-pk")[offset : offset + limit + 1])
    return [_row(one) for one in found[:limit]], len(found) > limit


def count_open(actor: Actor) -> int:
    """How many alarms wait for an answer."""
    return findings_in_scope(actor).filter(outcome="", closed=False).count()


def next_finding(*, actor: Actor, after: int) -> int | None:
    """The strongest open finding but this one."""
    rows = findings_in_scope(actor).filter(outcome="", closed=False).exclude(pk=after)
    return rows.order_by("-rank", "-score", "-pk").values_list("pk", flat=True).first()


def finding_file(*, actor: Actor, finding: int) -> FindingFile:
    """The evidence of a finding. Raises `NotFound` also outside the actor's scope."""
    one = findings_in_scope(actor).select_related("line", "partner").filter(pk=finding).first()
    if one is None:
        raise NotFound(str(finding))
    owed = [
        owed_under(
            code=code,
            flow=one.line.flow,
            origin=one.line.origin,
            schedule=one.line.schedule,
            value_vnd=one.line.value_vnd,
            on=one.line.on,
        )
        for code in (one.code, one.other_code)
    ]
    labels = one.labels.order_by("-pk")
    columns = ("outcome", "words", "at", "by", "taken_back_at", "taken_back_by")
    return FindingFile(
        row=_row(one),
        flow=one.line.flow,
        numbers=float(one.evidence.get("numbers", 0.5)),
        parties=int(one.evidence.get("parties", 0)),
        price=one.evidence.get("price"),
        measured=precision_of(one.score),
        owed=(owed[0], owed[1]),
        history=(_history(one, one.line), _history(one, one.partner)),
        said=tuple(Said(**{name: getattr(label, name) for name in columns}) for label in labels),
        certificate=certificate_says(
            declaration=one.line.declaration, line=one.line.number, declared=one.code, other=one.other_code
        ),
    )


def _history(one: Finding, line: DeclaredLine) -> CodeHistory:
    """Counted over the goods of the line's own entry: the same goods under this code."""
    rows = DeclaredLine.objects.filter(goods=line.goods_id, live=True)
    own = Q(importer=one.importer)
    found = rows.aggregate(
        here=Count("pk", filter=Q(office=one.office)),
        own=Count("pk", filter=own),
        others=Count("pk", filter=~own),
        first=Min("on"),
        last=Max("on"),
    )
    return CodeHistory(code=line.code, importer=found.pop("own"), **found)


def _row(one: Finding) -> FindingRow:
    return FindingRow(
        id=one.pk,
        case=one.case_id,
        office=one.office,
        line=_side(one.line),
        other=_side(one.partner),
        score=one.score,
        likeness=float(one.evidence.get("likeness", 0.0)),
        stake_vnd=one.stake_vnd,
        value_vnd=one.value_vnd,
        found_at=one.found_at,
        outcome=one.outcome,
        closed=one.closed,
    )


def _side(line: DeclaredLine) -> Side:
    columns = [name for name in Side.__struct_fields__ if name not in ("declaration", "line")]
    return Side(
        declaration=number_of(line.declaration, line.version),
        line=line.number,
        **{name: getattr(line, name) for name in columns},
    )


class SearchState(msgspec.Struct, frozen=True, kw_only=True):
    """What came of the search for a declaration: how many alarms stood when it was searched."""

    version: int
    at: datetime
    alarms: int


def search_of(declaration: int) -> SearchState | None:
    """The last search of a declaration by its eleven digits; None before it has reported."""
    row = Searched.objects.filter(declaration=declaration).first()
    return SearchState(version=row.version, at=row.at, alarms=row.alarms) if row else None


def searched_versions(declarations: Collection[int]) -> dict[int, int]:
    """The version last searched of each of these declarations."""
    rows = Searched.objects.filter(declaration__in=declarations)
    return dict(rows.values_list("declaration", "version"))
