"""Data given before registration, as those see it who lodge for the enterprise. Lapsing is told by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import msgspec
from django.utils import timezone

from thongquan.base.accounts.permissions import readable_enterprises
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.declarations.models import PreRegistration
from thongquan.clearance.declarations.numbers import key_of_number, number_of
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.document import Document
from thongquan.rules.encoding import decoded_document

DAYS = "pre_declared_keep_days"


class PreRegistered(msgspec.Struct, frozen=True, kw_only=True):
    """Pre-registered data: `state` kept, lapsed or registered; `until` is the moment at which they lapse."""

    number: str
    flow: str
    office: str
    tax_code: str
    trader_name: str
    changes: int
    at: datetime
    until: datetime
    state: Literal["kept", "lapsed", "registered"]
    document: Document


def keep_days(at: datetime) -> int:
    """For how many days data are kept, by the law of the day; zero when it does not say."""
    parameter = current_law().parameter(DAYS, timezone.localdate(at))
    return int(parameter.value) if parameter and parameter.value.isdigit() else 0


def preregistered_from(row: PreRegistration, at: datetime) -> PreRegistered:
    """Give the values of a row as they stand at a moment."""
    until = row.at + timedelta(days=keep_days(row.at))
    state: Literal["kept", "lapsed", "registered"] = "kept" if at < until else "lapsed"
    return PreRegistered(
        number=number_of(row.id),
        flow=row.flow,
        office=row.office,
        tax_code=row.tax_code,
        trader_name=row.trader_name,
        changes=row.changes,
        at=row.at,
        until=until,
        state="registered" if row.registered_at else state,
        document=decoded_document(bytes(row.document)),
    )


def preregistered_of(*, actor: Actor, number: str, at: datetime) -> PreRegistered:
    """Pre-registered data of an enterprise the actor acts for. Raises `NotFound` for all others."""
    row = PreRegistration.objects.filter(id=key_of_number(number)).first()
    if row is None or row.tax_code not in readable_enterprises(actor):
        raise NotFound(number)
    return preregistered_from(row, at)


def preregistered_body(*, actor: Actor, number: str) -> bytes:
    """The data as they are kept, JSON: what a signature of their registration is made over. Raises `NotFound`."""
    row = PreRegistration.objects.filter(id=key_of_number(number)).first()
    if row is None or row.tax_code not in readable_enterprises(actor):
        raise NotFound(number)
    return bytes(row.document)


def preregistered_in_scope(actor: Actor, at: datetime, *, limit: int = 100) -> list[PreRegistered]:
    """Those of the actor's enterprises that still stand to be registered, latest first."""
    rows = PreRegistration.objects.filter(tax_code__in=readable_enterprises(actor), registered_at=None).order_by("-at")
    found = (preregistered_from(row, at) for row in rows[:limit])
    return [one for one in found if one.state == "kept"]
