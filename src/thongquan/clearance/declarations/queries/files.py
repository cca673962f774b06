"""What others and the pages may know of declarations, as typed frozen values within the actor's scope."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import msgspec
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from thongquan.base.accounts.permissions import readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.queries import idempotency_use
from thongquan.clearance.declarations.models import Declaration, Draft, Line, Version
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.declarations.permissions import audience_of, check_may_see
from thongquan.clearance.declarations.search import search_expression
from thongquan.rules.clearance import redacted
from thongquan.rules.decision import Decision
from thongquan.rules.document import Document
from thongquan.rules.encoding import decoded_decision, decoded_document, decoded_facts
from thongquan.rules.facts import Facts


class KeyUse(msgspec.Struct, frozen=True):
    """What an idempotency key was used for: the digest of the body (32 bytes) and the number it became."""

    digest: bytes
    number: str


class StoredDecision(msgspec.Struct, frozen=True):
    """The decision of a stored declaration, whole: redact it before it leaves."""

    state: str
    registered_at: datetime
    decision: Decision


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a list of declarations. Amounts in dong; `waiting_for` and `due_clock` as in `Declaration`."""

    number: str
    flow: str
    regime: str
    office: str
    tax_code: str
    trader_name: str
    state: str
    channel: int
    registered_at: datetime
    due_vnd: Decimal
    source: str
    waiting_for: str = ""
    due_clock: str = ""


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration as one person may read it: decision redacted for the audience, facts only for officers."""

    summary: Summary
    version: int
    document: Document
    decision: Decision
    law_version: str
    rules_release: str
    audience: str


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is narrowed by; everything optional. `assigned` is `none`, `me`, or a user's reference."""

    text: str = ""
    channel: int | None = None
    flow: str = ""
    regime: str = ""
    office: str = ""
    since: date | None = None
    until: date | None = None
    state: str = ""
    assigned: str = ""
    late: bool = False
    enterprise: str = ""
    perishable: bool = False


# Written by hand: every lodgement asks this. Its condition is that of the index `one_live_declaration_of_goods`.
_SAME_GOODS = """
    SELECT number FROM declarations_declaration
    WHERE fingerprint = %s AND NOT state IN ('cancelled', 'expired')
"""
_SUMMARY = [field.name for field in msgspec.structs.fields(Summary)]


def key_use(*, owner: str, key: str) -> KeyUse | None:
    """What this owner used the key for, or None."""
    row = idempotency_use(owner=owner, key=key)
    return KeyUse(digest=row[0], number=row[1].removeprefix("declaration:")) if row else None


def numbers_with_fingerprint(fingerprint: bytes) -> list[str]:
    """Numbers of live declarations of the same declarant, invoice, goods and transport, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_SAME_GOODS, [fingerprint])
        return sorted(row[0] for row in cursor.fetchall())


def any_lodged() -> bool:
    """Whether this database holds any declaration."""
    return Declaration.objects.exists()


def lodged_decision(number: str) -> StoredDecision:
    """The decision in force of a declaration. Raises `NotFound`."""
    declaration, version = _current(number)
    return StoredDecision(declaration.state, declaration.registered_at, decoded_decision(bytes(version.decision)))


def declaration_file(*, actor: Actor, number: str) -> File:
    """A declaration with its document and decision. Raises `NotFound` also when the actor may not see it."""
    declaration, version = _current(number)
    check_may_see(actor, office=declaration.office, tax_code=declaration.tax_code)
    audience = audience_of(actor)
    return File(
        summary=_summary(declaration),
        version=version.version,
        document=decoded_document(bytes(version.document)),
        decision=redacted(decoded_decision(bytes(version.decision)), audience, lodged=True),
        law_version=version.law_version,
        rules_release=version.rules_release,
        audience=audience,
    )


def stored_facts(*, actor: Actor, number: str) -> tuple[Facts, bytes, bytes]:
    """Facts with their bytes and the bytes of the decision made from them, for replay. Raises `NotFound`."""
    declaration, version = _current(number)
    check_may_see(actor, office=declaration.office, tax_code=declaration.tax_code)
    facts = bytes(version.facts)
    return decoded_facts(facts), facts, bytes(version.decision)


def declarations_in_scope(actor: Actor) -> QuerySet[Declaration]:
    """All declarations the actor may list: those of the actor's offices and enterprises."""
    scope = Q(office__in=readable_offices(actor)) | Q(tax_code__in=readable_enterprises(actor))
    return Declaration.objects.filter(scope)


