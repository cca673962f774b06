"""A new version of a lodged declaration: judged by the law of the day of registration, kept whole beside the others.

Legal basis: Circular 38/2015/TT-BTC Art. 20 as amended; Law 107/2016/QH13 Art. 8 (rates at registration); VNACCS (the
last digit of the number counts amendments, nine at most; some fields name the declaration and are not amended).
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import msgspec
from django.db import IntegrityError, transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.changes import Change, changes_between
from thongquan.clearance.declarations.models import Declaration, Line, Version
from thongquan.clearance.declarations.numbers import MOST_AMENDMENTS, number_of, subject_of
from thongquan.clearance.declarations.operations.judging import LOCAL, gather_facts, with_certificates_now
from thongquan.clearance.declarations.operations.late_proofs import (
    codes_changed,
    keep_awaited,
    keep_redetermined,
    with_filed,
)
from thongquan.clearance.declarations.operations.splitting_keys import branch_fingerprint, branch_keys
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.origin.operations.using import set_uses
from thongquan.clearance.revenue.operations.assessing import assess
from thongquan.clearance.revenue.operations.exemption_uses import use_exemptions
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.clearance import decide
from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision, Fault, LineDuties
from thongquan.rules.document import Document
from thongquan.rules.document import Line as DocumentLine
from thongquan.rules.encoding import decoded_document, encoded
from thongquan.rules.facts import Facts
from thongquan.rules.origin.claims import named_certificates

FIXED = "fixed_field"


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A version that was accepted and is not stored yet. `channel` is never lower than the one in force.

    `named_before`: the version in force names certificates of origin.
    """

    facts: Facts
    decision: Decision
    fingerprint: bytes
    changes: tuple[Change, ...]
    channel: int
    due_before_vnd: str
    named_before: bool = False

    @property
    def document(self) -> Document:
        """What it says now."""
        return self.facts.document


def document_now(declaration: Declaration) -> Document:
    """The document in force of a locked declaration."""
    return decoded_document(bytes(declaration.versions.get(version=declaration.version).document))


def judge_version(declaration: Declaration, document: Document, *, at: datetime, decide_anew: bool = False) -> Judged:
    """Judge what a declaration shall say from now on. Stores nothing. `decide_anew`: it may say the same as before.

    Raises `Refused` with every fault: TQ-LIF-002 after nine amendments, TQ-LIF-003 for each field that may not change,
    TQ-LIF-004 when nothing changes, and whatever the rules find.
    """
    if declaration.version >= MOST_AMENDMENTS:
        raise Refused((Fault(code=Code.TQ_LIF_002, path="number", value=declaration.number),))
    before = document_now(declaration)
    changes = changes_between(before, document)
    if not changes and not decide_anew:
        raise Refused((Fault(code=Code.TQ_LIF_004, value=declaration.number),))
    fingerprint = branch_fingerprint(declaration, document)
    facts = _facts(declaration, document, fingerprint, at)
    decision = decide(facts)
    faults = (*_fixed(declaration, changes), *decision.faults)
    if any(fault.severity == "error" for fault in faults):
        raise Refused(faults)
    return Judged(
        facts=facts,
        decision=decision,
        fingerprint=fingerprint,
        changes=tuple(changes),
        channel=max(declaration.channel, decision.channel or 0),
        due_before_vnd=str(declaration.due_vnd),
        named_before=bool(named_certificates(before)),
    )


def _facts(declaration: Declaration, document: Document, fingerprint: bytes, at: datetime) -> Facts:
    facts = gather_facts(
        document,
        fingerprint=fingerprint,
        at=at,
        registered_at=declaration.registered_at,
        own=branch_keys(declaration),
        subject=subject_of(declaration.id),
    )
    return with_filed(facts, declaration)


def _fixed(declaration: Declaration, changes: list[Change]) -> list[Fault]:
    """TQ-LIF-003: fields by which customs knows the declaration, as the code list of the day names them."""
    known = current_law().known_codes(declaration.registered_at.astimezone(LOCAL).date())
    return [
        Fault(code=Code.TQ_LIF_003, path=change.path, value=change.after, values={"before": change.before})
        for change in changes
        if f"{FIXED}/{change.field}" in known
    ]


