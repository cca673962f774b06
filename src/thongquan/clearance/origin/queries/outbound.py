"""Applications for export certificates as their enterprises and, once handed over, the officers of their office read
them; and what anybody may learn who holds the paper."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.secrets import secret
from thongquan.clearance.origin.models import Outbound
from thongquan.clearance.origin.outbound_states import PUBLIC, OutboundState
from thongquan.clearance.origin.permissions import may, offices_for, own_enterprises
from thongquan.clearance.tariff.queries.origins import origin_law_on
from thongquan.rules.decision import Fault
from thongquan.rules.money import ZERO, exact
from thongquan.rules.origin.law import OriginLaw
from thongquan.rules.origin.numbers import folded_number
from thongquan.rules.origin.outbound import Application, LineOrigin, examine, judge
from thongquan.rules.origin.outbound.marks import Mark, marks_of

SECRET_NAME = "origin-check.key"  # noqa: S105  (the name of a file, not its content)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which people take for others."""
ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})
LENGTH, HALF = 10, 5
ENDED = (OutboundState.REFUSED, OutboundState.REPLACED, OutboundState.CANCELLED)


class OutboundRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list."""

    id: int
    reference: str
    agreement: str
    form: str
    tax_code: str
    trader_name: str
    office: str
    state: str
    issued_number: str
    issued_on: date | None
    made_at: datetime
    handed_at: datetime | None


class OutboundHappened(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the story."""

    step: str
    at: datetime
    actor: str
    words: str


class OutboundFile(msgspec.Struct, frozen=True, kw_only=True):
    """An application with what it comes to under the law of its day.

    `prepares` tells that the reader may change it; `code` proves the paper and is only its enterprise's to hand on.
    """

    row: OutboundRow
    application: Application
    edition: int
    issuer: str
    judged: tuple[LineOrigin, ...]
    faults: tuple[Fault, ...]
    marks: tuple[Mark, ...]
    events: tuple[OutboundHappened, ...]
    replaces: str
    code: str
    prepares: bool


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """An application judged without being kept."""

    judged: tuple[LineOrigin, ...]
    faults: tuple[Fault, ...]


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What a counterpart may know of a certificate: no name, no goods, no value."""

    state: str
    agreement: str
    form: str
    number: str
    issued_on: date | None
    gross_weight_kg: Decimal
    lines: int


def outbound_in_scope(actor: Actor) -> QuerySet[Outbound]:
    """Applications of the actor's enterprises, and those handed over for an export at the actor's offices."""
    own = Q(tax_code__in=own_enterprises(actor))
    offices = Q(office__in=offices_for(actor, "origin.see")) & ~Q(office="") & ~Q(handed_at=None)
    return Outbound.objects.filter(own | offices)


def outbound_row(actor: Actor, outbound: int) -> Outbound:
    """The row. Raises `NotFound` outside the actor's scope."""
    row = outbound_in_scope(actor).filter(id=outbound).first()
    if row is None:
        raise NotFound(str(outbound))
    return row


def outbound_file(*, actor: Actor, outbound: int, at: datetime) -> OutboundFile:
    """An application with its derivation, marks and story. Raises `NotFound` outside the actor's scope."""
    row = outbound_row(actor, outbound)
    application, law = application_of(row), law_of(row, at)
    judged = judge(application.lines, law)
    prepares = may(actor, "origin.prepare", office="", tax_code=row.tax_code)
    return OutboundFile(
        row=_row(row),
        application=application,
        edition=row.edition,
        issuer=row.issuer,
        judged=judged,
        faults=examine(application, law, judged, day_of(row, at)),
        marks=marks_of(application, law, day_of(row, at)),
        events=tuple(
            OutboundHappened(step=one.step, at=one.at, actor=one.actor, words=one.words if prepares else "")
            for one in row.events.order_by("-id")
        ),
        replaces=row.replaces.issued_number if row.replaces else "",
        code=check_code(row.reference) if prepares and row.handed_at else "",
        prepares=prepares,
    )


