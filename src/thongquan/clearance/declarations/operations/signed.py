"""Amendments and splits with a signature over the very bytes that were sent; see `signing`."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.signatures.operations import keep_signature
from thongquan.clearance.declarations.numbers import key_of_number, subject_of
from thongquan.clearance.declarations.operations.amending import Amended, amend_declaration
from thongquan.clearance.declarations.operations.lodging import Lodged
from thongquan.clearance.declarations.operations.signing import checked_signature
from thongquan.clearance.declarations.operations.splitting import lodge_split
from thongquan.clearance.declarations.queries import stand_of
from thongquan.rules.document import Document


def split_signed(
    *,
    actor: Actor,
    document: Document,
    body: bytes,
    signature: str,
    at: datetime,
    source: str,
    idempotency_key: str = "",
) -> tuple[Lodged, ...]:
    """`lodge_split` of what was read from `body`; the signature is kept with every declaration made of it."""
    verified = checked_signature(actor=actor, document=document, body=body, signature=signature, at=at, door=source)
    with transaction.atomic():
        found = lodge_split(actor=actor, document=document, at=at, source=source, idempotency_key=idempotency_key)
        for one in found:
            if verified is not None and not one.repeated:
                subject = subject_of(key_of_number(one.number))
                keep_signature(actor=actor, subject=subject, verified=verified, at=at)
    return found


def amend_signed(
    *,
    actor: Actor,
    number: str,
    document: Document,
    reason: str,
    body: bytes,
    signature: str,
    at: datetime,
    door: str,
    base: int | None = None,
    idempotency_key: str = "",
) -> Amended:
    """`amend_declaration` with what was read from `body`. Raises `NotFound` first for another trader's declaration."""
    stand = stand_of(actor=actor, number=number)
    verified = checked_signature(actor=actor, document=document, body=body, signature=signature, at=at, door=door)
    with transaction.atomic():
        amended = amend_declaration(
            actor=actor,
            number=number,
            document=document,
            reason=reason,
            at=at,
            base=base,
            idempotency_key=idempotency_key,
        )
        if verified is not None and not amended.repeated:
            keep_signature(actor=actor, subject=stand.subject, verified=verified, at=at)
    return amended
