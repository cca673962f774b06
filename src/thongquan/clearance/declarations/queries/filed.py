"""Past declarations with the facts they were decided from, in batches: for whoever tries another law on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec
from django.db.models import F, QuerySet

from thongquan.clearance.declarations.models import ENDED, Version

BATCH = 500


class Filed(msgspec.Struct, frozen=True):
    """A declaration in force: its version's facts and decision as stored bytes (`rules.encoding`)."""

    key: int
    number: str
    office: str
    tax_code: str
    trader_name: str
    registered_at: datetime
    facts: bytes
    decision: bytes


_COLUMNS = (
    "declaration_id",
    "declaration__number",
    "declaration__office",
    "declaration__tax_code",
    "declaration__trader_name",
    "declaration__registered_at",
    "facts",
    "decision",
)


def filed_count(*, since: datetime, until: datetime) -> int:
    """How many declarations were registered in [since, until) and are neither cancelled nor expired."""
    return _filed(since, until).count()


def filed_between(*, since: datetime, until: datetime, batch: int = BATCH) -> Iterator[list[Filed]]:
    """The same declarations, latest version each, in the order of their keys. For the installation, not for a page."""
    after = 0
    while True:
        rows = _filed(since, until).filter(declaration_id__gt=after).order_by("declaration_id")[:batch]
        found = [_as_filed(*row) for row in rows.values_list(*_COLUMNS)]
        if not found:
            return
        yield found
        after = found[-1].key


def _as_filed(
    key: int,
    number: str,
    office: str,
    tax_code: str,
    trader_name: str,
    registered_at: datetime,
    facts: bytes,
    decision: bytes,
) -> Filed:
    return Filed(key, number, office, tax_code, trader_name, registered_at, bytes(facts), bytes(decision))


def _filed(since: datetime, until: datetime) -> QuerySet[Version]:
    return Version.objects.filter(
        version=F("declaration__version"),
        declaration__registered_at__gte=since,
        declaration__registered_at__lt=until,
    ).exclude(declaration__state__in=ENDED)
