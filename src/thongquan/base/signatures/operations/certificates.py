"""Certificates of enterprises and agents, and the signatures made with them.

Legal basis: Circular 38/2015/TT-BTC Art. 5 as amended: the declarant signs with a registered certificate, an agent
with its own; Law on E-Transactions 20/2023/QH15.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.db import transaction

from thongquan.base.accounts.operations.trace import leave_trace
from thongquan.base.accounts.queries import Actor, own_codes
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.signatures import detached
from thongquan.base.signatures.models import Authority, Certificate, Signature
from thongquan.base.signatures.permissions import can_hold_certificates
from thongquan.base.signatures.queries import state_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

_STATES = {
    "not_yet": Code.TQ_SIG_004,
    "expired": Code.TQ_SIG_004,
    "revoked": Code.TQ_SIG_005,
    "withdrawn": Code.TQ_SIG_005,
}


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """A signature that holds: the certificate's row, its organization, and the digest of the bytes."""

    certificate_id: int
    code: str
    digest: bytes
    value: str


def words_to_sign(code: str) -> bytes:
    """What is signed to prove that the key of a certificate is at hand when it is registered for an organization."""
    return f"Thong Quan: register the certificate for {code}".encode()


def register_certificate(*, actor: Actor, code: str, certificate: bytes, proof: str, at: datetime) -> int:
    """Register a certificate (PEM or DER) for an organization of the actor; gives its number.

    `proof` is a detached signature by its key over `words_to_sign(code)`. Raises `NotAllowed`; `Refused` with
    TQ-SIG-001, 004, 005, 006, 008 or 009.
    """
    _check_own(actor, code, at)
    read = _readable(certificate)
    with transaction.atomic():
        row = _new_row(read, actor, code, at)
        if Certificate.objects.filter(fingerprint=row.fingerprint).exists():
            raise Refused((_fault(Code.TQ_SIG_009, "certificate", row.serial),))
        _check_state(row, at, "certificate")
        if detached.thumbprint_in(proof) != row.fingerprint:
            raise Refused((_fault(Code.TQ_SIG_001, "proof", proof[:40]),))
        if not detached.is_signature_of(proof, words_to_sign(code), read):
            raise Refused((_fault(Code.TQ_SIG_006, "proof", row.serial),))
        row.save()
        details = {"code": code, "serial": row.serial, "fingerprint": bytes(row.fingerprint).hex()}
        leave_trace("signatures.certificate_registered", f"enterprise:{code}", actor, at, details)
    return row.pk


def withdraw_certificate(*, actor: Actor, certificate_id: int, at: datetime) -> None:
    """No signature of this certificate counts from now on. Raises `NotAllowed`, `NotFound` for another's."""
    if not can_hold_certificates(actor):
        raise NotAllowed("signatures.register")
    with transaction.atomic():
        row = (
            Certificate.objects.select_for_update()
            .filter(pk=certificate_id, code__in=own_codes(actor, at), withdrawn_at=None)
            .first()
        )
        if row is None:
            raise NotFound("certificate")
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        details = {"code": row.code, "serial": row.serial}
        leave_trace("signatures.certificate_withdrawn", f"enterprise:{row.code}", actor, at, details)


def verify_signature(*, body: bytes, value: str, codes: Collection[str], at: datetime) -> Verified:
    """Hold a detached signature against the bytes it came with, at this moment.

    `codes` are the organizations whose certificates count here. Raises `Refused` with TQ-SIG-001 to 006.
    """
    thumbprint = detached.thumbprint_in(value)
    if thumbprint is None:
        raise Refused((_fault(Code.TQ_SIG_001, "signature", value[:40]),))
    row = Certificate.objects.select_related("authority").filter(fingerprint=thumbprint).first()
    if row is None:
        raise Refused((_fault(Code.TQ_SIG_002, "signature", thumbprint.hex()[:16]),))
    if row.code not in codes:
        raise Refused((_fault(Code.TQ_SIG_003, "signature", row.serial),))
    _check_state(row, at, "signature")
    if not detached.is_signature_of(value, body, detached.read_certificate(bytes(row.der))):
        raise Refused((_fault(Code.TQ_SIG_006, "signature", row.serial),))
    return Verified(certificate_id=row.pk, code=row.code, digest=hashlib.sha256(body).digest(), value=value)


def keep_signature(*, actor: Actor, subject: str, verified: Verified, at: datetime) -> None:
    """Keep a verified signature with what it stands for; in the caller's transaction."""
    Signature.objects.create(
        subject=subject,
        digest=verified.digest,
        certificate_id=verified.certificate_id,
        value=verified.value,
        actor=actor.reference,
        at=at,
    )
    details = {"code": verified.code, "digest": verified.digest.hex(), "certificate": verified.certificate_id}
    leave_trace("signatures.kept", subject, actor, at, details)


def _check_own(actor: Actor, code: str, at: datetime) -> None:
    if not can_hold_certificates(actor) or code not in own_codes(actor, at):
        raise NotAllowed("signatures.register")


def _readable(data: bytes) -> x509.Certificate:
    try:
        read = detached.read_certificate(data)
        if detached.may_sign(read):
            return read
    except (ValueError, TypeError):
        pass
    raise Refused((_fault(Code.TQ_SIG_008, "certificate", ""),))


def _new_row(read: x509.Certificate, actor: Actor, code: str, at: datetime) -> Certificate:
    """The certificate under the authority that issued it. Raises `Refused` with TQ-SIG-008 when none of ours did."""
    for authority in Authority.objects.order_by("id"):
        if detached.is_issued_by(read, detached.read_certificate(bytes(authority.der))):
            break
    else:
        raise Refused((_fault(Code.TQ_SIG_008, "certificate", read.issuer.rfc4514_string()),))
    return Certificate(
        code=code,
        authority=authority,
        serial=detached.serial_of(read),
        subject=read.subject.rfc4514_string()[:300],
        fingerprint=detached.fingerprint_of(read),
        der=read.public_bytes(serialization.Encoding.DER),
        valid_from=read.not_valid_before_utc,
        valid_to=read.not_valid_after_utc,
        registered_by=actor.reference,
        registered_at=at,
    )


def _check_state(row: Certificate, at: datetime, path: str) -> None:
    code = _STATES.get(state_of(row, at))
    if code is not None:
        values = {"from": row.valid_from.date().isoformat(), "until": row.valid_to.date().isoformat()}
        raise Refused((_fault(code, path, row.serial, **values),))


def _fault(code: Code, path: str, value: str, **values: str) -> Fault:
    return Fault(code=code, path=path, value=value[:40], values=values)