def worklist(*, actor: Actor, filters: Filters, offset: int = 0, limit: int = 50) -> tuple[list[Summary], bool]:
    """A page of declarations, newest first, and whether more follow."""
    rows = narrowed_by(declarations_in_scope(actor), filters, actor=actor).order_by("-registered_at", "-id")
    found = [_summary(row) for row in rows.only(*_SUMMARY)[offset : offset + limit + 1]]
    return found[:limit], len(found) > limit


def narrowed_by(
    rows: QuerySet[Declaration], filters: Filters, *, actor: Actor, at: datetime | None = None
) -> QuerySet[Declaration]:
    """Rows that fit the filters. What is late is known at a moment only: without one nothing is."""
    for field in ("channel", "flow", "regime", "office", "state"):
        if value := getattr(filters, field):
            rows = rows.filter(**{field: value})
    if filters.enterprise:
        rows = rows.filter(tax_code=filters.enterprise)
    if filters.since:
        rows = rows.filter(registered_at__gte=_midnight(filters.since))
    if filters.until:
        rows = rows.filter(registered_at__lt=_midnight(filters.until + timedelta(days=1)))
    if filters.assigned:
        rows = rows.filter(assigned_to={"none": "", "me": actor.reference}.get(filters.assigned, filters.assigned))
    if filters.late:
        rows = rows.filter(due_at__lt=at)
    if filters.perishable:
        rows = rows.filter(is_perishable=True)
    return _matching(rows, filters.text.strip())


def _midnight(on: date) -> datetime:
    """The beginning of a local day."""
    return timezone.make_aware(datetime.combine(on, time.min))


def _matching(rows: QuerySet[Declaration], text: str) -> QuerySet[Declaration]:
    """By number when it looks like one, else by words, without regard to diacritics or case."""
    if not text:
        return rows
    if text.isdigit() and len(text) >= 11:
        return rows.filter(number__startswith=text[:11])
    if text.isdigit():
        return rows.filter(Q(number__startswith=text) | Q(tax_code__startswith=text))
    expression = search_expression(text)
    if not expression:
        return rows.none()
    return rows.filter(search_copy__words=SearchQuery(expression, search_type="raw", config="simple"))


def count_by_channel(actor: Actor, *, since: datetime) -> dict[int, int]:
    """How many declarations of each channel since a moment, within the actor's scope."""
    rows = declarations_in_scope(actor).filter(registered_at__gte=since)
    found = dict(rows.values_list("channel").annotate(Count("id")))
    return {channel: found.get(channel, 0) for channel in (1, 2, 3)}


def drafts_of(owner_id: int) -> QuerySet[Draft]:
    """Unfinished declarations of a person, latest first."""
    return Draft.objects.filter(owner_id=owner_id, lodged_number="").order_by("-saved_at")


def draft_of(*, actor: Actor, draft_id: int) -> Draft:
    """A draft of this very person. Raises `NotFound` for another person's."""
    draft = Draft.objects.filter(id=draft_id, owner_id=actor.user_id).first()
    if draft is None:
        raise NotFound("draft")
    return draft


def due_in_scope(actor: Actor, *, since: datetime) -> Decimal:
    """Dong due on the declarations registered since a moment, within the actor's scope."""
    rows = declarations_in_scope(actor).filter(registered_at__gte=since)
    return rows.aggregate(sum=Sum("due_vnd"))["sum"] or Decimal(0)


def lines_of(number: str) -> QuerySet[Line]:
    """Stored lines of all versions of a declaration, in order."""
    return Line.objects.filter(declaration_id=key_of_number(number)).order_by("version", "number")


def _current(number: str) -> tuple[Declaration, Version]:
    declaration = Declaration.objects.filter(id=key_of_number(number)).first()
    if declaration is None:
        raise NotFound(number)
    return declaration, declaration.versions.get(version=declaration.version)


def _summary(row: Declaration) -> Summary:
    return Summary(**{name: getattr(row, name) for name in _SUMMARY})


def may_see_subject(actor: Actor, subject: str) -> bool:
    """Whether this person may see the declaration that a typed reference (`declaration:...`) names."""
    return declarations_in_scope(actor).filter(id=key_of_number(subject.partition(":")[2])).exists()
