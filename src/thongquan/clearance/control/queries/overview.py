"""Control as those who lead an office look at it: who inspects what, which channels changed, and what came of it.

The callers have checked that the reader leads the office.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import msgspec
from django.db.models import Count, QuerySet

from thongquan.base.accounts.queries import names_of
from thongquan.clearance.control.models import Assignment, ChannelChange, DocumentCheck, Inspection
from thongquan.clearance.control.queries.checks import STALE

MOST = 500
PROPOSED, LAPSED, REFUSED, SIGNED = "proposed", "lapsed", "refused", "signed"


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """A change of channel and what came of it so far: `documents` and `goods` are agrees, differs or empty.

    `standing` is proposed, lapsed, refused or signed; a raised channel is signed by the one who raised it.
    """

    number: str
    before: int
    after: int
    reason: str
    by: str
    reference: str
    at: datetime
    signed_by: str
    standing: str
    state: str
    documents: str
    goods: str


def open_inspections_by_officer(office: str) -> dict[str, int]:
    """How many inspections under way at an office are assigned to each officer, by reference."""
    rows = Assignment.objects.filter(
        until__isnull=True, inspection__concluded_at__isnull=True, inspection__declaration__office=office
    )
    return dict(rows.order_by().values_list("officer").annotate(Count("inspection_id", distinct=True)))


def changes_since(office: str, since: datetime) -> list[Changed]:
    """Every channel raised, lowered or proposed to be lowered at an office since a moment, latest first."""
    rows = ChannelChange.objects.filter(office=office, proposed_at__gte=since).select_related("declaration")
    return _told(list(rows.order_by("-proposed_at", "-id")[:MOST]))


def proposals_of(office: str) -> list[Changed]:
    """Lower channels that wait for a second signature, oldest first."""
    return _told(list(_waiting([office]).select_related("declaration").order_by("proposed_at")[:MOST]))


def count_proposals(offices: Collection[str]) -> int:
    """How many of them there are at several offices."""
    return _waiting(offices).count()


def _waiting(offices: Collection[str]) -> QuerySet[ChannelChange]:
    rows = ChannelChange.objects.filter(office__in=offices, signed_at=None, lapsed_at=None)
    return rows.filter(declaration__state__in=["channeled", "instructed", "settled"])


def _told(rows: Sequence[ChannelChange]) -> list[Changed]:
    keys = {row.declaration_id for row in rows}
    documents, goods = _documents(keys), _goods(keys)
    names = names_of({row.proposed_by for row in rows} | {row.signed_by for row in rows})
    return [
        Changed(
            number=row.declaration.number,
            before=row.before,
            after=row.after,
            reason=row.reason,
            by=names.get(row.proposed_by, row.proposed_by),
            reference=row.proposed_by,
            at=row.proposed_at,
            signed_by=names.get(row.signed_by, row.signed_by),
            standing=_standing(row),
            state=row.declaration.state,
            documents=documents.get(row.declaration_id, ""),
            goods=goods.get(row.declaration_id, ""),
        )
        for row in rows
    ]


def _standing(row: ChannelChange) -> str:
    if row.signed_at:
        return SIGNED
    if row.rejected_by:
        return REFUSED
    return LAPSED if row.lapsed_at else PROPOSED


def _documents(keys: Iterable[int]) -> dict[int, str]:
    """The last outcome of each declaration's document check."""
    rows = DocumentCheck.objects.filter(declaration_id__in=keys, concluded_at__isnull=False).exclude(outcome=STALE)
    return dict(rows.order_by("concluded_at").values_list("declaration_id", "outcome"))


def _goods(keys: Iterable[int]) -> dict[int, str]:
    """The last outcome of each declaration's inspection."""
    rows = Inspection.objects.filter(declaration_id__in=keys, concluded_at__isnull=False)
    return dict(rows.order_by("concluded_at").values_list("declaration_id", "outcome"))
