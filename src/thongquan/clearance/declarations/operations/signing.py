"""Lodging with a signature over the very bytes that were sent.

Legal basis: Circular 38/2015/TT-BTC Art. 5 as amended: the declarant's registered certificate, or the agent's own;
which doors ask for it is the dated parameter `signature_doors`.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor, own_codes
from thongquan.base.core.faults import Refused
from thongquan.base.signatures.operations import Verified, keep_signature, verify_signature
from thongquan.clearance.declarations.numbers import key_of_number, subject_of
from thongquan.clearance.declarations.operations.judging import LOCAL
from thongquan.clearance.declarations.operations.lodging import Lodged, lodge_declaration
from thongquan.clearance.declarations.permissions import check_may_lodge
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document

PARAMETER = "signature_doors"
MEDIA = "signature"


def asks_for_signature(door: str, on: date) -> bool:
    """Whether a door takes signed declarations only, by the parameter of the day (names of doors, or `none`)."""
    parameter = current_law().parameter(PARAMETER, on)
    return parameter is not None and door in parameter.value.split()


def lodge_signed(
    *,
    actor: Actor,
    document: Document,
    body: bytes,
    signature: str,
    at: datetime,
    source: str,
    idempotency_key: str = "",
) -> Lodged:
    """Lodge what was read from `body`, holding its detached signature against it first ('' when there is none).

    Raises what `lodge_declaration` raises, and `Refused` with TQ-SIG-001 to 007; nothing is stored then.
    """
    verified = checked_signature(actor=actor, document=document, body=body, signature=signature, at=at, door=source)
    if verified is None:
        return lodge_declaration(actor=actor, document=document, at=at, source=source, idempotency_key=idempotency_key)
    with transaction.atomic():
        lodged = lodge_declaration(
            actor=actor, document=document, at=at, source=source, idempotency_key=idempotency_key
        )
        if not lodged.repeated:
            subject = subject_of(key_of_number(lodged.number))
            keep_signature(actor=actor, subject=subject, verified=verified, at=at)
    return lodged


def checked_signature(
    *, actor: Actor, document: Document, body: bytes, signature: str, at: datetime, door: str
) -> Verified | None:
    """The signature of what was read from `body`, None where there is none and none is asked for.

    Raises `NotAllowed`, `Refused` with TQ-SIG-001 to 007.
    """
    tax_code = document.trader.tax_code if document.trader else None
    check_may_lodge(actor, tax_code)
    if signature:
        return _verified(actor, tax_code or "", body, signature, at)
    check_unsigned(door, at)
    return None


def check_unsigned(door: str, at: datetime) -> None:
    """TQ-SIG-007: the door asks for a signature and there is none."""
    if asks_for_signature(door, at.astimezone(LOCAL).date()):
        raise Refused((Fault(code=Code.TQ_SIG_007, path=MEDIA, value=door),))


def _verified(actor: Actor, tax_code: str, body: bytes, signature: str, at: datetime) -> Verified:
    return verify_signature(body=body, value=signature.strip(), codes={tax_code} | own_codes(actor, at), at=at)
