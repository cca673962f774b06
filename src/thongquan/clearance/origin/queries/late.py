"""A registered certificate as one that is filed after lodging is looked up: by its number and its trader."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
from django.utils import timezone

from thongquan.clearance.origin.models import Certificate, Check
from thongquan.clearance.origin.queries.files import paper_of
from thongquan.clearance.origin.states import State, Step
from thongquan.clearance.tariff.queries.origins import agreements_on
from thongquan.rules.codes import Code
from thongquan.rules.document import Line
from thongquan.rules.origin.certificate import Paper
from thongquan.rules.origin.checks import pairs_of
from thongquan.rules.origin.declared import Declared, declared_line
from thongquan.rules.origin.findings import OriginFinding
from thongquan.rules.origin.numbers import folded_number


class LateCertificate(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate with what filing asks of it; `accepted_by` is the officer who accepted it last, '' for none.

    `schedule` is the tariff schedule of its agreement, '' where the law in hand names none.
    """

    id: int
    number: str
    agreement: str
    schedule: str
    form: str
    issued_on: date | None
    state: str
    accepted_by: str
    paper: Paper

    def stands_for(self, line: Line | None) -> bool:
        """Whether it has a line for these goods."""
        if line is None:
            return False
        declared = Declared(on=date.min, lines=(declared_line(line),))
        return any(pair.item is not None for pair in pairs_of(self.paper, declared))


def certificate_named(number: str, *, tax_code: str) -> LateCertificate | None:
    """The live certificate of a trader with this number, however it is written; None when there is none."""
    folded = folded_number(number)
    rows = Certificate.objects.filter(folded=folded, tax_code=tax_code).exclude(state=State.WITHDRAWN)
    row = rows.order_by("-id").first() if folded else None
    return _late(row) if row is not None else None


def certificate_by_id(certificate: int) -> LateCertificate | None:
    """The same by its identity, for handlers of messages, which act for nobody."""
    row = Certificate.objects.filter(id=certificate).first()
    return _late(row) if row is not None else None


class AskedProof(msgspec.Struct, frozen=True, kw_only=True):
    """What the last check against a declaration asks proof of: its lines, from the moment of that check."""

    subject: str
    lines: tuple[int, ...]
    at: datetime


def proofs_asked(certificate: int) -> list[AskedProof]:
    """Declarations whose last check by this certificate asks for the proof of another code's criterion (Art. 16)."""
    rows = Check.objects.filter(certificate_id=certificate).exclude(subject="")
    found = [
        AskedProof(subject=row.subject, lines=_lines_to_prove(row), at=row.at)
        for row in rows.order_by("subject", "-id").distinct("subject")
    ]
    return [one for one in found if one.lines]


def _lines_to_prove(row: Check) -> tuple[int, ...]:
    findings = msgspec.convert(row.findings, tuple[OriginFinding, ...])
    return tuple(sorted({one.line for one in findings if one.code == Code.TQ_ORI_041 and one.line is not None}))


def certificates_of_trader(tax_code: str, *, most: int = 50) -> list[tuple[str, str]]:
    """Number and agreement of the live certificates of a trader, newest first. The caller has checked the scope."""
    rows = Certificate.objects.filter(tax_code=tax_code, state__in=(State.REGISTERED, State.ACCEPTED))
    return list(rows.order_by("-id").values_list("number", "agreement")[:most])


def _late(row: Certificate) -> LateCertificate:
    accepted = row.events.filter(step=Step.ACCEPT).order_by("-id").values_list("actor", flat=True).first()
    on = timezone.localdate(row.registered_at)
    schedule = next((one.schedule for one in agreements_on(on) if one.code == row.agreement), "")
    return LateCertificate(
        id=row.pk,
        number=row.number,
        agreement=row.agreement,
        schedule=schedule,
        form=row.form,
        issued_on=row.issued_on,
        state=row.state,
        accepted_by=accepted or "",
        paper=paper_of(row),
    )
