"""Incomplete declarations of priority enterprises: lodged with fields left out, completed within the days of the law.

Legal basis: Customs Law 54/2014/QH13 Art. 43 (priority enterprises). Its paragraph is not at hand: the fields that may
wait are dated rows of the list `incomplete_field`, the days the parameter `incomplete_declaration_days`, all marked as
unverified. What was left out is kept with the event `lodge_incomplete` and in the law of the stored facts.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.base.signatures.operations import keep_signature
from thongquan.clearance.declarations.changes import Change, changes_between
from thongquan.clearance.declarations.models import Declaration
from thongquan.clearance.declarations.numbers import key_of_number, subject_of
from thongquan.clearance.declarations.operations.amending import Amended, check_base, check_words, new_version
from thongquan.clearance.declarations.operations.judging import LOCAL
from thongquan.clearance.declarations.operations.lodging import Lodged, lodge_declaration
from thongquan.clearance.declarations.operations.signing import checked_signature
from thongquan.clearance.declarations.operations.steps import locked_for, take_step
from thongquan.clearance.declarations.operations.versions import document_now
from thongquan.clearance.declarations.permissions import check_may_lodge
from thongquan.clearance.declarations.queries import stand_of
from thongquan.clearance.declarations.queries.incomplete import (
    DAYS,
    fields_left_out,
    lodges_incomplete,
    may_be_left_out,
    term_of_completion,
)
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.checks.form import MAY_BE_LEFT_OUT
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document


class Incomplete(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to an incomplete lodgement: fields left out, empty when it was whole, and by when to fill them in."""

    lodged: Lodged
    left_out: tuple[str, ...] = ()
    complete_by: datetime | None = None


def lodge_incomplete(
    *,
    actor: Actor,
    document: Document,
    body: bytes,
    signature: str,
    at: datetime,
    source: str,
    idempotency_key: str = "",
) -> Incomplete:
    """Lodge a document that leaves out what the law lets a priority enterprise fill in later.

    Raises what `lodge_signed` raises, every other missing field among the faults, and `Refused` with TQ-LIF-020 when
    the trader is no priority enterprise. A document that is whole is lodged as any other.
    """
    verified = checked_signature(actor=actor, document=document, body=body, signature=signature, at=at, door=source)
    missing = _left_out_now(actor, document, at)
    with transaction.atomic():
        lodged = lodge_declaration(
            actor=actor,
            document=document,
            at=at,
            source=source,
            idempotency_key=idempotency_key,
            left_out=frozenset(f"{MAY_BE_LEFT_OUT}/{path}" for path in missing),
        )
        if lodged.repeated:
            return _told(lodged)
        if verified is not None:
            subject = subject_of(key_of_number(lodged.number))
            keep_signature(actor=actor, subject=subject, verified=verified, at=at)
        if missing:
            data = {"left_out": list(missing)}
            take_step(actor=actor, number=lodged.number, step=Step.LODGE_INCOMPLETE, at=at, data=data, details=data)
    return _told(lodged)


def _left_out_now(actor: Actor, document: Document, at: datetime) -> tuple[str, ...]:
    """What the document leaves out of that which may wait. Raises `NotAllowed`, `Refused` with TQ-LIF-020."""
    tax_code = document.trader.tax_code if document.trader else None
    check_may_lodge(actor, tax_code)
    if tax_code and not lodges_incomplete(tax_code, at):
        raise Refused((Fault(code=Code.TQ_LIF_020, path="trader.tax_code", value=tax_code),))
    return tuple(path for path in may_be_left_out(at) if value_at(document, path) in (None, ""))


def value_at(document: Document, path: str) -> object:
    """A field of the header by its path; None also where the part that would hold it is not there."""
    found: object = document
    for name in path.split("."):
        found = getattr(found, name, None)
    return found


def _told(lodged: Lodged) -> Incomplete:
    left_out = fields_left_out(lodged.number)
    until = term_of_completion(lodged.number) if left_out else None
    return Incomplete(lodged=lodged, left_out=left_out, complete_by=until)


def complete_declaration(
    *,
    actor: Actor,
    number: str,
    document: Document,
    body: bytes,
    signature: str,
    at: datetime,
    door: str,
    reason: str = "",
    base: int | None = None,
) -> Amended:
    """Fill in what was left out: `document` is the whole declaration as it shall read. It is judged whole.

    Late it is still taken, and what follows is told (TQ-LIF-023). Raises `NotFound`, `NotAllowed`, and `Refused` with
    every fault: TQ-LIF-021 when nothing is left to complete, TQ-LIF-022 for each field that was declared before.
    """
    stand_of(actor=actor, number=number)
    verified = checked_signature(actor=actor, document=document, body=body, signature=signature, at=at, door=door)
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=Step.COMPLETE)
        left_out = fields_left_out(number)
        if not left_out:
            raise Refused((Fault(code=Code.TQ_LIF_021, path="number", value=declaration.number),))
        if reason:
            check_words(reason)
        check_base(declaration, base)
        _check_only_fills(declaration, document, left_out)
        completed = new_version(
            declaration,
            document,
            step=Step.COMPLETE,
            actor=actor,
            reason=reason,
            at=at,
            consequences=_late(declaration, at),
        )
        if verified is not None:
            keep_signature(actor=actor, subject=subject_of(declaration.id), verified=verified, at=at)
    return completed


def _check_only_fills(declaration: Declaration, document: Document, left_out: tuple[str, ...]) -> None:
    """TQ-LIF-022: what was declared is amended, not completed."""
    changes = changes_between(document_now(declaration), document)
    faults = [_declared(change) for change in changes if not _fills(change, left_out)]
    if faults:
        raise Refused(faults)


def _fills(change: Change, left_out: tuple[str, ...]) -> bool:
    return any(path == change.path or path.startswith(f"{change.path}.") for path in left_out) and not change.before


def _declared(change: Change) -> Fault:
    values = {"field": change.path, "before": change.before}
    return Fault(code=Code.TQ_LIF_022, path=change.path, line=change.line, value=change.after, values=values)


def _late(declaration: Declaration, at: datetime) -> tuple[Fault, ...]:
    """TQ-LIF-023: told, and kept with the event."""
    until = term_of_completion(declaration.number)
    if until is None or at <= until:
        return ()
    parameter = current_law().parameter(DAYS, declaration.registered_at.astimezone(LOCAL).date())
    values = {"days": parameter.value if parameter else ""}
    return (Fault(code=Code.TQ_LIF_023, value=declaration.number, values=values, severity="warning"),)
