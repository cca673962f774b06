"""Papers being entered, as their side reads them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Q, QuerySet

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.signatures.signings import Signing
from thongquan.clearance.origin.models import Entry
from thongquan.clearance.origin.permissions import offices_for, own_enterprises
from thongquan.rules.decision import Fault

LATEST = 20


class Certain(msgspec.Struct, frozen=True):
    """How sure the machine is of a field (0 to 1), and on which page it stands."""

    sure: float
    page: int = 1


class ReadPaper(msgspec.Struct, frozen=True, kw_only=True):
    """What the machine read: texts by field and line, certainty by path, turns of pages in degrees."""

    fields: dict[str, str] = {}
    lines: list[dict[str, str]] = []
    boxes: dict[str, str] = {}
    sure: dict[str, Certain] = {}
    turned: list[int] = []
    form: str = ""


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """A paper being entered."""

    id: int
    office: str
    tax_code: str
    trader_name: str
    state: str
    file_id: int
    file_name: str
    made_at: datetime
    pages: int
    pages_read: int
    read: ReadPaper
    signings: list[Signing]
    notes: list[Fault]
    faults: list[Fault]
    certificate_id: int | None
    changed: list[tuple[str, str, str]]
    closed_by: str = ""
    closed_at: datetime | None = None


def entries_in_scope(actor: Actor) -> QuerySet[Entry]:
    """Papers of the actor's offices and enterprises."""
    own = Q(tax_code__in=own_enterprises(actor))
    return Entry.objects.filter(own | Q(office__in=offices_for(actor, "origin.see")))


def entered(*, actor: Actor, entry: int) -> Entered:
    """A paper being entered. Raises `NotFound` outside the actor's scope."""
    row = entries_in_scope(actor).filter(id=entry).first() if 0 < entry < 2**63 else None
    if row is None:
        raise NotFound(str(entry))
    return shown(row)


def entry_of_certificate(certificate: int) -> Entered | None:
    """The paper a certificate was entered from, for who may see the certificate."""
    row = Entry.objects.filter(certificate_id=certificate).first()
    return shown(row) if row is not None else None


def open_entries(actor: Actor) -> list[Entered]:
    """Papers that wait for the machine or a person, newest first."""
    rows = entries_in_scope(actor).filter(state__in=("reading", "ready", "failed")).order_by("-id")
    return [shown(row) for row in rows[:LATEST]]


def shown(row: Entry) -> Entered:
    """A row as others know it."""
    values: dict[str, Any] = {name: getattr(row, name) for name in Entered.__struct_fields__}
    return msgspec.convert(values, Entered)
