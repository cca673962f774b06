"""Opening a verification, asking the trader, and the trader's answers.

Legal basis: Circular 33/2023/TT-BTC Art. 19: explanation, documents on the criterion; MFN while it lasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from django.db import IntegrityError, transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.models import Certificate, Verification, Verified
from thongquan.clearance.origin.operations.steps import needed_words, take
from thongquan.clearance.origin.operations.verifying_steps import happened, locked_case, take_case
from thongquan.clearance.origin.permissions import check_may
from thongquan.clearance.origin.queries import certificates_in_scope, paper_of
from thongquan.clearance.origin.queries.verification import carried_findings, open_case_of, unanswered
from thongquan.clearance.origin.queries.verification_values import case_number
from thongquan.clearance.origin.states import State, Step
from thongquan.clearance.origin.verification_states import CaseState, CaseStep
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.origin.verifying import Doubt
from thongquan.rules.text import storable

DOUBTFUL = frozenset({State.REGISTERED, State.ACCEPTED, State.DOUBTED})


def open_verification(
    *, actor: Actor, certificates: Sequence[int], words: str, at: datetime, carry: bool = True
) -> int:
    """Open a case on certificates in doubt; gives its identity. From now on they are doubted: MFN for new uses.

    `carry` takes over what the last check of each found (doubt, still to be proved, against it); `words` are a doubt of
    the officer's own. Raises `NotFound`, `NotAllowed`; `Refused` with every fault: TQ-ORI-054, -055, -091, -092.
    """
    with transaction.atomic():
        rows = _locked_certificates(actor, certificates)
        doubts = _doubts(rows, storable(words), carry=carry)
        faults = [*_faults_of(rows), *([] if doubts else [Fault(code=Code.TQ_ORI_055, path="words")])]
        if faults:
            raise Refused(faults)
        row = _made(rows, doubts, actor, at)
        for one in rows:
            if one.state != State.DOUBTED:
                take(one, Step.DOUBT, actor, at, words=case_number(row.pk))
        happened(row, CaseStep.OPEN, actor, at, words=words, data={"certificates": [one.pk for one in rows]})
        return row.pk


def _locked_certificates(actor: Actor, keys: Sequence[int]) -> list[Certificate]:
    wanted = sorted(set(keys))
    seen = set(certificates_in_scope(actor).filter(id__in=wanted).values_list("id", flat=True))
    if missing := [key for key in wanted if key not in seen] or not wanted:
        raise NotFound(str(missing))
    rows = list(Certificate.objects.select_for_update().filter(id__in=wanted).order_by("id"))
    for row in rows:
        check_may(actor, "origin.verify", office=row.office, tax_code=row.tax_code)
    return rows


def _faults_of(rows: list[Certificate]) -> Iterable[Fault]:
    first = rows[0]
    for row in rows:
        if State(row.state) not in DOUBTFUL:
            values = {"step": Step.DOUBT.value, "state": row.state}
            yield Fault(code=Code.TQ_ORI_054, path="certificates", value=row.number, values=values)
        if any(getattr(row, name) != getattr(first, name) for name in ("office", "tax_code", "agreement", "country")):
            yield Fault(code=Code.TQ_ORI_092, path="certificates", value=row.number)
        if fault := verified_already(row):
            yield fault


def verified_already(row: Certificate) -> Fault | None:
    """TQ-ORI-091 while the certificate is in an open case."""
    case = open_case_of(row.pk)
    values = {"case": case_number(case)} if case else {}
    return Fault(code=Code.TQ_ORI_091, path="certificates", value=row.number, values=values) if case else None


def _doubts(rows: list[Certificate], words: str, *, carry: bool) -> list[Doubt]:
    own = [Doubt(certificate=row.pk, words=words) for row in rows[:1] if words]
    if not carry:
        return own
    return own + [Doubt(certificate=row.pk, finding=one) for row in rows for one in carried_findings(row)]


def _made(rows: list[Certificate], doubts: list[Doubt], actor: Actor, at: datetime) -> Verification:
    first = rows[0]
    row = Verification.objects.create(
        office=first.office,
        tax_code=first.tax_code,
        trader_name=first.trader_name,
        agreement=first.agreement,
        country=first.country,
        issuer=paper_of(first).issuer[:300],
        exporter=first.exporter,
        why="doubt",
        doubts=msgspec.to_builtins(doubts),
        state=CaseState.OPENED,
        opened_at=at,
        opened_by=actor.reference,
    )
    try:
        with transaction.atomic():
            Verified.objects.bulk_create([Verified(verification=row, certificate=one) for one in rows])
    except IntegrityError:  # opened by somebody else at this very moment
        raise Refused([Fault(code=Code.TQ_ORI_091, path="certificates", value=first.number)]) from None
    return row


def ask_explanation(*, actor: Actor, verification: int, words: str, at: datetime) -> None:
    """Ask the trader to explain: five working days. Raises `NotFound`, `NotAllowed`, `Refused` (TQ-ORI-055, -090)."""
    _ask(actor, verification, CaseStep.EXPLAIN, words, at)


def ask_documents(*, actor: Actor, verification: int, words: str, at: datetime) -> None:
    """Ask the trader for documents on the criterion: ten days. Raises as `ask_explanation`."""
    _ask(actor, verification, CaseStep.DOCUMENTS, words, at)


def _ask(actor: Actor, verification: int, step: CaseStep, words: str, at: datetime) -> None:
    with transaction.atomic():
        row = locked_case(actor, verification, step)
        told = needed_words(words)
        asked = row.events.filter(step__in=[CaseStep.EXPLAIN, CaseStep.DOCUMENTS]).count() + 1
        take_case(row, step, actor, at, words=told, data={"about": asked})


def answer_question(*, actor: Actor, verification: int, question: int, words: str, at: datetime) -> None:
    """The trader answers what was asked, once each; papers go to the files of the case. A late answer is kept as late.

    Raises `NotFound` for a question that is none or was answered, `NotAllowed`, `Refused` (TQ-ORI-055, -090).
    """
    with transaction.atomic():
        row = locked_case(actor, verification, CaseStep.ANSWER)
        if question not in unanswered(row):
            raise NotFound(str(question))
        take_case(row, CaseStep.ANSWER, actor, at, words=needed_words(words), data={"about": question})


def write_note(*, actor: Actor, verification: int, words: str, at: datetime) -> None:
    """Keep a note for the office. Raises `NotFound`, `NotAllowed`, `Refused` (TQ-ORI-055)."""
    with transaction.atomic():
        row = locked_case(actor, verification, CaseStep.NOTE)
        take_case(row, CaseStep.NOTE, actor, at, words=needed_words(words))
