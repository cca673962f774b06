"""One upload of more lines than a form holds, lodged as linked declarations: all of them or none.

Legal basis: Circular 38/2015/TT-BTC Art. 18.2 as amended; VNACCS fields FIC, BNO, DNO (see `rules.splitting`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db import IntegrityError, transaction
from msgspec.structs import replace

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import Conflict
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.models import Link
from thongquan.clearance.declarations.numbers import next_key
from thongquan.clearance.declarations.operations.judging import LOCAL, fingerprint_of, gather_facts
from thongquan.clearance.declarations.operations.lodging import Lodged, lodge_declaration
from thongquan.clearance.declarations.operations.splitting_keys import marked
from thongquan.clearance.declarations.operations.writing import Lodgement, write_lodgement
from thongquan.clearance.declarations.permissions import check_may_lodge
from thongquan.clearance.declarations.queries import branches_of, key_use, lodged_decision
from thongquan.clearance.declarations.states import State
from thongquan.clearance.revenue.operations.exemption_uses import use_exemptions
from thongquan.clearance.risk.scoring.lodging import selected
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.clearance import decide, redacted
from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision, Fault
from thongquan.rules.document import Document
from thongquan.rules.encoding import encoded
from thongquan.rules.facts import Facts
from thongquan.rules.origin.claims import left_after
from thongquan.rules.splitting import split_document

LIMIT = "max_lines"
_LINE = re.compile(r"lines\[(\d+)\]")


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One declaration of a split before it is stored: which one, and what was decided on it."""

    branch: int
    first_line: int
    facts: Facts
    decision: Decision
    fingerprint: bytes


def lines_allowed(at: datetime) -> int:
    """How many lines a declaration of the day may have; zero when the law of the day does not say."""
    parameter = current_law().parameter(LIMIT, at.astimezone(LOCAL).date())
    return int(parameter.value) if parameter and parameter.value.isdigit() else 0


def needs_split(document: Document, at: datetime) -> bool:
    """Whether the document has more lines than one declaration may have."""
    limit = lines_allowed(at)
    return 0 < limit < len(document.lines)


def lodge_split(
    *, actor: Actor, document: Document, at: datetime, source: str, idempotency_key: str = ""
) -> tuple[Lodged, ...]:
    """Lodge a document as as many linked declarations as its lines need, in one transaction.

    Totals of the header are shared so that their sums hold. Raises `NotAllowed`, `Conflict`, and `Refused` with every
    fault of every part, told by the lines of the upload; then nothing is stored.
    """
    check_may_lodge(actor, document.trader.tax_code if document.trader else None)
    if not needs_split(document, at):
        one = lodge_declaration(actor=actor, document=document, at=at, source=source, idempotency_key=idempotency_key)
        return (one,)
    digest = hashlib.sha256(b"split" + encoded(document)).digest()
    if idempotency_key and (used := key_use(owner=actor.reference, key=idempotency_key)):
        if used.digest != digest:
            raise Conflict(used.number, code=Code.TQ_API_001)
        return _first_answer(used.number)
    documents, faults = split_document(document, limit=lines_allowed(at))
    if faults:
        raise Refused(faults)
    parts = _accepted(document, documents, at, look=False)
    try:
        with transaction.atomic():
            return _stored(parts, actor, source, (idempotency_key, digest) if idempotency_key else None)
    except IntegrityError:
        _accepted(document, documents, at, look=True)
        raise


def _accepted(whole: Document, documents: Sequence[Document], at: datetime, *, look: bool) -> list[Part]:
    """Every part decided. Raises `Refused` with the faults of all when one of them is refused."""
    parts: list[Part] = []
    for branch, document in enumerate(documents, 1):
        fingerprint = marked(fingerprint_of(document), branch)
        facts = gather_facts(document, fingerprint=fingerprint, at=at, look_for_duplicates=look)
        if facts.certificates:
            taken = [take for part in parts for take in part.decision.takes]
            facts = replace(facts, certificates=left_after(facts.certificates, taken))
        first = sum(len(part.facts.document.lines) for part in parts)
        decision = decide(facts)
        if decision.accepted:
            facts, decision = selected(facts, decision)
        part = Part(branch=branch, first_line=first, facts=facts, decision=decision, fingerprint=fingerprint)
        parts.append(part)
    if any(not part.decision.accepted for part in parts):
        faults = [fault for part in parts for fault in _placed(whole, part, part.decision.faults)]
        raise Refused({msgspec.json.encode(fault): fault for fault in faults}.values())  # those of the header once
    return parts


def _placed(whole: Document, part: Part, faults: Sequence[Fault]) -> list[Fault]:
    """The faults of a part, told by the lines of the upload."""
    found = []
    for fault in faults:
        match = _LINE.match(fault.path)
        if match:
            place = int(match[1]) + part.first_line
            path = f"lines[{place}]{fault.path[match.end() :]}"
            fault = replace(fault, path=path, line=whole.lines[place].number if fault.line is not None else None)
        found.append(fault)
    return found


def _stored(
    parts: Sequence[Part], actor: Actor, source: str, idempotency: tuple[str, bytes] | None
) -> tuple[Lodged, ...]:
    keys = [next_key(part.facts.document.flow) for part in parts]
    found = []
    for key, part in zip(keys, parts, strict=True):
        lodgement = Lodgement(
            key=key,
            facts=part.facts,
            decision=part.decision,
            document=encoded(part.facts.document),
            fingerprint=part.fingerprint,
            actor=actor.reference,
            source=source,
            idempotency=idempotency if part.branch == 1 else None,
        )
        write_lodgement(lodgement)
        _use_exemptions(lodgement)
        Link.objects.create(declaration_id=key, first_id=keys[0], branch=part.branch, branches=len(parts))
        found.append(_lodged(lodgement.number, part.facts.at, part.decision))
    return tuple(found)


def _use_exemptions(lodgement: Lodgement) -> None:
    facts = lodgement.facts
    faults = use_exemptions(subject=lodgement.subject, document=facts.document, on=facts.law.on, at=facts.at)
    if faults:
        raise Refused(faults)


def _lodged(number: str, at: datetime, decision: Decision, *, repeated: bool = False) -> Lodged:
    return Lodged(
        number=number,
        state=State.CHANNELED,
        registered_at=at,
        decision=redacted(decision, "declarant", lodged=True),
        repeated=repeated,
    )


def _first_answer(number: str) -> tuple[Lodged, ...]:
    found = []
    for branch in branches_of(number):
        stored = lodged_decision(branch.number)
        found.append(_lodged(branch.number, stored.registered_at, stored.decision, repeated=True))
    return tuple(found)
