"""Queues of certificates: what waits for an officer, in the order of the work, narrowed as the address says.

Legal basis: Circular 33/2023/TT-BTC Art. 15 (acceptance), 19 (doubt and verification); how long a certificate is valid
is a term of its agreement.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.db.models import Case, Count, DateField, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.origin.models import Certificate, Verified
from thongquan.clearance.origin.queries.files import certificates_in_scope
from thongquan.clearance.origin.states import State
from thongquan.clearance.tariff.queries.agreements import terms_named
from thongquan.rules.origin.numbers import folded_number

WAITING, DUE, DOUBTED, VERIFYING, EVERY = QUEUES = ("waiting", "due", "doubted", "verifying", "all")
DUE_DAYS = 30
"""Days before the end of its validity from which a certificate is due soon: a measure of the house."""
MOST_AHEAD = 500
VALIDITY = "validity_months"
ORDERS: dict[str, tuple[str, ...]] = {DUE: ("ends_on", "id"), EVERY: ("-id",)}
OLDEST_FIRST = ("registered_at", "id")


class Narrowed(msgspec.Struct, frozen=True, kw_only=True):
    """A queue and how it is narrowed; all of it stands in the address, so that it can be kept and handed on."""

    queue: str = EVERY
    state: str = ""
    agreement: str = ""
    words: str = ""

    def query(self) -> str:
        """The same for an address."""
        given = {"queue": self.queue, "state": self.state, "agreement": self.agreement, "number": self.words}
        return urlencode({name: value for name, value in given.items() if value})


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a queue. `ends_on` is the last day of its validity, None where no term gives one; `claims` live uses."""

    id: int
    agreement: str
    form: str
    number: str
    country: str
    issued_on: date | None
    exporter: str
    tax_code: str
    trader_name: str
    office: str
    state: str
    grade: str
    ends_on: date | None
    is_verified: bool
    claims: int


def narrowed(given: Mapping[str, str], *, default: str) -> Narrowed:
    """What an address asks for; what is not known of it is left out."""
    queue, state = given.get("queue", ""), given.get("state", "")
    return Narrowed(
        queue=queue if queue in QUEUES else EVERY if state or given.get("number") else default,
        state=state if state in frozenset(State) else "",
        agreement=given.get("agreement", "")[:12],
        words=given.get("number", "").strip()[:80],
    )


def queue_page(
    *, actor: Actor, asked: Narrowed, on: date, offset: int = 0, limit: int = 50
) -> tuple[list[Waiting], bool]:
    """Rows of a queue in the order of the work, and whether there are more."""
    rows = _queue(actor, asked, on).annotate(
        claims=Count("items__uses__subject", filter=Q(items__uses__given_back_at=None), distinct=True)
    )
    found = list(rows.order_by(*ORDERS.get(asked.queue, OLDEST_FIRST))[offset : offset + limit + 1])
    return [_waiting(row) for row in found[:limit]], len(found) > limit


def queue_counts(*, actor: Actor, on: date) -> dict[str, int]:
    """How many stand in each queue of the actor's scope; one read."""
    filters = {name: Count("id", filter=_belongs(name, on)) for name in QUEUES if name != EVERY}
    found = _scoped(actor, on).aggregate(**filters)
    return {name: int(found[name]) for name in filters}


def next_in_queue(*, actor: Actor, asked: Narrowed, after: int, on: date) -> int | None:
    """The certificate that follows in the queue; the first one after the last, None when there is no other."""
    rows = _queue(actor, asked, on).order_by(*ORDERS.get(asked.queue, OLDEST_FIRST)).values_list("id", flat=True)
    keys = [int(key) for key in rows[:MOST_AHEAD]]
    if after in keys:
        place = keys.index(after)
        keys = [*keys[place + 1 :], *keys[:place]]
    return keys[0] if keys else None


def ends_within(actor: Actor, on: date, *, days: int = DUE_DAYS) -> QuerySet[Any]:
    """Live certificates in scope whose validity ends within so many days, the nearest first."""
    return _scoped(actor, on).filter(_ends(on, days), state__in=_LIVE).order_by("ends_on", "id")


def lasting(actor: Actor, on: date) -> QuerySet[Any]:
    """Live certificates in scope whose validity has not ended, or has no end that is known, the newest first."""
    open_end = Q(ends_on__gte=on) | Q(ends_on=None)
    return _scoped(actor, on).filter(open_end, state__in=_LIVE).order_by("-id")


def ends_of(certificate: int, on: date) -> date | None:
    """The last day of a certificate by the law of a day; the caller has asked whether the reader may see it."""
    rows = Certificate.objects.filter(id=certificate).annotate(ends_on=_ends_on(on))
    return rows.values_list("ends_on", flat=True).first()


_LIVE = (State.REGISTERED, State.ACCEPTED)


def _queue(actor: Actor, asked: Narrowed, on: date) -> QuerySet[Any]:
    rows = _scoped(actor, on)
    if asked.queue != EVERY:
        rows = rows.filter(_belongs(asked.queue, on))
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.agreement:
        rows = rows.filter(agreement=asked.agreement)
    if asked.words:
        like = Q(exporter__icontains=asked.words) | Q(trader_name__icontains=asked.words) | Q(tax_code=asked.words)
        number = folded_number(asked.words)
        rows = rows.filter(like | Q(folded__contains=number) if number else like)
    return rows


def _belongs(queue: str, on: date) -> Q:
    if queue == WAITING:
        return Q(state=State.REGISTERED)
    if queue == DOUBTED:
        return Q(state=State.DOUBTED, is_verified=False)
    if queue == VERIFYING:
        return Q(is_verified=True)
    return Q(state__in=[State.REGISTERED, State.DOUBTED]) & _ends(on, DUE_DAYS)


def _ends(on: date, days: int) -> Q:
    return Q(ends_on__gte=on, ends_on__lte=on + timedelta(days=days))


def _scoped(actor: Actor, on: date) -> QuerySet[Any]:
    """Certificates in scope with the last day of their validity, and whether a case of verification is open."""
    is_open = Verified.objects.filter(certificate=OuterRef("pk"), is_open=True)
    return certificates_in_scope(actor).annotate(is_verified=Exists(is_open), ends_on=_ends_on(on))


def _ends_on(on: date) -> Coalesce:
    """As printed, else so many months from issue by the agreement's term; nothing where no term is at hand."""
    terms = terms_named(VALIDITY, on)
    own = [When(agreement=code, then=_months(months)) for code, months in terms.items() if code]
    months = Case(*own, default=_months(terms.get("")), output_field=IntegerField())
    length = Func(months, template="make_interval(0, %(expressions)s)", output_field=DateField())
    return Coalesce(
        Cast(KeyTextTransform("valid_until", "content"), DateField()),
        Cast(F("issued_on") + length, DateField()),
        output_field=DateField(),
    )


def _months(months: Decimal | None) -> Cast:
    return Cast(Value(None if months is None else int(months)), IntegerField())


def _waiting(row: Certificate) -> Waiting:
    return Waiting(**{name: getattr(row, name) for name in Waiting.__struct_fields__})
