"""Certificates with which an office signs its papers electronically: requested, installed, used, withdrawn.

The key lies in a file beside the database, as the other keys of this installation do; the database knows the
certificate. In a practice realm the practice authority gives an office its certificate when it is first needed.

Legal basis: Law on E-Transactions 20/2023/QH15; Decree 30/2020/NĐ-CP (signature of the agency on electronic papers).
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.db import transaction

from thongquan.base.accounts.operations.trace import leave_trace
from thongquan.base.accounts.queries import Actor, office_and_region
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.keyfiles import write_once
from thongquan.base.core.realm import realm_name
from thongquan.base.signatures import detached
from thongquan.base.signatures.models import Authority, Seal
from thongquan.base.signatures.operations.authorities import SYSTEM, ensure_practice_authority, practice_key
from thongquan.base.signatures.permissions import can_name_authorities
from thongquan.base.signatures.queries import live_seal
from thongquan.base.signatures.sealing import Sealing, key_pem, new_key, request_pem, sealed
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

FOLDER = "seals"
PRACTICE_DAYS = 365


def request_seal(*, actor: Actor, office: str) -> bytes:
    """Make a key for an office and give the request (PKCS #10, PEM) that an authority turns into a certificate.

    Raises `NotAllowed`.
    """
    if not can_name_authorities(actor):
        raise NotAllowed("signatures.trust")
    key = new_key()
    _keep_key(key.public_key(), key_pem(key))
    return request_pem(key, _name_of(office))


def install_seal(*, actor: Actor, office: str, certificate: bytes, at: datetime) -> int:
    """Let an office sign with this certificate (PEM or DER) from now on; gives its number.

    Raises `NotAllowed`; `Refused` with TQ-SIG-004 outside its time, -008 of no issuer trusted here, -009 installed
    already, -011 where its key is not in this installation.
    """
    if not can_name_authorities(actor):
        raise NotAllowed("signatures.trust")
    read = _readable(certificate)
    if not detached.is_valid_at(read, at):
        days = {"from": read.not_valid_before_utc.date(), "until": read.not_valid_after_utc.date()}
        raise Refused([_fault(Code.TQ_SIG_004, read, **{key: day.isoformat() for key, day in days.items()})])
    if not _key_file(read.public_key()).exists():
        raise Refused([_fault(Code.TQ_SIG_011, read)])
    if Seal.objects.filter(fingerprint=detached.fingerprint_of(read)).exists():
        raise Refused([_fault(Code.TQ_SIG_009, read)])
    return _installed(actor, office, read, at)


def withdraw_seal(*, actor: Actor, seal: int, at: datetime) -> None:
    """An office signs no more with this certificate. Raises `NotAllowed`, `NotFound`."""
    if not can_name_authorities(actor):
        raise NotAllowed("signatures.trust")
    with transaction.atomic():
        row = Seal.objects.select_for_update().filter(pk=seal, withdrawn_at=None).first()
        if row is None:
            raise NotFound("seal")
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        leave_trace("signatures.seal_withdrawn", f"office:{row.office}", actor, at, {"serial": row.serial})


def seal_paper(*, office: str, content: bytes, signer: str, reason: str, at: datetime) -> tuple[bytes, int | None]:
    """A PDF signed electronically for an office, and by which seal; as it was and None when the office has none.

    `signer` is the person who signs for the office. The caller has checked that this person may.
    """
    row = live_seal(office, at) or _practice_seal(office, at)
    if row is None:
        return content, None
    return sealed(content, _sealing(row, signer, reason)), row.pk


def _sealing(row: Seal, signer: str, reason: str) -> Sealing:
    read = detached.read_certificate(bytes(row.der))
    return Sealing(
        certificate=bytes(row.der),
        issuer=bytes(row.authority.der),
        key=_key_file(read.public_key()).read_bytes(),
        name=signer,
        reason=reason,
        location=office_and_region(row.office)[0],
    )


def _practice_seal(office: str, at: datetime) -> Seal | None:
    if realm_name() != "practice":
        return None
    with transaction.atomic():
        authority = Authority.objects.select_for_update().get(pk=ensure_practice_authority(at=at))
        if known := live_seal(office, at):
            return known
        key = new_key()
        read = _issued(key.public_key(), office, detached.read_certificate(bytes(authority.der)), at)
        _keep_key(key.public_key(), key_pem(key))
        return Seal.objects.get(pk=_installed(SYSTEM, office, read, at))


def _installed(actor: Actor, office: str, read: x509.Certificate, at: datetime) -> int:
    issuer = _issuer_of(read)
    with transaction.atomic():
        row = Seal.objects.create(
            office=office,
            authority=issuer,
            serial=detached.serial_of(read),
            subject=read.subject.rfc4514_string()[:300],
            fingerprint=detached.fingerprint_of(read),
            der=read.public_bytes(serialization.Encoding.DER),
            valid_from=read.not_valid_before_utc,
            valid_to=read.not_valid_after_utc,
            installed_at=at,
        )
        details = {"serial": row.serial, "fingerprint": row.fingerprint.hex()}
        leave_trace("signatures.seal_installed", f"office:{office}", actor, at, details)
    return row.pk


def _readable(data: bytes) -> x509.Certificate:
    try:
        read = detached.read_certificate(data)
    except (ValueError, TypeError):
        raise Refused([Fault(code=Code.TQ_SIG_008, path="certificate")]) from None
    if not detached.may_sign(read) or not _commits(read):
        raise Refused([_fault(Code.TQ_SIG_008, read)])
    _issuer_of(read)
    return read


def _commits(read: x509.Certificate) -> bool:
    """Whether the certificate is for signing what is meant: readers of PDFs ask for it."""
    usages = [one.value for one in read.extensions if isinstance(one.value, x509.KeyUsage)]
    return any(one.content_commitment for one in usages)


def _issuer_of(read: x509.Certificate) -> Authority:
    for authority in Authority.objects.order_by("id"):
        if detached.is_issued_by(read, detached.read_certificate(bytes(authority.der))):
            return authority
    raise Refused([_fault(Code.TQ_SIG_008, read)])


def _issued(public: object, office: str, root: x509.Certificate, at: datetime) -> x509.Certificate:
    if not isinstance(public, detached.PublicKey):
        raise TypeError("key")
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    )
    return (
        x509.CertificateBuilder()
        .subject_name(_name_of(office))
        .issuer_name(root.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + timedelta(days=PRACTICE_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=True, encipher_only=False, decipher_only=False, **usage
            ),
            critical=True,
        )
        .sign(practice_key(), None)
    )


def _name_of(office: str) -> x509.Name:
    name, region = office_and_region(office)
    parts = [(NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATION_NAME, region), (NameOID.COMMON_NAME, name)]
    return x509.Name([x509.NameAttribute(oid, words[:64]) for oid, words in parts if words])


def _key_file(public: object) -> Path:
    """Where the key of this public key lies, by the SHA-256 of the latter."""
    if not isinstance(public, detached.PublicKey):
        raise Refused([Fault(code=Code.TQ_SIG_008, path="certificate")])
    info = serialization.PublicFormat.SubjectPublicKeyInfo
    digest = hashlib.sha256(public.public_bytes(serialization.Encoding.DER, info)).hexdigest()
    return Path(settings.SECRETS_DIR) / FOLDER / f"{digest[:32]}.pem"


def _keep_key(public: object, pem: bytes) -> None:
    path = _key_file(public)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_once(path, pem)


def _fault(code: Code, read: x509.Certificate, **values: str) -> Fault:
    return Fault(code=code, path="certificate", value=read.subject.rfc4514_string()[:40], values=values)
