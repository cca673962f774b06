"""Whose certificates count: authorities named by an administrator, their lists of revoked certificates, and an
authority of our own that exists in practice realms only.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import NameOID
from django.db import transaction

from thongquan.base.accounts.operations.trace import leave_trace
from thongquan.base.accounts.queries import Actor, own_codes, system_actor
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.realm import realm_name
from thongquan.base.core.secrets import secret
from thongquan.base.signatures import detached
from thongquan.base.signatures.models import Authority, Revocation, RevocationList
from thongquan.base.signatures.operations.certificates import register_certificate, words_to_sign
from thongquan.base.signatures.permissions import can_hold_certificates, can_name_authorities
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

PRACTICE_NAME = "Thong Quan practice authority"
PRACTICE_KEY = "practice-authority.key"
AUTHORITY_YEARS, CERTIFICATE_DAYS = 10, 365
SYSTEM = system_actor("signatures")


class NewCertificate(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate with its private key, both PEM: given once, the key is not kept."""

    certificate_id: int
    certificate: bytes
    key: bytes


def trust_authority(*, actor: Actor, certificate: bytes, at: datetime) -> int:
    """Trust an issuer from now on. Raises `NotAllowed`; `Refused` with TQ-SIG-008 for what is no authority."""
    if not can_name_authorities(actor):
        raise NotAllowed("signatures.trust")
    try:
        read = detached.read_certificate(certificate)
        allowed = read.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (ValueError, TypeError, x509.ExtensionNotFound):
        allowed = False
    if not allowed:
        raise Refused((Fault(code=Code.TQ_SIG_008, path="certificate"),))
    return _keep(read, actor, at, practice=False)


def load_revocations(*, actor: Actor, listed: bytes, at: datetime) -> int:
    """Take over an authority's list of revoked certificates; gives how many were new.

    Raises `NotAllowed`; `Refused` with TQ-SIG-010 for a list that cannot be read or is not signed by an authority
    of ours.
    """
    if not can_name_authorities(actor):
        raise NotAllowed("signatures.trust")
    read, authority = _signed_list(listed)
    with transaction.atomic():
        rows = [
            Revocation(authority=authority, serial=f"{one.serial_number:x}", revoked_at=one.revocation_date_utc)
            for one in read
        ]
        _keep_list(read, authority, at)
        before = authority.revocations.count()
        Revocation.objects.bulk_create(rows, ignore_conflicts=True)
        new = authority.revocations.count() - before
        details = {"authority": authority.pk, "listed": len(rows), "new": new}
        leave_trace("signatures.revocations_loaded", f"authority:{authority.pk}", actor, at, details)
    return new


def _keep_list(read: x509.CertificateRevocationList, authority: Authority, at: datetime) -> None:
    """Keep the list itself, unless a newer one is there."""
    if RevocationList.objects.filter(authority=authority, issued_at__gte=read.last_update_utc).exists():
        return
    values = {
        "der": read.public_bytes(serialization.Encoding.DER),
        "issued_at": read.last_update_utc,
        "next_at": read.next_update_utc,
        "loaded_at": at,
    }
    RevocationList.objects.update_or_create(authority=authority, defaults=values)


def ensure_practice_authority(*, at: datetime) -> int:
    """Make the authority of a practice realm once. Raises `NotFound` in any other realm."""
    _only_in_practice()
    found = Authority.objects.filter(practice=True).first()
    return found.pk if found else _keep(_practice_root(at), SYSTEM, at, practice=True)


def issue_practice_certificate(*, actor: Actor, code: str, at: datetime) -> NewCertificate:
    """Make and register a certificate for one's own organization, to practice with; the key is given once.

    Raises `NotFound` outside practice realms, `NotAllowed` for another's organization.
    """
    _only_in_practice()
    if not can_hold_certificates(actor) or code not in own_codes(actor, at):
        raise NotAllowed("signatures.register")
    with transaction.atomic():
        authority = Authority.objects.get(pk=ensure_practice_authority(at=at))
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _issued(key.public_key(), code, detached.read_certificate(bytes(authority.der)), at)
        pem = certificate.public_bytes(serialization.Encoding.PEM)
        proof = detached.sign(words_to_sign(code), key=key, certificate=certificate)
        number = register_certificate(actor=actor, code=code, certificate=pem, proof=proof, at=at)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return NewCertificate(certificate_id=number, certificate=pem, key=private)


def _only_in_practice() -> None:
    if realm_name() != "practice":
        raise NotFound("practice authority")


def _signed_list(listed: bytes) -> tuple[x509.CertificateRevocationList, Authority]:
    try:
        read = detached.read_revocations(listed)
    except (ValueError, TypeError):
        raise Refused((Fault(code=Code.TQ_SIG_010, path="list"),)) from None
    for authority in Authority.objects.order_by("id"):
        issuer = detached.read_certificate(bytes(authority.der))
        key = issuer.public_key()
        if read.issuer == issuer.subject and isinstance(key, detached.PublicKey) and read.is_signature_valid(key):
            return read, authority
    raise Refused((Fault(code=Code.TQ_SIG_010, path="list", value=read.issuer.rfc4514_string()[:40]),))


def _keep(read: x509.Certificate, actor: Actor, at: datetime, *, practice: bool) -> int:
    with transaction.atomic():
        row, made = Authority.objects.get_or_create(
            fingerprint=detached.fingerprint_of(read),
            defaults={
                "name": read.subject.rfc4514_string()[:200],
                "der": read.public_bytes(serialization.Encoding.DER),
                "practice": practice,
                "added_at": at,
            },
        )
        if made:
            details = {"fingerprint": bytes(row.fingerprint).hex(), "practice": practice}
            leave_trace("signatures.authority_trusted", f"authority:{row.pk}", actor, at, details)
    return row.pk


def practice_key() -> ed25519.Ed25519PrivateKey:
    """The practice authority's own key, from a secret file beside the database."""
    return ed25519.Ed25519PrivateKey.from_private_bytes(secret(PRACTICE_KEY)[:32])


def _practice_root(at: datetime) -> x509.Certificate:
    name = _name(PRACTICE_NAME)
    key = practice_key()
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=365 * AUTHORITY_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, None)
    )


def _issued(public: ec.EllipticCurvePublicKey, code: str, root: x509.Certificate, at: datetime) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(f"Practice certificate {code}"))
        .issuer_name(root.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + timedelta(days=CERTIFICATE_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(practice_key(), None)
    )


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, words)])
