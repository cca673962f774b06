"""Cases of verification: who may see them, the law and clocks they run by, who used their certificates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec
from django.db.models import Q, QuerySet
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.origin.models import CaseEvent, Certificate, Consequence, Use, Verification, Verified
from thongquan.clearance.origin.permissions import may, offices_for, own_enterprises
from thongquan.clearance.origin.verification_states import CaseState, CaseStep
from thongquan.clearance.tariff.queries import current_law
from thongquan.clearance.tariff.queries.calendars import calendar_of
from thongquan.clearance.tariff.queries.origins import origin_law_on
from thongquan.rules.law import Parameter
from thongquan.rules.origin.findings import OriginFinding
from thongquan.rules.origin.verifying import Doubt, Side, Step, VerificationClock, clocks_of
from thongquan.rules.terms import Terms

CARRIED = ("doubt", "pending", "refuse")
ASKED = (CaseStep.EXPLAIN, CaseStep.DOCUMENTS)


def reference_of(row: Verification) -> str:
    """The typed reference of a case."""
    return f"verification:{row.pk}"


def verifications_in_scope(actor: Actor) -> QuerySet[Verification]:
    """Cases of the actor's offices and enterprises."""
    own = Q(tax_code__in=own_enterprises(actor))
    return Verification.objects.filter(own | Q(office__in=offices_for(actor, "origin.see")))


def open_case_of(certificate: int) -> int | None:
    """The open case a certificate is in."""
    rows = Verified.objects.filter(certificate_id=certificate, is_open=True)
    return rows.values_list("verification_id", flat=True).first()


def cases_of_certificate(actor: Actor, certificate: int) -> list[int]:
    """The cases a certificate was or is in, as far as the actor may read them."""
    rows = verifications_in_scope(actor).filter(certificates__certificate_id=certificate)
    return list(rows.order_by("id").values_list("id", flat=True))


def carried_findings(row: Certificate) -> tuple[OriginFinding, ...]:
    """What the last check of a certificate found that a verification is about."""
    last = row.checks.order_by("-id").first()
    found = msgspec.convert(last.findings, tuple[OriginFinding, ...]) if last else ()
    return tuple(one for one in found if one.grade in CARRIED)


def unanswered(row: Verification) -> set[int]:
    """The numbers of questions to the trader that wait for an answer."""
    asked = set(row.events.filter(step__in=ASKED).values_list("data__about", flat=True))
    return asked - set(row.events.filter(step=CaseStep.ANSWER).values_list("data__about", flat=True))


def report_is_due(row: Verification) -> bool:
    """Whether a report to headquarters was started and not made yet."""
    last = row.events.filter(step__in=[CaseStep.REPORT_DUE, CaseStep.REPORT]).order_by("-id").first()
    return last is not None and last.step == CaseStep.REPORT_DUE


def terms_of_case(row: Verification) -> Terms:
    """The terms of the law as they run for a case: parameters, and the terms of its agreement beside them."""

    def parameter(name: str, on: date) -> Parameter | None:
        found = current_law().parameter(name, on)
        term = None if found else origin_law_on(row.agreement, "", on).terms.get(name)
        if term is None:
            return found
        return Parameter(
            value=f"{term.value.normalize():f}",
            unit=term.unit,
            valid_from=on,
            source=term.source,
            verified=term.verified,
        )

    return Terms(calendar_of(row.office, around=timezone.localdate(row.opened_at)), parameter)


def clocks_of_case(row: Verification) -> tuple[VerificationClock, ...]:
    """The clocks of a case, derived from its events."""
    return clocks_of(steps_of(row.events.order_by("id")), terms_of_case(row))


def steps_of(events: Iterable[CaseEvent]) -> list[Step]:
    """Events as clocks read them."""
    return [_step(one) for one in events]


def _step(event: CaseEvent) -> Step:
    """An event as clocks read it: a signature by what was signed; a case that was not accepted asks for a change."""
    name = f"sign_{event.data['kind']}" if event.step == CaseStep.SIGN else event.step
    outcome = event.data.get("outcome", "")
    told = "refused" if outcome == "partly" else outcome
    return Step(name=name, at=event.at, about=event.data.get("about", 0), outcome=told)


def side_of(actor: Actor) -> Side:
    """Whose clocks come first for this person."""
    return "customs" if offices_for(actor, "origin.see") else "trader"


def count_open(actor: Actor) -> int:
    """Cases of the actor's offices that are not closed."""
    offices = offices_for(actor, "origin.verify")
    return Verification.objects.filter(office__in=offices).exclude(state=CaseState.CLOSED).count() if offices else 0


def may_see_verification(actor: Actor, subject: str) -> bool:
    """Whether the actor may read the case that a typed reference (`verification:12`) names."""
    key = subject.partition(":")[2]
    known = key.isascii() and key.isdecimal() and len(key) < 19 and key == str(int(key))
    return known and verifications_in_scope(actor).filter(id=int(key)).exists()


def may_file_for(actor: Actor, subject: str) -> str:
    """The owner under which the actor's files come to an open case: the enterprise or the office; '' for others."""
    if not may_see_verification(actor, subject):
        return ""
    row = Verification.objects.get(id=int(subject.partition(":")[2]))
    if row.state == CaseState.CLOSED:
        return ""
    if may(actor, "origin.answer", office=row.office, tax_code=row.tax_code):
        return f"enterprise:{row.tax_code}"
    verifies = may(actor, "origin.verify", office=row.office, tax_code=row.tax_code)
    signs = may(actor, "origin.sign", office=row.office, tax_code=row.tax_code)
    return f"office:{row.office}" if verifies or signs else ""


def doubts_of(row: Verification) -> tuple[Doubt, ...]:
    """Why the certificates of a case are verified."""
    return msgspec.convert(row.doubts, tuple[Doubt, ...])


def consequences_of(verification: int) -> frozenset[str]:
    """The subjects for which it is written what followed from a case."""
    return frozenset(Consequence.objects.filter(verification=verification).values_list("subject", flat=True))


def amendment_day(*, office: str, on: date) -> date | None:
    """The last day on which a declarant amends after a refusal told on a day; None where the law gives none."""
    term = origin_law_on("", "", on).terms.get("amendment_days")
    return calendar_of(office, around=on).add_working_days(on, int(term.value)) if term else None


def subjects_of_case(row: Verification, lines: Mapping[int, Sequence[int]] | None) -> dict[str, dict[str, list[int]]]:
    """Who uses the certificates of a case: by subject and number of certificate the lines of the subject.

    With `lines` only those that use the named lines of a certificate are in it; the others stand with no line.
    """
    uses = Use.objects.filter(item__certificate__verifications__verification=row, given_back_at=None)
    found: dict[str, dict[str, list[int]]] = {}
    for one in uses.select_related("item__certificate").order_by("subject", "line"):
        item = one.item
        mine = found.setdefault(one.subject, {}).setdefault(item.certificate.number, [])
        if lines is None or item.number in lines.get(item.certificate_id, ()):
            mine.append(one.line)
    return found
