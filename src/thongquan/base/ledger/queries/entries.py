"""The newest entries, as the ledger's page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Max, QuerySet

from thongquan.base.ledger.models import Entry

PAGE = 50
# There is no index by action (each would be paid for on every operation): a search by action looks this far back.
ACTION_REACH = 200_000
Sealed = Literal["", "yes", "no"]


@dataclass(frozen=True)
class EntryRow:
    """One entry on the page; `index` is its place in the tree, None while it waits for the sealer."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: str
    leaf: str
    index: int | None


@dataclass(frozen=True)
class EntryFilters:
    """Which entries: whose action begins with `action`, of this `subject`, below the id `before`."""

    action: str = ""
    subject: str = ""
    sealed: Sealed = ""
    before: int | None = None


@dataclass(frozen=True)
class LedgerPage:
    """Entries newest first; `before` continues the list, None at its end."""

    rows: list[EntryRow]
    before: int | None


EMPTY_PAGE = LedgerPage(rows=[], before=None)


def ledger_page(filters: EntryFilters, *, size: int = PAGE) -> LedgerPage:
    """The newest entries that the filters leave."""
    entries = Entry.objects.select_related("seal").order_by("-id")
    if filters.action:
        entries = _recent(entries).filter(action__startswith=filters.action)
    if filters.subject:
        entries = entries.filter(subject=filters.subject)
    if filters.sealed:
        entries = entries.filter(seal__isnull=filters.sealed == "no")
    if filters.before is not None:
        entries = entries.filter(id__lt=filters.before)
    rows = [_row(entry) for entry in entries[: size + 1]]
    return LedgerPage(rows=rows[:size], before=rows[size - 1].id if len(rows) > size else None)


def _recent(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    newest = Entry.objects.aggregate(newest=Max("id"))["newest"] or 0
    return entries.filter(id__gt=newest - ACTION_REACH)


def _row(entry: Entry) -> EntryRow:
    return EntryRow(
        id=entry.pk,
        at=entry.at,
        actor=entry.actor,
        action=entry.action,
        subject=entry.subject,
        details=bytes(entry.details).decode(errors="replace"),
        leaf=bytes(entry.leaf).hex(),
        index=entry.seal.index if hasattr(entry, "seal") else None,
    )
