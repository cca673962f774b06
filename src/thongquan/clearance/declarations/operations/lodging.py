"""Lodging a declaration: one decision, one statement, one transaction.

Legal basis: Customs Law 54/2014/QH13 Art. 29-30; Circular 38/2015/TT-BTC Art. 18-19 as amended.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime

import msgspec
from django.db import IntegrityError, connection, transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import Conflict
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.admission import in_its_lane
from thongquan.clearance.declarations.models import Declaration
from thongquan.clearance.declarations.numbers import next_key
from thongquan.clearance.declarations.operations.judging import fingerprint_of, gather_facts, with_certificates_now
from thongquan.clearance.declarations.operations.late_proofs import awaits_any, keep_awaited
from thongquan.clearance.declarations.operations.writing import Lodgement, write_lodgement
from thongquan.clearance.declarations.permissions import check_may_lodge
from thongquan.clearance.declarations.queries import KeyUse, key_use, lodged_decision, numbers_with_fingerprint
from thongquan.clearance.declarations.states import State
from thongquan.clearance.revenue.operations.exemption_uses import names_a_list, use_exemptions
from thongquan.clearance.risk.scoring.lodging import selected
from thongquan.rules.clearance import decide, redacted
from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision, Fault
from thongquan.rules.document import Document
from thongquan.rules.encoding import encoded
from thongquan.rules.facts import Duplicate, Facts

TRIES = 5
"""How often a lodgement is judged anew because a certificate it uses changed in this very moment."""
SOURCES = frozenset({"api", "form", "excel", "wco", "cli", "sample", "practice"})


class Lodged(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to a lodgement: the number, the state, and the decision as the declarant may read it."""

    number: str
    state: str
    registered_at: datetime
    decision: Decision
    repeated: bool = False


@in_its_lane
def lodge_declaration(
    *,
    actor: Actor,
    document: Document,
    at: datetime,
    source: str,
    idempotency_key: str = "",
    key: int | None = None,
    left_out: frozenset[str] = frozenset(),
) -> Lodged:
    """Judge a document and, when it is accepted, store declaration, decision, liability, ledger and outbox together.

    Raises `NotAllowed`; `Refused` with every fault (nothing is stored); `Conflict` when the idempotency key was used
    with another body. The same key with the same body gives the first answer again. `key` is that of a number
    reserved before (`preregistering`); `left_out` are the fields an incomplete declaration leaves out (`incomplete`).
    """
    check_may_lodge(actor, document.trader.tax_code if document.trader else None)
    body = encoded(document)
    digest = hashlib.sha256(body).digest()
    if idempotency_key and (used := key_use(owner=actor.reference, key=idempotency_key)):
        return _first_answer(used, digest)
    fingerprint = fingerprint_of(document)
    facts = gather_facts(document, fingerprint=fingerprint, at=at, look_for_duplicates=False, left_out=left_out)
    decision = decide(facts)
    if not decision.accepted:
        raise Refused(_all_faults(facts, fingerprint))
    facts, decision = selected(facts, decision)
    lodgement = Lodgement(
        key=next_key(document.flow) if key is None else key,
        facts=facts,
        decision=decision,
        document=body,
        fingerprint=fingerprint,
        actor=actor.reference,
        source=source,
        idempotency=(idempotency_key, digest) if idempotency_key else None,
    )
    return _stored(lodgement, actor)


def _all_faults(facts: Facts, fingerprint: bytes) -> tuple[Fault, ...]:
    """Every fault, with that of goods declared before, which an accepted lodgement leaves to the database."""
    earlier = tuple(Duplicate(number=number) for number in numbers_with_fingerprint(fingerprint))
    return decide(msgspec.structs.replace(facts, duplicates=earlier)).faults


def _stored(lodgement: Lodgement, actor: Actor, tries: int = TRIES) -> Lodged:
    try:
        _write(lodgement)
    except IntegrityError:
        return _someone_was_faster(lodgement, actor, tries)
    return Lodged(
        number=lodgement.number,
        state=State.CHANNELED,
        registered_at=lodgement.facts.at,
        decision=redacted(lodgement.decision, "declarant", lodged=True),
    )


def _write(lodgement: Lodgement) -> None:
    """Write it; a document that uses exemption lists writes them down in the same transaction, or is refused whole.

    Inside a transaction of the caller it has a savepoint, so that a refusal by the database can be told.
    """
    document, law = lodgement.facts.document, lodgement.facts.law
    uses_lists, awaits = names_a_list(document), awaits_any(document, lodgement.decision)
    if not uses_lists and not awaits and not connection.in_atomic_block:
        write_lodgement(lodgement)
        return
    with transaction.atomic():
        write_lodgement(lodgement)
        if uses_lists:
            _use_lists(lodgement, document, law.on)
        if awaits:
            lodged = Declaration(
                id=lodgement.key,
                office=document.office or "",
                tax_code=(document.trader and document.trader.tax_code) or "",
                lodged_by=lodgement.actor,
                registered_at=lodgement.facts.at,
            )
            keep_awaited(lodged, document, lodgement.decision, at=lodgement.facts.at)


def _use_lists(lodgement: Lodgement, document: Document, on: date) -> None:
    faults = use_exemptions(subject=lodgement.subject, document=document, on=on, at=lodgement.facts.at)
    if faults:
        raise Refused(faults)


def _someone_was_faster(lodgement: Lodgement, actor: Actor, tries: int) -> Lodged:
    """The same request or the same goods were stored, or certificates used, between our look and our write."""
    if lodgement.idempotency:
        key, digest = lodgement.idempotency
        if used := key_use(owner=actor.reference, key=key):
            return _first_answer(used, digest)
    facts = lodgement.facts
    if facts.certificates:
        facts = with_certificates_now(facts)
    faults = _all_faults(facts, lodgement.fingerprint)
    if any(fault.severity == "error" for fault in faults):
        raise Refused(faults) from None
    if not (facts.certificates and tries):
        raise
    return _stored(msgspec.structs.replace(lodgement, facts=facts, decision=decide(facts)), actor, tries - 1)


def _first_answer(used: KeyUse, digest: bytes) -> Lodged:
    if used.digest != digest:
        raise Conflict(used.number, code=Code.TQ_API_001)
    stored = lodged_decision(used.number)
    return Lodged(
        number=used.number,
        state=stored.state,
        registered_at=stored.registered_at,
        decision=redacted(stored.decision, "declarant", lodged=True),
        repeated=True,
    )
