"""Letters to the issuing authority: written by an officer, signed by another, kept as files of the case.

Legal basis: Circular 33/2023/TT-BTC Art. 19 (request), 20 (on-site verification); form: Decree 30/2020/NĐ-CP.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor, name_of
from thongquan.base.attachments.operations.filing import attach, store_file
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.signatures.operations import seal_paper
from thongquan.clearance.origin.formats.letters import letter_pdf
from thongquan.clearance.origin.models import CaseLetter, Verification
from thongquan.clearance.origin.operations.steps import needed_words
from thongquan.clearance.origin.operations.verifying_steps import locked_case, take_case
from thongquan.clearance.origin.queries.verification import reference_of, terms_of_case
from thongquan.clearance.origin.queries.verification_files import letter_content
from thongquan.clearance.origin.queries.verification_values import letter_number
from thongquan.clearance.origin.verification_states import CaseState, CaseStep
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

STEP_OF = {"request": CaseStep.REQUEST, "reminder": CaseStep.REMIND, "visit": CaseStep.VISIT}
LENGTHS = {"request": "answer_days", "reminder": "answer_more_days", "visit": "consent_days"}
READS_CHINESE = frozenset({"CN", "HK", "MO", "TW"})
PAPER = "COO"
LONGEST = 300


def write_letter(
    *, actor: Actor, verification: int, kind: str, addressee: str, contact: str, at: datetime, words: str = ""
) -> int:
    """Write a letter (`request`, `reminder`, `visit`) to be signed by another person; gives its identity.

    In Vietnamese and English, and in Chinese where the authority reads it. Raises `NotFound`, `NotAllowed`; `Refused`
    with TQ-ORI-055 (addressee, contact), -090.
    """
    if kind not in STEP_OF:
        raise NotFound(kind)
    with transaction.atomic():
        row = locked_case(actor, verification, STEP_OF[kind])
        letter = CaseLetter.objects.create(
            verification=row,
            kind=kind,
            addressee=needed_words(addressee)[:LONGEST],
            contact=needed_words(contact)[:LONGEST],
            words=storable(words),
            languages=["vi", "en", *(["zh-hans"] if row.country in READS_CHINESE else [])],
            answer_by=_answer_by(row, kind, at),
            made_at=at,
            made_by=actor.reference,
        )
        take_case(row, STEP_OF[kind], actor, at, data={"letter": letter.pk})
        return letter.pk


def _answer_by(row: Verification, kind: str, at: datetime) -> date:
    """The day of the agreement's term, and never after the whole verification must end."""
    terms = terms_of_case(row)
    whole, term = terms.begin("origin_verification_days", row.opened_at), terms.begin(LENGTHS[kind], at)
    ends = [one.due_at for one in (whole, term) if one is not None]
    return timezone.localdate(min(ends)) if ends else timezone.localdate(at)


def sign_letter(*, actor: Actor, verification: int, letter: int, at: datetime) -> None:
    """Sign a letter: from now on it is sent, its clock runs, and it is a file of the case in each of its languages.

    Raises `NotFound` (also when it is signed), `NotAllowed`; `Refused` with TQ-ORI-090, -094.
    """
    with transaction.atomic():
        row = locked_case(actor, verification, CaseStep.SIGN)
        found = row.letters.filter(id=letter, signed_at=None).first()
        if found is None:
            raise NotFound(str(letter))
        if found.made_by == actor.reference:
            raise Refused([Fault(code=Code.TQ_ORI_094, path="actor", value=letter_number(found.pk, row.office))])
        found.signed_at, found.signed_by = at, actor.reference
        _file(actor, row, found, at)
        found.save(update_fields=["signed_at", "signed_by", "papers", "sealed"])
        take_case(row, CaseStep.SIGN, actor, at, data={"letter": found.pk, "kind": found.kind})


def _file(actor: Actor, row: Verification, letter: CaseLetter, at: datetime) -> None:
    """Each language becomes a file, signed with the key of the office where it has one."""
    number, signer = letter_number(letter.pk, row.office), name_of(actor.reference)
    for language in letter.languages:
        name = f"{letter.kind}-{letter.pk}-{language}.pdf"
        bare = letter_pdf(letter_content(row, letter), language)
        content, seal = seal_paper(office=row.office, content=bare, signer=signer, reason=number, at=at)
        letter.sealed = seal is not None
        kept = store_file(actor=actor, owner=f"office:{row.office}", name=name, content=content, at=at)
        letter.papers[language] = kept.id
        attach(actor=actor, file_id=kept.id, subject=reference_of(row), kind=PAPER, at=at, audience="customs")


def record_consent(*, actor: Actor, verification: int, consents: bool, words: str, at: datetime) -> None:
    """Record whether the authority consents to a visit that was proposed and not answered yet.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-ORI-055, -090 (nothing proposed).
    """
    with transaction.atomic():
        row = locked_case(actor, verification, CaseStep.CONSENT)
        proposed = row.letters.filter(kind="visit").exclude(signed_at=None).count()
        if proposed <= row.events.filter(step=CaseStep.CONSENT).count():
            raise NotFound("visit")
        take_case(row, CaseStep.CONSENT, actor, at, words=needed_words(words), data={"consents": consents})


def is_sent(row: Verification) -> bool:
    """Whether a signed request went out."""
    return row.state != CaseState.OPENED and row.letters.filter(kind="request").exclude(signed_at=None).exists()
