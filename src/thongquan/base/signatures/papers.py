"""Signatures of a PDF: who signed, whether it is whole, whether it was changed since, whether we trust the issuer.

Nothing is fetched: trust rests on the certificates handed in, revocations on the lists handed in. No Django here: a
reader inside its walls uses it too.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from asn1crypto import crl, pem, x509
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus, async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from thongquan.base.signatures.signings import Signing

MOST = 10
TROUBLE = (SignatureValidationError, SigningError, PdfReadError, ValueError, TypeError, KeyError, AttributeError)


@dataclass(frozen=True)
class Trust:
    """What signatures are held against: issuers, other certificates, lists of revoked ones, at a moment."""

    roots: list[x509.Certificate]
    others: list[x509.Certificate]
    lists: list[crl.CertificateList]
    at: datetime

    def context(self) -> ValidationContext:
        """The same for the validator; a missing or outdated list is told by us and does not stop it."""
        return ValidationContext(
            trust_roots=self.roots,
            other_certs=self.others,
            crls=self.lists,
            allow_fetching=False,
            revocation_mode="soft-fail",
            moment=self.at,
        )

    def list_of(self, signer: x509.Certificate) -> crl.CertificateList | None:
        """The list of the signer's issuer."""
        return next((one for one in self.lists if one.issuer == signer.issuer), None)


def trust_in(
    roots: Iterable[bytes], at: datetime, *, others: Iterable[bytes] = (), lists: Iterable[bytes] = ()
) -> Trust:
    """Trust read from certificates (PEM or DER) and lists (DER), of which each was checked when it was taken over."""
    return Trust(
        roots=[x509.Certificate.load(one) for one in _bare(roots)],
        others=[x509.Certificate.load(one) for one in _bare(others)],
        lists=[crl.CertificateList.load(one) for one in lists],
        at=at,
    )


def _bare(given: Iterable[bytes]) -> Iterator[bytes]:
    return (pem.unarmor(data)[2] if pem.detect(data) else data for data in given)


def signings_in(content: bytes, trust: Trust, loop: asyncio.AbstractEventLoop) -> list[Signing]:
    """Each signature of the document in its order, none where none can be read."""
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        embedded: Sequence[EmbeddedPdfSignature] = reader.embedded_regular_signatures[:MOST]
    except TROUBLE:
        return []
    return [_signing(one, trust, loop) for one in embedded]


def _signing(one: EmbeddedPdfSignature, trust: Trust, loop: asyncio.AbstractEventLoop) -> Signing:
    signer = one.signer_cert
    said = one.self_reported_timestamp
    told: dict[str, Any] = {
        "signer": _called(signer.subject) if signer else "",
        "issuer": _called(signer.issuer) if signer else "",
        "at": said.isoformat() if said else "",
    }
    try:
        status = loop.run_until_complete(async_validate_pdf_signature(one, signer_validation_context=trust.context()))
    except TROUBLE:
        return Signing(state="broken", **told)
    covers = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    state = _state(status)
    if state != "valid":
        return Signing(state=state, covers_all=covers, **told)
    path = status.validation_path.iter_certs(include_root=False) if status.validation_path else (signer,)
    return _held(Signing(state=state, covers_all=covers, **told), path, trust)


def _called(name: x509.Name) -> str:
    """A name as people say it: who, of what, where; without the words of the standard."""
    parts = name.native
    found = (parts.get(key) for key in ("common_name", "organization_name", "country_name"))
    said = [one if isinstance(one, str) else ", ".join(one) for one in found if one]
    return ", ".join(dict.fromkeys(said)) or name.human_friendly


def _state(status: PdfSignatureStatus) -> str:
    if not status.intact or not status.valid:
        return "broken" if status.intact else "changed"
    if status.modification_level == ModificationLevel.OTHER or not status.docmdp_ok:
        return "changed"
    if status.revoked:
        return "revoked"
    if status.trusted:
        return "valid"
    return "expired" if "EXPIRED" in str(status.trust_problem_indic).upper() else "unknown_issuer"


def _held(found: Signing, path: Iterable[x509.Certificate], trust: Trust) -> Signing:
    """The same with the lists its chain was held against; who stands on an outdated list stays revoked.

    The validator asks for lists only where a certificate names where to fetch one, so each list is read here.
    """
    told, until = "held", ""
    for one in path:
        listed = trust.list_of(one)
        if listed is None:
            told, until = "missing", ""
            continue
        if one.serial_number in _serials(listed):
            return msgspec.structs.replace(found, state="revoked", revocations="held", list_until=_until(listed))
        if told == "held":
            told, until = ("outdated" if _is_over(listed, trust.at) else "held"), _until(listed)
    return msgspec.structs.replace(found, revocations=told, list_until=until)


def _serials(listed: crl.CertificateList) -> set[int]:
    revoked = listed["tbs_cert_list"]["revoked_certificates"]
    return {one["user_certificate"].native for one in revoked} if revoked else set()


def _is_over(listed: crl.CertificateList, at: datetime) -> bool:
    until = listed["tbs_cert_list"]["next_update"].native
    return until is None or until < at


def _until(listed: crl.CertificateList) -> str:
    until = listed["tbs_cert_list"]["next_update"].native
    return until.isoformat() if until else ""