def store_version(declaration: Declaration, judged: Judged, *, actor: Actor, at: datetime, reason: str) -> None:
    """Write the version with its lines, the declaration as it stands now, what it owes, what it uses of exemption lists
    and of certificates of origin.

    In the caller's transaction, before its step is taken. Raises `Refused` when the goods were declared meanwhile or
    a list or a certificate has too little left.
    """
    before = document_now(declaration)
    declaration.version += 1
    declaration.number = number_of(declaration.id, amendments=declaration.version)
    _write_version(declaration, judged, actor, at)
    _write_lines(declaration, judged)
    _write_declaration(declaration, judged)
    subject = subject_of(declaration.id)
    faults = use_exemptions(subject=subject, document=judged.document, on=judged.facts.law.on, at=at)
    if faults:
        raise Refused(faults)
    _use_certificates(judged, subject, actor, at)
    decision = judged.decision
    assess(
        subject=subject,
        tax_code=declaration.tax_code,
        office=declaration.office,
        totals_vnd=decision.totals_vnd,
        fee_vnd=decision.fee_vnd,
        secured_vnd=decision.secured_vnd,
        reason=reason,
        actor=actor,
        at=at,
    )
    keep_awaited(declaration, judged.document, decision, at=at)
    if reason == Step.CONFIRM_CORRECTION:
        keep_redetermined(declaration, codes_changed(before, judged.document), at=at)


def _use_certificates(judged: Judged, subject: str, actor: Actor, at: datetime) -> None:
    """Set anew what it uses of certificates; the faults are told by the lines of the declaration."""
    takes = judged.decision.takes
    if not (takes or judged.named_before):
        return
    try:
        set_uses(actor=actor, subject=subject, takes=takes, at=at)
    except Refused:
        faults = decide(with_certificates_now(judged.facts, subject)).faults
        if not any(fault.severity == "error" for fault in faults):
            raise
        raise Refused(faults) from None


def _write_version(declaration: Declaration, judged: Judged, actor: Actor, at: datetime) -> None:
    Version.objects.create(
        declaration=declaration,
        version=declaration.version,
        at=at,
        actor=actor.reference,
        document=encoded(judged.document),
        facts=encoded(judged.facts),
        decision=encoded(judged.decision),
        law_version=judged.facts.law.version,
        rules_release=judged.facts.rules_release,
    )


def _write_lines(declaration: Declaration, judged: Judged) -> None:
    pairs = zip(judged.document.lines, judged.decision.lines, strict=True)
    Line.objects.bulk_create(_line(declaration, line, duties) for line, duties in pairs)


def _line(declaration: Declaration, line: DocumentLine, duties: LineDuties) -> Line:
    return Line(
        declaration=declaration,
        version=declaration.version,
        number=line.number,
        hs=line.hs or "",
        origin=line.origin or "",
        schedule=line.schedule or "",
        description=line.description or "",
        quantity=line.quantity or 0,
        unit=line.unit or "",
        net_weight_kg=line.net_weight_kg,
        value_vnd=duties.value_vnd,
        due_vnd=duties.due_vnd,
    )


def _write_declaration(declaration: Declaration, judged: Judged) -> None:
    document = judged.document
    declaration.regime = document.regime or ""
    declaration.trader_name = (document.trader and document.trader.name) or ""
    declaration.channel = judged.channel
    declaration.due_vnd = judged.decision.due_vnd
    declaration.fingerprint = judged.fingerprint
    try:
        with transaction.atomic():
            declaration.save()
    except IntegrityError:
        refused = decide(_facts(declaration, document, judged.fingerprint, judged.facts.at)).faults
        if not any(fault.severity == "error" for fault in refused):
            raise
        raise Refused(refused) from None


def ledger_details(declaration: Declaration, judged: Judged) -> dict[str, object]:
    """What the ledger says of a version: hashes, law and amounts, nothing personal."""
    return {
        "version": declaration.version,
        "changes": len(judged.changes),
        "document": _hash(judged.document),
        "facts": _hash(judged.facts),
        "decision": _hash(judged.decision),
        "law": judged.facts.law.version,
        "due_vnd": str(judged.decision.due_vnd),
    }


def _hash(value: Document | Facts | Decision) -> str:
    return hashlib.sha256(encoded(value)).hexdigest()


def event_data(declaration: Declaration, judged: Judged, *, channel_before: int) -> dict[str, object]:
    """What the story keeps of a version."""
    return {
        "version": declaration.version,
        "due_before_vnd": judged.due_before_vnd,
        "due_vnd": str(judged.decision.due_vnd),
        "channel_before": channel_before,
        "channel": judged.channel,
    }
