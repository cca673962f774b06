"""What pages and other rooms may know of certificates and signatures."""

from __future__ import annotations

from datetime import datetime

import msgspec

from thongquan.base.accounts.queries import Actor, own_codes
from thongquan.base.signatures.models import Authority, Certificate, RevocationList, Seal, Signature
from thongquan.base.signatures.sealing import signings_of_paper
from thongquan.base.signatures.signings import Signing, Trusted


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A registered certificate as its holder sees it; `state` is live, expired, revoked or withdrawn."""

    id: int
    code: str
    subject: str
    serial: str
    authority: str
    valid_from: datetime
    valid_to: datetime
    state: str
    fingerprint: str


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """A verified signature: who signed what when. `digest` and `fingerprint` are hexadecimal."""

    subject: str
    code: str
    signer: str
    authority: str
    digest: str
    fingerprint: str
    value: str
    at: datetime


def state_of(certificate: Certificate, at: datetime) -> str:
    """Whether a certificate may sign now: live, not_yet, expired, revoked or withdrawn."""
    if certificate.withdrawn_at is not None and certificate.withdrawn_at <= at:
        return "withdrawn"
    if certificate.authority.revocations.filter(serial=certificate.serial, revoked_at__lte=at).exists():
        return "revoked"
    if at < certificate.valid_from:
        return "not_yet"
    return "live" if at < certificate.valid_to else "expired"


def certificates_of(actor: Actor, at: datetime) -> list[Held]:
    """Certificates of the organizations this person belongs to, newest first."""
    rows = Certificate.objects.filter(code__in=own_codes(actor, at)).select_related("authority")
    return [
        Held(
            id=row.pk,
            code=row.code,
            subject=row.subject,
            serial=row.serial,
            authority=row.authority.name,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            state=state_of(row, at),
            fingerprint=bytes(row.fingerprint).hex(),
        )
        for row in rows.order_by("-registered_at", "-id")
    ]


def signatures_of(subject: str) -> list[Signed]:
    """Signatures kept for a subject, oldest first. The caller has checked that the reader may see the subject."""
    rows = Signature.objects.filter(subject=subject).select_related("certificate__authority").order_by("id")
    return [
        Signed(
            subject=row.subject,
            code=row.certificate.code,
            signer=row.certificate.subject,
            authority=row.certificate.authority.name,
            digest=bytes(row.digest).hex(),
            fingerprint=bytes(row.certificate.fingerprint).hex(),
            value=row.value,
            at=row.at,
        )
        for row in rows
    ]


def live_seal(office: str, at: datetime) -> Seal | None:
    """The newest certificate an office may sign with at a moment; None without one."""
    rows = Seal.objects.filter(office=office, withdrawn_at=None, valid_from__lte=at, valid_to__gt=at)
    for row in rows.select_related("authority").order_by("-id"):
        if not row.authority.revocations.filter(serial=row.serial, revoked_at__lte=at).exists():
            return row
    return None


def paper_signings(content: bytes, at: datetime) -> list[Signing]:
    """The signatures of a PDF that this installation made, as they hold now: who, when, whether whole and trusted."""
    return signings_of_paper(content, trusted(at))


def has_practice_authority() -> bool:
    """Whether certificates for practice can be issued here."""
    return Authority.objects.filter(practice=True).exists()


def trusted(at: datetime) -> Trusted:
    """All authorities trusted here and their lists, for rooms that check signatures of their own papers. Two reads."""
    return Trusted(
        roots=[bytes(der) for der in Authority.objects.order_by("id").values_list("der", flat=True)],
        lists=[bytes(der) for der in RevocationList.objects.order_by("id").values_list("der", flat=True)],
        at=at,
    )
