"""Cases of verification as those in them may read them: officers all of it, traders what was asked of them and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.attachments.queries import content_of
from thongquan.base.core.errors import NotFound
from thongquan.base.signatures.queries import paper_signings
from thongquan.clearance.origin.models import CaseEvent, CaseLetter, Certificate, Verification, Verified
from thongquan.clearance.origin.permissions import may
from thongquan.clearance.origin.queries.files import OFFICERS_ONLY, certificates_in_scope
from thongquan.clearance.origin.queries.verification import (
    ASKED,
    doubts_of,
    side_of,
    steps_of,
    subjects_of_case,
    terms_of_case,
    verifications_in_scope,
)
from thongquan.clearance.origin.queries.verification_values import (
    AuthorityLetter,
    CaseClock,
    FollowedFrom,
    LetterContent,
    OfCase,
    SignedLetter,
    TraderQuestion,
    VerificationFile,
    VerificationRow,
    VerificationStep,
    letter_number,
)
from thongquan.clearance.origin.states import State
from thongquan.clearance.origin.verification_states import CaseStep
from thongquan.rules.origin.verifying import Doubt, Side, VerificationClock, clock_that_matters, clocks_of
from thongquan.rules.terms import Terms, left_of

_TOLD_TO_TRADERS = ("open", "explain", "documents", "answer", "close")


def verifications(
    *, actor: Actor, at: datetime, state: str = "", text: str = "", offset: int = 0, limit: int = 50
) -> tuple[list[VerificationRow], bool]:
    """Cases in the actor's scope, newest first, and whether there are more; narrowed by state, or by words of the
    exporter, issuer, trader or the number of a certificate. Three reads however many rows."""
    rows = verifications_in_scope(actor).order_by("-id").prefetch_related("certificates__certificate", "events")
    if state:
        rows = rows.filter(state=state)
    if text:
        words = Q(exporter__icontains=text) | Q(issuer__icontains=text) | Q(trader_name__icontains=text)
        rows = rows.filter(words | Q(certificates__certificate__number__icontains=text)).distinct()
    found = list(rows[offset : offset + limit + 1])
    return [_row(one, side_of(actor), at) for one in found[:limit]], len(found) > limit


def verification_file(*, actor: Actor, verification: int, at: datetime) -> VerificationFile:
    """A case. Raises `NotFound` also for those who may not see it. Traders read neither letters, notes nor names."""
    row = verifications_in_scope(actor).filter(id=verification).prefetch_related("certificates__certificate").first()
    if row is None:
        raise NotFound(str(verification))
    works = may(actor, "origin.see", office=row.office, tax_code=row.tax_code)
    events = list(row.events.order_by("id"))
    terms = terms_of_case(row)
    clocks = tuple(_clocked(one, terms, at) for one in clocks_of(steps_of(events), terms))
    return VerificationFile(
        row=_row(row, "customs" if works else "trader", at),
        certificates=tuple(_certificate(one) for one in row.certificates.all()),
        doubts=tuple(one for one in doubts_of(row) if works or _is_told(one)),
        questions=tuple(_questions(events, clocks)),
        letters=tuple(_letter(one, row) for one in row.letters.order_by("id")) if works else (),
        clocks=clocks if works else tuple(one for one in clocks if one.clock.for_whom == "trader"),
        uses=tuple(sorted(subjects_of_case(row, None))),
        followed=tuple(
            FollowedFrom(subject=one.subject, what=one.what, at=one.at, details=one.details if works else {})
            for one in row.consequences.order_by("id")
        ),
        events=tuple(_happened(one, works=works) for one in reversed(events) if works or one.step in _TOLD_TO_TRADERS),
        works=works,
    )


def letter_content(row: Verification, letter: CaseLetter) -> LetterContent:
    """What a letter says: of the day it was signed, as a draft of the day it was written."""
    return LetterContent(
        number=letter_number(letter.pk, row.office),
        kind=letter.kind,
        office=row.office,
        addressee=letter.addressee,
        contact=letter.contact,
        words=letter.words,
        agreement=row.agreement,
        country=row.country,
        exporter=row.exporter,
        answer_by=letter.answer_by,
        on=timezone.localdate(letter.signed_at or letter.made_at),
        signed_by=letter.signed_by,
        certificates=tuple(
            (one.certificate.number, one.certificate.form, one.certificate.issued_on)
            for one in row.certificates.select_related("certificate").order_by("id")
        ),
        doubts=doubts_of(row),
    )


def letter_for(*, actor: Actor, verification: int, letter: int, language: str) -> LetterContent:
    """A letter for an officer of the office. Raises `NotFound` for all others, and for a language it is not in."""
    row, found = _letter_row(actor, verification, letter)
    if language not in found.languages:
        raise NotFound(str(letter))
    return letter_content(row, found)


def letter_paper(*, actor: Actor, verification: int, letter: int, language: str) -> bytes | None:
    """A signed letter as it went out, byte for byte; None for a draft. Raises `NotFound` as `letter_for`."""
    key = _letter_row(actor, verification, letter)[1].papers.get(language)
    return content_of(key)[1] if key else None


def signed_letter(*, actor: Actor, verification: int, letter: int, at: datetime) -> SignedLetter:
    """A signed letter with the signatures of its papers as they hold now. Raises `NotFound`, also for a draft."""
    row, found = _letter_row(actor, verification, letter)
    if not found.papers:
        raise NotFound(str(letter))
    papers = (
        (one, tuple(paper_signings(content_of(key)[1], at)))
        for one in found.languages
        if (key := found.papers.get(one))
    )
    return SignedLetter(letter=_letter(found, row), papers=tuple(papers))


def _letter_row(actor: Actor, verification: int, letter: int) -> tuple[Verification, CaseLetter]:
    row = verifications_in_scope(actor).filter(id=verification).first()
    works = row is not None and may(actor, "origin.see", office=row.office, tax_code=row.tax_code)
    found = row.letters.filter(id=letter).first() if row is not None and works else None
    if row is None or found is None:
        raise NotFound(str(letter))
    return row, found


def beside(*, actor: Actor, certificate: int, limit: int = 12) -> list[tuple[int, str]]:
    """A certificate and others that may come into the same case, with their numbers: the newest of the same trader,
    office, agreement and country that nobody verifies. Raises `NotFound`."""
    row = certificates_in_scope(actor).filter(id=certificate).first()
    if row is None:
        raise NotFound(str(certificate))
    others = Certificate.objects.filter(
        office=row.office,
        tax_code=row.tax_code,
        agreement=row.agreement,
        country=row.country,
        state__in=[State.REGISTERED, State.ACCEPTED, State.DOUBTED],
    ).exclude(verifications__is_open=True)
    newest = others.exclude(id=row.pk).order_by("-id").values_list("id", "number")[:limit]
    return [(row.pk, row.number), *newest]


def _is_told(doubt: Doubt) -> bool:
    return doubt.finding is not None and doubt.finding.code not in OFFICERS_ONLY


def _row(row: Verification, side: Side, at: datetime) -> VerificationRow:
    terms = terms_of_case(row)
    events = sorted(row.events.all(), key=lambda one: one.pk)
    clock = clock_that_matters(clocks_of(steps_of(events), terms), side)
    known = {name: getattr(row, name) for name in VerificationRow.__struct_fields__ if name not in ("numbers", "clock")}
    return VerificationRow(
        **known,
        numbers=tuple(one.certificate.number for one in row.certificates.all()),
        clock=_clocked(clock, terms, at) if clock else None,
    )


def _clocked(clock: VerificationClock, terms: Terms, at: datetime) -> CaseClock:
    left = left_of(clock.due_at, clock.stopped_at or at, terms.calendar if clock.working else None)
    return CaseClock(clock=clock, left=left)


def _certificate(link: Verified) -> OfCase:
    row = link.certificate
    return OfCase(
        id=row.pk,
        number=row.number,
        form=row.form,
        issued_on=row.issued_on,
        state=row.state,
        lines=tuple(sorted(one["number"] for one in row.content["lines"])),
        refused=tuple(link.refused),
    )


def _questions(events: list[CaseEvent], clocks: Iterable[CaseClock]) -> Iterable[TraderQuestion]:
    answers = {one.data["about"]: one for one in events if one.step == CaseStep.ANSWER}
    due = {one.clock.about: one for one in clocks if one.clock.about}
    for one in events:
        if one.step in ASKED:
            number = one.data["about"]
            answer = answers.get(number)
            yield TraderQuestion(
                number=number,
                kind=one.step,
                words=one.words,
                asked_at=one.at,
                answer=answer.words if answer else "",
                answered_at=answer.at if answer else None,
                clock=due.get(number),
            )


def _letter(row: CaseLetter, case: Verification) -> AuthorityLetter:
    names = [name for name in AuthorityLetter.__struct_fields__ if name not in ("number", "languages")]
    known = {name: getattr(row, name) for name in names}
    return AuthorityLetter(**known, number=letter_number(row.pk, case.office), languages=tuple(row.languages))


def _happened(event: CaseEvent, *, works: bool) -> VerificationStep:
    return VerificationStep(
        step=event.step,
        at=event.at,
        actor=event.actor if works else "",
        words=event.words if works or event.step in ("explain", "documents", "answer") else "",
        data=event.data,
    )