def outbound_list(
    *, actor: Actor, state: str = "", number: str = "", offset: int = 0, limit: int = 50
) -> tuple[list[OutboundRow], bool]:
    """Applications in the actor's scope, newest first, and whether there are more."""
    rows = outbound_in_scope(actor).order_by("-id")
    if state:
        rows = rows.filter(state=state)
    if folded := folded_number(number):
        rows = rows.filter(Q(issued_folded=folded) | Q(reference__iexact=number.strip()))
    found = list(rows[offset : offset + limit + 1])
    return [_row(row) for row in found[:limit]], len(found) > limit


def examined_application(application: Application, at: datetime) -> Examined:
    """What an application would come to today; nothing is kept."""
    on = localdate(at)
    law = origin_law_on(application.agreement, application.form, on)
    judged = judge(application.lines, law)
    return Examined(judged=judged, faults=examine(application, law, judged, on))


def application_of(row: Outbound) -> Application:
    """The application as kept."""
    return msgspec.convert(row.content, Application)


def day_of(row: Outbound, at: datetime) -> date:
    """The day whose law holds: that of issue, else of handing over, else today."""
    return row.issued_on or localdate(row.handed_at or at)


def law_of(row: Outbound, at: datetime) -> OriginLaw:
    """The law of origin an application stands under."""
    return origin_law_on(row.agreement, row.form, day_of(row, at))


def subject_of_outbound(row: Outbound) -> str:
    """The typed reference of an application."""
    return f"outbound:{row.pk}"


def may_see_outbound(actor: Actor, subject: str) -> bool:
    """Whether the actor may read this application, and so have the proof of its events."""
    key = subject.partition(":")[2]
    known = key.isascii() and key.isdecimal() and len(key) < 19
    return known and outbound_in_scope(actor).filter(id=int(key)).exists()


def application_for_export(declaration: str) -> int | None:
    """The application of an export declaration that still counts, the newest where there are several."""
    rows = Outbound.objects.filter(content__declaration=declaration).exclude(state__in=ENDED)
    return rows.order_by("-id").values_list("id", flat=True).first()


def exports_with_application(declarations: Sequence[str]) -> set[str]:
    """Those of these export declarations that have an application which still counts."""
    rows = Outbound.objects.filter(content__declaration__in=list(declarations)).exclude(state__in=ENDED)
    return set(rows.values_list("content__declaration", flat=True))


def check_code(reference: str) -> str:
    """The code that proves a paper, computed with a secret of this installation: `7K3QW-8MZ2R` (50 bits)."""
    digest = hmac.digest(secret(SECRET_NAME), f"outbound:{reference}".encode(), hashlib.sha256)
    bits = int.from_bytes(digest[:8], "big")
    text = "".join(LETTERS[bits >> (5 * place) & 31] for place in range(LENGTH))
    return f"{text[:HALF]}-{text[HALF:]}"


def checked_certificate(*, number: str, code: str) -> Checked | None:
    """What anybody may learn who holds number (the issuer's or our reference) and code; None when they do not fit.

    Wrong number and wrong code are answered alike. An application that was never issued is nobody else's business.
    """
    folded = folded_number(number)
    rows = Outbound.objects.filter(Q(issued_folded=folded) | Q(reference__iexact=number.strip())) if folded else []
    given = "".join(code.upper().split()).replace("-", "").translate(ALIKE)
    for row in rows:
        wanted = check_code(row.reference).replace("-", "")
        if hmac.compare_digest(given.encode(), wanted.encode()) and row.issued_number:
            return _checked(row) if OutboundState(row.state) in PUBLIC else None
    return None


def _checked(row: Outbound) -> Checked:
    lines = application_of(row).lines
    with exact():
        weight = sum((line.gross_weight_kg or ZERO for line in lines), ZERO)
    return Checked(
        state=row.state,
        agreement=row.agreement,
        form=row.form,
        number=row.issued_number,
        issued_on=row.issued_on,
        gross_weight_kg=weight,
        lines=len(lines),
    )


def _row(row: Outbound) -> OutboundRow:
    return OutboundRow(**{name: getattr(row, name) for name in OutboundRow.__struct_fields__})
